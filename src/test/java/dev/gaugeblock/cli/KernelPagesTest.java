package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pages of kernels' traces: cells, moments, a chart, tables, and how large such a page is. */
class KernelPagesTest extends InBrowser {
    private static final Path TRACES = Path.of("src/test/resources/kernel/traces");
    private static final long MEGABYTE = 1_000_000;

    /** The numbers of the row of a zone: all, live, free, unknown. */
    private static List<Long> sums(int row) throws IOException, InterruptedException {
        String numbers = browser.get("[...document.querySelectorAll('.sums tbody tr:nth-of-type(" + row
                + ") .number')].map(e => e.textContent.replaceAll(',', '')).join(' ')");
        List<Long> sums = new ArrayList<>();
        for (String number : numbers.split(" ")) {
            sums.add(Long.parseLong(number));
        }
        return sums;
    }

    /** How many frames the zones have free in blocks of each order, as the cells say. */
    private static long[] freeByOrder() throws IOException, InterruptedException {
        long[] free = new long[11];
        String words = browser.get(
                "[...document.querySelectorAll('.sums tbody td:last-child')].map(e => e.textContent).join(', ')");
        for (String word : words.split(", ")) {
            if (word.matches("\\d+ in \\d+")) {
                free[Integer.parseInt(word.replaceAll(".* ", ""))] += Long.parseLong(word.replaceAll(" .*", ""));
            }
        }
        return free;
    }

    /** As many frames as the chart says, with its number of blocks of each order. */
    private static long[] freeInChart() throws IOException, InterruptedException {
        String blocks = browser.get("[...document.querySelectorAll('.chart-row .chart-now')].slice(1)"
                + ".map(e => e.textContent.replaceAll(',', '')).join(' ')");
        String[] each = blocks.split(" ");
        long[] free = new long[each.length];
        for (int order = 0; order < free.length; order++) {
            free[order] = Long.parseLong(each[order]) << order;
        }
        return free;
    }

    @Test
    void shouldShowMemoryOverTimeOfARecording() throws IOException, InterruptedException {
        Path folder = TRACES.resolve("amd64-6.1-small");
        run(0, "check", "--kernel", folder.resolve("trace.txt.gz").toString(), "--snapshots", folder.toString());
        open("case-0001.html");
        assertTrue(browser.count(".box") > 2048 && browser.count(".box") <= 4096, browser.count(".box") + " cells");
        assertTrue(browser.text(".slider output").startsWith("moment 199 of 199, line 35,236"), selectedMoment());
        assertEquals(3, browser.count(".sums tbody tr"));
        for (int zone = 1; zone <= 3; zone++) {
            List<Long> sums = sums(zone);
            assertEquals(sums.get(0), sums.get(1) + sums.get(2) + sums.get(3), "live, free and unknown are all");
        }
        // As snapshot 2 has it, which the last moment stands behind without an event of the free lists between.
        long[] said = new long[11];
        for (String zone : Files.readAllLines(folder.resolve("snap2.buddyinfo.txt"))) {
            for (int order = 0; order < said.length; order++) {
                said[order] += Long.parseLong(zone.trim().split("\\s+")[4 + order]) << order;
            }
        }
        assertArrayEquals(said, freeInChart());
        browser.get("document.querySelector('.slider input').focus()");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertArrayEquals(freeInChart(), freeByOrder(), "what the chart says, and the cells");
            seen.add(Arrays.toString(freeByOrder()));
            browser.key("PageDown");
        }
        assertTrue(seen.size() > 5, "the moments are others");
        browser.key("End");
        look("kernel-trace");
    }

    private static String selectedMoment() throws IOException, InterruptedException {
        return browser.text(".slider output");
    }

    @Test
    void shouldGoThroughMomentsAndCellsByKeysAndPointer() throws IOException, InterruptedException {
        Path folder = TRACES.resolve("i386-6.1-small");
        run(0, "check", "--kernel", folder.resolve("trace.txt.gz").toString());
        open("case-0001.html");
        String last = browser.text(".sums tbody");
        browser.get("document.querySelector('.slider input').focus()");
        browser.key("Home");
        assertTrue(selectedMoment().startsWith("moment 1 of "), selectedMoment());
        String first = browser.text(".sums tbody");
        assertTrue(!first.equals(last), "the sums are those of another moment");
        browser.key("ArrowRight");
        assertTrue(selectedMoment().startsWith("moment 2 of "), selectedMoment());
        browser.key("End");
        assertEquals(last, browser.text(".sums tbody"));
        browser.get("document.querySelector('.boxes').focus()");
        browser.key("Home");
        browser.key("ArrowRight");
        browser.key("ArrowRight");
        assertEquals(
                "2", browser.get("[...document.querySelectorAll('.box')].findIndex(b => b.ariaSelected === 'true')"));
        String said = browser.get("document.querySelectorAll('.box')[2].getAttribute('aria-label')");
        assertEquals(said, browser.text(".cell-words"));
        assertTrue(said.matches("frames? 0x[0-9a-f]+.*: .*(free|live|unknown).*"), said);
        browser.key("ArrowDown");
        assertTrue(!said.equals(browser.text(".cell-words")), said);
        browser.click("#box-5");
        assertEquals(
                "5", browser.get("[...document.querySelectorAll('.box')].findIndex(b => b.ariaSelected === 'true')"));
        assertTrue(browser.text(".chart-rows").contains("No snapshot says"), browser.text(".chart-rows"));
    }

    @Test
    void shouldMarkTheCellsInWhichATraceGoesWrong() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lines.add("  a-1 [000] ..... " + (i + 1) + ": mm_page_alloc: page=1 pfn=" + (0x100 + 8 * i)
                    + " order=2 migratetype=0 gfp_flags=GFP_KERNEL");
        }
        lines.add(
                200,
                "  <b>-2 [001] ..... 200: mm_page_alloc: page=1 pfn=0x109 order=0 migratetype=0"
                        + " gfp_flags=GFP_KERNEL");
        Path trace = Files.write(folder.resolve("twice.txt"), lines);
        run(1, "check", "--kernel", trace.toString());
        open("case-0001.html");
        String told = browser.text(".read-first");
        assertTrue(told.contains("line 201 breaks alloc-disjoint: frames 0x108\u2013"), told);
        assertTrue(told.contains("this event: frame 0x109, line 201: <b>-2, CPU 1, at 200"), told);
        assertTrue(told.contains("live: frames 0x108..0x10b, line 2: a-1, CPU 0, at 2"), told);
        assertEquals("box-33", browser.get("[...document.querySelectorAll('.wrong-here')].map(e => e.id).join()"));
        assertTrue(browser.text(".cell-words").contains("\u2717 line 201 breaks alloc-disjoint here"), told);
        String label = browser.get("document.querySelector('.wrong-here').ariaLabel");
        assertTrue(label.contains("breaks alloc-disjoint here"), label);
        assertEquals(
                "\"\u2717\"",
                browser.get("getComputedStyle(document.querySelector('.wrong-here'), '::after').content"));
        browser.click(".box");
        browser.click(".read-first .go");
        assertTrue(selectedMoment().startsWith("moment 67 of 134, line 201"), selectedMoment());
        assertTrue(browser.text(".cell-words").contains("breaks alloc-disjoint here"), selectedMoment());
        look("kernel-trace-violated");
    }

    @Test
    void shouldSortTheTablesOfLiveBlocks() throws IOException, InterruptedException {
        Path folder = TRACES.resolve("amd64-6.1-lossy");
        run(4, "check", "--kernel", folder.resolve("trace.txt.gz").toString());
        open("case-0001.html");
        String pages =
                "[...document.querySelectorAll('.live-task tbody tr')].map(r => Number(r.cells[2].textContent.replaceAll(',', '')))";
        assertTrue(browser.count(".live-age tbody tr") > 0, "by age");
        browser.get("document.querySelectorAll('details').forEach(d => d.open = true)");
        assertEquals(
                "true",
                browser.get("(n => n.length > 1 && n.every((x, i) => i === 0 || n[i - 1] >= x))(" + pages + ")"));
        browser.click(".live-task th:nth-of-type(3) .go");
        assertEquals("true", browser.get("(n => n.every((x, i) => i === 0 || n[i - 1] <= x))(" + pages + ")"));
        assertEquals(
                "ascending",
                browser.get("document.querySelector('.live-task th:nth-of-type(3)').getAttribute('aria-sort')"));
        browser.click(".live-task th:nth-of-type(1) .go");
        String names = "[...document.querySelectorAll('.live-task tbody tr')].map(r => r.cells[0].textContent)";
        assertEquals(
                "true",
                browser.get(
                        "(n => n.every((x, i) => i === 0 || n[i - 1].localeCompare(x, 'en', {numeric: true}) <= 0))("
                                + names + ")"));
    }

    @Test
    void shouldStaySmallAndInertWhateverTheTrace() throws IOException, InterruptedException {
        String chain = " => <img_src=x_onerror=alert(1)>" + "<&>".repeat(600);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String task = "<script>" + i + "-" + (i + 1);
            lines.add("  " + task + " [000] ..... " + (2 * i + 1)
                    + ": mm_page_alloc: page=1 pfn=" + (i * 65_537L % (1 << 24)) + " order=" + (i % 5 == 0 ? 4 : 0)
                    + " migratetype=0 gfp_flags=GFP_KERNEL");
            lines.add("  " + task + " [000] ..... " + (2 * i + 2) + ": <stack trace>");
            lines.add(chain + i);
        }
        Path trace = Files.write(folder.resolve("large.txt"), lines);
        run(1, "check", "--kernel", "--report", trace.toString());
        long size = Files.size(folder.resolve("pages/case-0001.html"));
        assertTrue(size < 20 * MEGABYTE, () -> size + " bytes");
        double before = browser.worked();
        open("case-0001.html");
        browser.get("document.querySelector('.slider input').focus()");
        browser.key("ArrowLeft");
        double seconds = browser.worked() - before;
        assertTrue(seconds < 2, () -> "it took " + seconds + " s to open it and to answer a key");
        assertTrue(selectedMoment().startsWith("moment 199 of 200"), selectedMoment());
        assertEquals(2, browser.count("script"));
        assertEquals(0, browser.count("img"));
        assertTrue(
                browser.get("document.querySelector('.live-stack').textContent").contains("<img_src=x_onerror"));
        assertTrue(
                browser.get("document.querySelector('main').textContent").contains("are left out"),
                "300 rows are shown");
    }
}
