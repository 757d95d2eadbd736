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

    /** The share of light that a text, or the edge of what is drawn, is to have against its ground, at least. */
    private static final String TEXT = "4.5";

    private static final String EDGE = "3";

    /**
     * What has too little contrast: each text against every colour of the ground that it stands on, and the edges and
     * lines of pictures; by the formula of the W3C's guidelines.
     */
    private static final String TOO_FAINT =
            """
            (() => {
              const numbers = text => text.match(/[0-9.]+/g).map(Number);
              const isSolid = color => color.length < 4 || color[3] === 1;
              const part = c => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
              const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
              const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              const grounds = element => {
                for (let e = element; e; e = e.parentElement) {
                  const style = getComputedStyle(e);
                  const colors = (style.backgroundImage.match(/rgba?\\([^)]*\\)/g) || []).concat(style.backgroundColor).map(numbers).filter(isSolid);
                  if (colors.length > 0) {
                    return colors;
                  }
                }
                throw new Error("a page without a ground");
              };
              const faint = [];
              const judge = (element, color, ground, least, what) => {
                const found = Math.min(...grounds(ground).map(each => ratio(numbers(color), each)));
                if (!(found >= least)) {
                  faint.push(what + " of " + element.tagName + "." + (element.getAttribute("class") || "") + " "
                    + element.textContent.slice(0, 20) + ": " + found.toFixed(2));
                }
              };
              let judged = 0;
              for (const e of document.querySelectorAll("main *")) {
                const isText = [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== "");
                if (isText && e.getClientRects().length > 0 && !e.closest(".unseen, svg")) {
                  judge(e, getComputedStyle(e).color, e, TEXT, "text");
                  judged++;
                }
              }
              for (const e of document.querySelectorAll(".cell, .bar, .event.lasting, .swatch, .box, .box-key")) {
                judge(e, getComputedStyle(e).borderLeftColor, e.parentElement, EDGE, "edge");
              }
              for (const e of document.querySelectorAll(".curve, .moment, .arrow")) {
                judge(e, getComputedStyle(e).stroke, e.parentElement, EDGE, "line");
              }
              return judged === 0 ? "no text was judged" : [...new Set(faint)].slice(0, 8).join("; ");
            })()
            """
                    .replace("TEXT", TEXT)
                    .replace("EDGE", EDGE);

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

    /** What of the page that is open has too little contrast; empty if nothing has. */
    static String faint() throws IOException, InterruptedException {
        return browser.get(TOO_FAINT);
    }

    /** Looks at the page that is open in light and dark, wide and narrow: nothing is beside the screen or too faint. */
    static void look(String name) throws IOException, InterruptedException {
        for (boolean isDark : List.of(false, true)) {
            for (int width : List.of(1280, 400)) {
                browser.look(width, 900, isDark);
                assertEquals("", browser.get(TOO_WIDE), () -> name + " at " + width + " pixels");
                String over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assertEquals("0", browser.get(over), () -> name + " at " + width + " pixels");
                assertEquals("", faint(), () -> name + (isDark ? " in dark" : " in light"));
                int height = Integer.parseInt(browser.get("Math.ceil(document.documentElement.scrollHeight)"));
                browser.look(width, height, isDark);
                browser.picture(PICTURES.resolve(name + "-" + width + (isDark ? "-dark.png" : "-light.png")));
            }
        }
    }
}
