package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.report.html.HtmlFolder;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.Effect;
import dev.gaugeblock.report.result.Interleaving.Listed;
import dev.gaugeblock.report.result.Interleaving.Span;
import dev.gaugeblock.report.result.Interleaving.Start;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import dev.gaugeblock.report.result.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages say in a real browser, to who clicks, presses keys and types; and that they fetch nothing. */
class PagesInBrowserTest extends InBrowser {
    private static final String HOSTILE =
            "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>";
    /** Seeded defects that an old value, or a wrong decision, is behind; each with the schedule that shows it. */
    private static final Map<String, String> DEFECTS = Map.of(
            "half-rounds-down", "memdie-uses-reserves:0x7,1x11",
            "second-page-kept", "two-buffers-one-page:0x4,1x21,0x16",
            "kswapd-looks-before-queueing", "kswapd-hears-the-order:1x2,0x11,1");

    @Test
    void shouldFilterTheTestsOfARun() throws IOException, InterruptedException {
        run(0, "explore", "lock-order", "split-and-merge", "two-cpus-alloc-free", "exhaustion");
        open("index.html");
        assertEquals("4 of 4 shown", browser.text("[role=status]"));
        browser.click("#name-filter");
        browser.type("ALLOC");
        assertEquals("1 of 4 shown", browser.text("[role=status]"));
        assertTrue(browser.text("tbody").startsWith("two-cpus-alloc-free"), () -> "another row is shown");
        browser.click("[type=checkbox]");
        assertEquals("0 of 4 shown", browser.text("[role=status]"));
        browser.click("[type=checkbox]");
        browser.follow("tbody tr:not([hidden]) a");
        assertEquals("two-cpus-alloc-free", browser.text("h1"));
        assertTrue(browser.text(".listing").contains("litmus two-cpus-alloc-free"), browser.text(".listing"));
        assertTrue(browser.text("main").contains("schedules"), "the page has no counts");
    }

    @Test
    void shouldShowWhereAnOldValueWasRead() throws IOException, InterruptedException {
        defect("kswapd-looks-before-queueing");
        assertTrue(
                browser.text(".read-first")
                        .contains("step 1: kswapd 1 finds kswapd_max_order = 0 and goes on with it, though step 11"),
                browser.text(".read-first"));
        assertEquals("Step 14 of 14: kswapd 1", selected());
        browser.click(".read-first .go");
        assertEquals("Step 1 of 14: kswapd 1", selected());
        assertTrue(browser.text(".panel").contains("int asked = node.kswapdMaxOrder.get(task);"), "no line of code");
        assertEquals(1, browser.count(".arrow:not(.outside)"));
    }

    @Test
    void shouldShowWhereWhatWasLookedForCameToBeThere() throws IOException, InterruptedException {
        defect("second-page-kept");
        String first = browser.text(".read-first");
        assertTrue(first.contains("step 4: cpu 0 finds the page cache has no page 1 and goes on with it"), first);
        assertTrue(first.contains("though step 19 makes it untrue (cpu 1 puts page 1 (frame 0) on"), first);
    }

    @Test
    void shouldShowWhoWaitsWithoutEnd() throws IOException, InterruptedException {
        run(0, "explore", "lock-order", "self-deadlock", "two-mappings-each");
        open("case-0001.html");
        assertEquals(
                "waits for lock B, which CPU 1 holds|waits for lock A, which CPU 0 holds",
                browser.get("[...document.querySelectorAll('.bar.wait')].map(e => e.title).join('|')"));
        assertEquals("true", browser.get("document.querySelector('.key').textContent.includes('can never go on')"));
        assertTrue(
                browser.text(".lead").endsWith("what has to go wrong, and it does: deadlock"), browser.text(".lead"));
        String last = browser.get("document.querySelector('.step.last').textContent");
        assertTrue(last.contains("meanwhile: cpu 0: holds lock A"), last);
        assertTrue(last.contains("cpu 0: waits for lock B, which CPU 1 holds"), last);
        open("case-0002.html");
        assertEquals(
                "spins on lock L, which the interrupted task, CPU 0, holds",
                browser.get("document.querySelector('.last .bar.wait').title"));
        open("case-0003.html");
        assertEquals(0, browser.count(".bar.wait"), "who sleeps is shown asleep");
        assertEquals(2, browser.count(".last .bar.sleep"));
    }

    @Test
    void shouldSelectStepsByKeysAndPointer() throws IOException, InterruptedException {
        defect("half-rounds-down");
        browser.get("document.querySelector('.lanes').focus()");
        browser.key("Home");
        assertEquals("Step 1 of 18: cpu 0", selected());
        browser.key("ArrowDown");
        browser.key("PageDown");
        assertEquals("Step 12 of 18: cpu 1", selected());
        browser.key("ArrowLeft");
        browser.key("ArrowUp");
        assertEquals("Step 10 of 18: cpu 1", selected());
        browser.key("End");
        assertEquals("Step 18 of 18: cpu 1", selected());
        assertTrue(browser.text(".panel").contains("frame 1: owned, r of cpu 1, 1 reference, changed"), selected());
        browser.click(".step:nth-of-type(4)");
        assertEquals("Step 4 of 18: cpu 0", selected());
        String panel = browser.text(".panel");
        assertTrue(panel.contains("block 0 from the free list of order 1 of DMA"), panel);
        assertTrue(panel.contains("DMA.lock: cpu 0, since step 4"), panel);
        assertEquals("true", browser.get("document.querySelectorAll('.step')[3].getAttribute('aria-selected')"));
    }

    @Test
    void shouldBeReadableOnANarrowScreenInLightAndDark() throws IOException, InterruptedException {
        for (String name : DEFECTS.keySet()) {
            defect(name);
            look(name);
        }
    }

    private void defect(String name) throws IOException, InterruptedException {
        run(1, "defects", name, "--replay", DEFECTS.get(name));
        open("case-0001.html");
    }

    @Test
    void shouldShowHostileNamesAsText() throws IOException, InterruptedException {
        RuleText rule = new RuleText(HOSTILE, HOSTILE, "", Place.NOWHERE);
        StoryStep step = new StoryStep(
                0,
                HOSTILE,
                "read " + HOSTILE,
                "\u202eolleh",
                "",
                List.of(),
                List.of(HOSTILE),
                HOSTILE,
                HOSTILE,
                Place.of(HOSTILE),
                0,
                Effect.NONE);
        Evidence evidence = new Evidence(rule, HOSTILE, Place.of(HOSTILE), story(List.of(step)), HOSTILE);
        write(List.of(judged(HOSTILE + "\u202e\u2028", List.of(evidence))));
        open("index.html");
        assertTrue(browser.text("tbody a").contains(HOSTILE + "\\u202e\\u2028"), browser.text("tbody a"));
        open("case-0001.html");
        assertTrue(browser.get("document.title").startsWith(HOSTILE), browser.get("document.title"));
        assertEquals(2, browser.count("script"));
        assertEquals(0, browser.count("img"));
        assertTrue(browser.text(".panel").contains("\\u202eolleh"), browser.text(".panel"));
    }

    @Test
    void shouldAnswerAKeyWhereThereIsMuch() throws IOException, InterruptedException {
        List<StoryStep> steps = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            steps.add(new StoryStep(
                    i % 2,
                    "op " + i,
                    "read x",
                    "4",
                    i % 7 == 0 && i < 900 ? "cpu 1 wrote 2 at step " + (i + 50) : "",
                    List.of(),
                    List.of("releases x"),
                    "",
                    "",
                    Place.NOWHERE,
                    i % 7 == 0 && i < 900 ? i + 50 : 0,
                    moves(i)));
        }
        Start start = new Start(
                List.of(new Span("DMA", 0, 512)), List.of(), List.of("block 3 (1 frame)"), Map.of(), List.of());
        Interleaving story = new Interleaving(List.of("cpu 0", "cpu 1"), steps, "0", "", "", List.of(), "", start);
        Evidence evidence =
                new Evidence(new RuleText("rule", "", "", Place.NOWHERE), "it is so", Place.NOWHERE, story, "");
        List<Case> cases = new ArrayList<>();
        cases.add(judged("long", List.of(evidence)));
        for (int i = 1; i < 500; i++) {
            cases.add(judged("test-" + i, List.of()));
        }
        write(cases);
        measured(() -> {
            open("case-0001.html");
            browser.get("document.querySelector('.lanes').focus()");
            browser.key("ArrowUp");
            assertEquals("Step 999 of 1000: cpu 0", selected());
            assertEquals(1024, browser.count(".cell"), "frames before and after");
        });
        measured(() -> {
            open("index.html");
            browser.click("#name-filter");
            browser.type("test-49");
            assertEquals("11 of 500 shown", browser.text("[role=status]"));
        });
    }

    /** A frame goes to a list of its CPU, and the one that another step put there leaves it. */
    private static Effect moves(int i) {
        List<Listed> takes = i < 400 ? List.of() : List.of(on(i - 400));
        return new Effect(
                "lock " + i % 3,
                List.of("lock " + i % 3),
                "",
                List.of(i % 2),
                takes,
                List.of(on(i)),
                List.of(),
                List.of());
    }

    private static Listed on(int i) {
        return new Listed("frame " + i % 512, "the hot list of CPU " + i % 2 + " of DMA");
    }

    /** What a reader does. */
    private interface Visit {
        void run() throws IOException, InterruptedException;
    }

    /**
     * What the page's thread takes of a processor is printed, below a second on a machine that does nothing else: it is
     * no limit, for on a busy one it was more.
     */
    private static void measured(Visit visit) throws IOException, InterruptedException {
        double before = browser.worked();
        visit.run();
        double after = browser.worked();
        double seconds = after >= before ? after - before : after; // a new page may have a new thread
        assertTrue(seconds > 0, "the page's thread did nothing");
        System.out.printf("open and answer a key: %.2f s%n", seconds);
    }

    private static Interleaving story(List<StoryStep> steps) {
        return new Interleaving(List.of("cpu 0", "cpu 1"), steps, "0", "", "", List.of(), "", Start.UNKNOWN);
    }

    private static Case judged(String name, List<Evidence> evidence) {
        return new Case(
                name,
                Place.of(name),
                Conclusion.VIOLATED,
                name,
                evidence,
                Map.of("story", name),
                Duration.ZERO,
                List.of());
    }

    private void write(List<Case> cases) throws IOException {
        HtmlFolder.begin(
                folder.resolve("pages"),
                new Run("explore", Map.of("engine", "builtin"), cases, cases.size(), cases.size(), true, List.of()));
    }
}
