package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The pages of rejected files and programs: the lines concerned, bars on lanes, a slider, a map. */
class RejectionPagesTest extends InBrowser {
    private static final Path FILES = Path.of("src/test/resources/oracle");
    private static final String OVERLAP =
            FILES.resolve("two-owners-overlap.jsonl").toString();

    /** Answers each request with its number alone, and with frame 0 each request for memory. */
    private static final String ALWAYS_0 =
            """
            while IFS= read -r line; do
                i=${line#*'"i":'}; i=${i%%,*}; i=${i%%\\}*}
                case $line in
                    *alloc*) echo "{\\"i\\":$i,\\"r\\":0}" ;;
                    *) echo "{\\"i\\":$i}" ;;
                esac
            done
            """;

    @Test
    void shouldDrawRequestsThatOverlapAsBarsSideBySide() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        open("case-0001.html");
        String concerned = browser.text(".read-first");
        assertTrue(concerned.contains("line 14:") && concerned.contains("line 15:"), concerned);
        assertEquals(13, browser.count(".event.lasting"));
        assertEquals("Event 15 of 16: line 14", selected());
        String beside = "(([a, b]) => a.top < b.bottom && b.top < a.bottom && a.right <= b.left)"
                + "(['.bad', '.concerned'].map(s => document.querySelector(s).getBoundingClientRect()))";
        assertEquals("true", browser.get(beside));
        String panel = browser.text(".panel");
        assertTrue(panel.contains("line 15: alloc order 1 \u2192 frames 6\u20137, from 82 to 95"), panel);
        assertTrue(panel.contains("frames 6\u20137: CONFLICT, frames 6\u20137 owned since line 15"), panel);
        look("rejection-with-overlaps");
    }

    /** Several threads may run on one CPU. */
    @Test
    void shouldGiveBarsOfOneLaneAPlaceEach() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(OVERLAP)));
        lines.replaceAll(line -> line.replace("\"cpu\":1", "\"cpu\":0"));
        Path file = Files.write(folder.resolve("one-cpu.jsonl"), lines);
        run(1, "check", file.toString());
        open("case-0001.html");
        assertEquals(2, browser.count(".event-head"));
        String crossed = "((bars) => bars.filter(a => bars.some(b => a !== b && a.left < b.right && b.left < a.right"
                + " && a.top < b.bottom && b.top < a.bottom)).length)"
                + "([...document.querySelectorAll('.event.lasting')].map(e => e.getBoundingClientRect()))";
        assertEquals("0", browser.get(crossed), "bars that lie on another");
    }

    @Test
    void shouldGoThroughTheLastEventsWithSliderKeysAndPointer() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        open("case-0001.html");
        browser.get("document.querySelector('.slider input').focus()");
        browser.key("ArrowLeft");
        assertEquals("Event 14 of 16: line 15", selected());
        assertEquals("event 14 of 16, line 15", browser.text(".slider output"));
        assertTrue(
                browser.text(".panel").contains("frames 6\u20137: frames 6\u20137 owned since line 15, changed"),
                selected());
        browser.key("Home");
        assertEquals("Event 1 of 16: line 2", selected());
        browser.get("document.querySelector('.events').focus()");
        browser.key("End");
        assertEquals("event 16 of 16, line 17", browser.text(".slider output"));
        browser.key("ArrowLeft");
        assertEquals("Event 13 of 16: line 16", selected(), "the one before of the same CPU");
        browser.click(".event.bad");
        assertEquals("Event 15 of 16: line 14", selected());
        browser.click(".read-first li:nth-of-type(2) .go");
        assertEquals("Event 14 of 16: line 15", selected());
    }

    @Test
    void shouldDrawEachRuleThatAFileBreaks() throws IOException, InterruptedException {
        run(1, "check", FILES.resolve("merged-free.jsonl").toString());
        open("case-0001.html");
        assertEquals(0, browser.count(".event.lasting"), "no event has times");
        assertTrue(browser.text(".read-first").contains("line 4:"), browser.text(".read-first"));
        String panel = browser.text(".panel");
        assertTrue(panel.contains("frame 0: frame 0 owned since line 4, this event is about it"), panel);
        assertEquals(
                browser.count("section > .message"), browser.count(".slider"), "a picture for each piece of evidence");
    }

    @Test
    void shouldDrawWhatTheReferenceAnswersOtherwise() throws IOException, InterruptedException {
        Path vectors = Path.of("spec/vectors/s01_tiny16_orders.jsonl.gz");
        String text = new String(new GZIPInputStream(Files.newInputStream(vectors)).readAllBytes());
        String[] lines = text.split("\n");
        int at = 0;
        while (!lines[at].matches(".*\"op\":\"alloc\".*\"r\":\\d+.*")) {
            at++;
        }
        lines[at] = lines[at].replaceAll("\"r\":\\d+", "\"r\":9");
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), String.join("\n", lines) + "\n");
        run(1, "check", "--exact", wrong.toString());
        open("case-0001.html");
        assertTrue(selected().endsWith(": line " + (at + 1)), selected());
        assertTrue(browser.text(".panel").contains("hands out"), browser.text(".panel"));
    }

    @Test
    void shouldDrawTheShortestSequenceThatAProgramFails() throws IOException, InterruptedException {
        run(1, "drive", "--out", folder.resolve("saved.jsonl").toString(), "--", "sh", "-c", ALWAYS_0);
        open("case-0001.html");
        assertTrue(browser.text(".read-first").contains("here it goes wrong"), browser.text(".read-first"));
        assertTrue(browser.text(".events").contains("alloc"), browser.text(".events"));
        assertTrue(browser.text(".panel .wrong").contains("Here it goes wrong"), selected());
    }

    @Test
    void shouldSayWhyTheLastEventsOfStandardInputAreNotDrawn() throws IOException, InterruptedException {
        InputStream real = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(OVERLAP))));
            run(1, "check", "-");
        } finally {
            System.setIn(real);
        }
        open("case-0001.html");
        assertTrue(browser.text("main").contains("Not drawn: standard input cannot be read"), browser.text("main"));
        assertEquals(0, browser.count(".slider"));
    }
}
