package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages can be used without a pointer, and read by who sees little; the measures of that notice what is wrong. */
class AccessiblePagesTest extends InBrowser {
    private static final String OVERLAP = "src/test/resources/oracle/two-owners-overlap.jsonl";
    private static final Path TRACE = Path.of("src/test/resources/kernel/traces/amd64-6.1-small/trace.txt.gz");

    /** What can be pressed, moved or gone through, and is to be seen. */
    private static final String USED =
            "[...document.querySelectorAll('main a[href], main button, main input, main summary, main"
                    + " [role=listbox]')].filter(e => e.checkVisibility())";

    /** Goes through the page with the tabulator, and tells what that does not reach or show. */
    private static String unreached() throws IOException, InterruptedException {
        int count = Integer.parseInt(browser.get(USED + ".length"));
        assertTrue(count > 0, "there is nothing to be used");
        browser.get("(window.reached = new Set(), window.bare = new Set(), document.activeElement.blur())");
        for (int i = 0; i < 2 * count + 10; i++) {
            browser.key("Tab");
            browser.get("(e => { reached.add(e); if (getComputedStyle(e).outlineStyle === 'none') bare.add(e); })"
                    + "(document.activeElement)");
        }
        return browser.get("[..." + USED
                + ".filter(e => !reached.has(e)).map(e => 'not reached: ' + e.outerHTML.slice(0, 80)), ..." + USED
                + ".filter(e => bare.has(e)).map(e => 'without a frame: ' + e.outerHTML.slice(0, 80))].join()");
    }

    @Test
    void shouldReachEverythingByKeys() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        for (String page : List.of("index.html", "case-0001.html")) {
            open(page);
            assertEquals("", unreached(), page);
        }
        run(1, "defects", "second-page-kept", "--replay", "two-buffers-one-page:0x4,1x21,0x16");
        open("case-0001.html");
        assertEquals("", unreached());
        run(0, "check", "--kernel", TRACE.toString());
        open("case-0001.html");
        assertEquals("", unreached());
    }

    @Test
    void shouldNoticeWhatKeysDoNotReach() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        open("case-0001.html");
        browser.get("document.querySelector('.events').setAttribute('tabindex', '-1')");
        browser.get("document.querySelector('.slider input').style.setProperty('outline', 'none', 'important')");
        String unreached = unreached();
        assertTrue(unreached.contains("not reached: <div class=\"events"), unreached);
        assertTrue(unreached.contains("without a frame: <input"), unreached);
    }

    @Test
    void shouldSayInWordsWhatPicturesShow() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        open("case-0001.html");
        String bar = browser.get("document.querySelector('.event.bad').textContent");
        assertTrue(bar.contains("here it goes wrong") && bar.contains("line 14"), bar);
        assertTrue(bar.contains("CPU 0") && bar.contains("from 78 to 99"), bar);
        String cell = browser.get("[...document.querySelectorAll('.cell.conflict')].map(e => e.textContent).join()");
        assertTrue(cell.contains("CONFLICT") && cell.contains("owned since line 15"), cell);
        assertEquals("event 15 of 16, line 14", browser.get("document.querySelector('.slider input').ariaValueText"));
        assertEquals(
                browser.get("document.querySelector('.event.bad').id"),
                browser.get("document.querySelector('.events').getAttribute('aria-activedescendant')"));
        run(0, "check", "--kernel", TRACE.toString());
        open("case-0001.html");
        assertEquals("0", browser.get("[...document.querySelectorAll('.box')].filter(e => !e.ariaLabel).length"));
    }

    @Test
    void shouldNoticeWhatIsTooFaint() throws IOException, InterruptedException {
        run(1, "check", OVERLAP);
        open("case-0001.html");
        assertEquals("", faint());
        browser.get("document.documentElement.style.setProperty('--soft', '#9a9a9a')");
        String faint = faint();
        assertTrue(faint.contains("text of DT."), faint);
        assertFalse(faint.contains("text of H1"), faint);
        browser.get("document.documentElement.style.setProperty('--soft', '#c8c8c8')");
        assertTrue(browser.get("document.querySelector('.key').remove()").equals("undefined"));
        browser.get("document.querySelectorAll('.key, dt, .event-line, .pfn, .strip-title').forEach(e => e.remove())");
        assertTrue(faint().contains("edge of "), faint());
    }
}
