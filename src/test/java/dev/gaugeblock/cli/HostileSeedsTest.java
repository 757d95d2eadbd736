package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.gaugeblock.browser.Browser;
import dev.gaugeblock.report.html.HtmlFolder;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of pages listen for, they hear: pages that are spoilt on purpose are noticed. */
class HostileSeedsTest {
    private static final String HOSTILE =
            "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>\u202eolleh";

    private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\"[^>]*>";

    @TempDir
    private Path folder;

    private Browser browser;
    private String page;

    @BeforeEach
    void writeAPageThatIsRight() throws IOException, InterruptedException {
        browser = Browser.start();
        Case judged = new Case(
                HOSTILE,
                Place.of(HOSTILE),
                Conclusion.VIOLATED,
                HOSTILE,
                List.of(),
                Map.of("story", HOSTILE),
                Duration.ZERO,
                List.of());
        HtmlFolder.begin(folder, new Run("explore", Map.of(), List.of(judged), 1, 1, true, List.of()));
        page = Files.readString(folder.resolve("case-0001.html"));
    }

    @AfterEach
    void end() throws InterruptedException {
        browser.end();
    }

    private void open(String spoilt) throws IOException, InterruptedException {
        browser.open(Files.writeString(folder.resolve("spoilt.html"), spoilt));
    }

    private static String replace(String text, String part, String other) {
        assertTrue(text.contains(part), () -> "there is no " + part);
        return text.replace(part, other);
    }

    @Test
    void shouldHearNothingOfAPageThatIsRight() throws IOException, InterruptedException {
        open(page);
        assertEquals(List.of(), browser.requests());
        assertEquals(List.of(), browser.complaints());
        assertEquals(0, browser.count("img"));
        assertTrue(browser.text("h1").endsWith("\\u202eolleh"), browser.text("h1"));
    }

    @Test
    void shouldHearARequest() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        server.start();
        try {
            String image = "<img src=\"http://127.0.0.1:" + server.getAddress().getPort() + "/x.png\">";
            open(replace(page, "<main id", image + "<main id"));
            assertEquals(0, calls.get(), "the page's policy lets no request out");
            assertFalse(browser.complaints().isEmpty(), "what the policy refuses is a complaint");
            open(replace(page, "<main id", image + "<main id").replaceFirst(POLICY, ""));
            assertEquals(1, calls.get(), "without the policy it goes out");
            assertTrue(browser.requests().toString().contains("/x.png"), () -> "heard: " + browser.requests());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldNoticeDataThatEndTheScript() throws IOException, InterruptedException {
        String spoilt = replace(replace(page, "\\u003c", "<"), "\\u003e", ">");
        open(spoilt);
        assertFalse(browser.complaints().isEmpty(), "the policy refuses the script of the data");
        open(spoilt.replaceFirst(POLICY, ""));
        assertTrue(browser.count("script") > 2 && browser.count("img") > 0, "the data became elements");
    }

    @Test
    void shouldNoticeATextThatIsTakenForHtml() throws IOException, InterruptedException {
        String right = "element.append(child instanceof Node ? child : shown(child));";
        String wrong =
                "child instanceof Node ? element.append(child) : element.insertAdjacentHTML('beforeend', shown(child));";
        open(replace(page, right, wrong).replaceFirst(POLICY, ""));
        assertTrue(browser.count("img") > 0, "the text became an element");
    }

    @Test
    void shouldNoticeATextThatTurnsTheLineAround() throws IOException, InterruptedException {
        open(replace(page, "function shown(text) {", "function shown(text) { return text;")
                .replaceFirst(POLICY, ""));
        assertFalse(browser.text("h1").endsWith("\\u202eolleh"), browser.text("h1"));
    }

    @Test
    void shouldNoticeAnErrorOfTheScript() throws IOException, InterruptedException {
        open(replace(page, "function showCase(main, page) {", "function showCase(main, page) { nothing();")
                .replaceFirst(POLICY, ""));
        assertTrue(
                browser.complaints().toString().contains("nothing is not defined"),
                () -> "heard: " + browser.complaints());
    }
}
