package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.browser.Browser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A class of tests with a browser, in which no page may fetch anything or complain. */
abstract class InBrowser {
    /** What a reader would have to scroll sideways for. */
    private static final String TOO_WIDE =
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll, svg')"
                    + " && e.getBoundingClientRect().right > document.documentElement.clientWidth).map(e => e.tagName + '.' + e.className).join()";

    private static final Path PICTURES = Path.of("target/browser");

    @TempDir
    Path folder;

    static Browser browser;

    @BeforeAll
    static void startBrowser() throws IOException, InterruptedException {
        browser = Browser.start();
    }

    @BeforeEach
    void lookFromADesk() throws IOException, InterruptedException {
        browser.look(1280, 900, false);
    }

    @AfterEach
    void shouldFetchNothingAndComplainOfNothing() {
        assertEquals(List.of(), browser.requests());
        assertEquals(List.of(), browser.complaints());
    }

    @AfterAll
    static void endBrowser() throws InterruptedException {
        if (browser != null) {
            browser.end();
        }
    }

    /** Runs a command that writes pages, and ends with that exit code. */
    final void run(int exitCode, String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--html", folder.resolve("pages").toString()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        assertEquals(exitCode, Main.run(Main.commandLine(), writer, writer, all.toArray(new String[0])), out::toString);
    }

    final void open(String page) throws IOException, InterruptedException {
        browser.open(folder.resolve("pages").resolve(page));
    }

    /** The heading of the panel of what is selected. */
    static String selected() throws IOException, InterruptedException {
        return browser.text(".panel h3");
    }

    /** Looks at the page that is open in light and dark, wide and narrow: nothing lies beside the screen. */
    static void look(String name) throws IOException, InterruptedException {
        for (boolean isDark : List.of(false, true)) {
            for (int width : List.of(1280, 400)) {
                browser.look(width, 900, isDark);
                assertEquals("", browser.get(TOO_WIDE), () -> name + " at " + width + " pixels");
                String over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assertEquals("0", browser.get(over), () -> name + " at " + width + " pixels");
                int height = Integer.parseInt(browser.get("Math.ceil(document.documentElement.scrollHeight)"));
                browser.look(width, height, isDark);
                browser.picture(PICTURES.resolve(name + "-" + width + (isDark ? "-dark.png" : "-light.png")));
            }
        }
    }
}
