package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file or a name is text on a page; nothing of it runs, and nothing turns the line around. */
class HostilePagesTest extends InBrowser {
    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    /** Turns what follows around, in a browser that lets it. */
    private static final String TURNED = "\u202eolleh";

    /** What a page shows as text, of which nothing may have become an element. */
    private void assertInert(String... texts) throws IOException, InterruptedException {
        for (String page : new String[] {"index.html", "case-0001.html"}) {
            open(page);
            assertEquals(2, browser.count("script"), page);
            assertEquals(0, browser.count("img, b, iframe, object, base, form[action]"), page);
            assertEquals(
                    "false", browser.get("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)"), page);
            assertEquals("false", browser.get("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.title)"), page);
        }
        for (String text : texts) {
            String all = browser.get("document.querySelector('main').textContent");
            assertTrue(all.contains(text), () -> text + " is not in " + all);
        }
    }

    @Test
    void shouldShowWhatStandsInAFileOfEventsAsText() throws IOException, InterruptedException {
        String text = Files.readString(Path.of("src/test/resources/oracle/two-owners-overlap.jsonl"))
                .replace("[0,64,0],", "[0,64,0],\"names\":[\"" + IMAGE + "\",\"" + IMAGE + TURNED + "\",\"c\"],")
                .replaceAll(
                        "\"op\":\"(alloc|free)\",",
                        "\"op\":\"$1\",\"src\":\"</script><script>alert(2)</script><b>" + TURNED + "\",")
                .replace("\"gfp\":208", "\"zones\":[1]");
        Path file = Files.writeString(folder.resolve(IMAGE + ".jsonl"), text);
        run(1, "check", file.toString());
        assertInert(
                IMAGE + ".jsonl",
                "Zone " + IMAGE + "\\u202eolleh",
                "</script><script>alert(2)</script><b>\\u202eolleh");
    }

    @Test
    void shouldShowWhatAProgramIsCalledAndAnswersAsText() throws IOException, InterruptedException {
        String program = "while read -r line; do echo '{\"i\":0,\"" + IMAGE + TURNED + "\":1}'; done # " + IMAGE;
        run(1, "drive", "--out", folder.resolve("saved.jsonl").toString(), "--", "sh", "-c", program);
        assertInert(IMAGE, "# " + IMAGE);
    }

    @Test
    void shouldShowWhatStandsInALogAsText() throws IOException, InterruptedException {
        String log = Files.readString(Path.of("src/test/resources/kernel/logs/a22-6.11-highatomic-oom.txt"))
                .replaceFirst("(?m)^app invoked", "<b>" + TURNED + "</b> invoked");
        Path file = Files.writeString(folder.resolve("log " + IMAGE), log);
        run(0, "explain", file.toString());
        assertInert("<b>\\u202eolleh</b>", "log " + IMAGE);
    }
}
