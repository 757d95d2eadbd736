package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The pages of kernels' logs: the verdict in words, and bars of what is free and what has to stay. */
class ExplainPagesTest extends InBrowser {
    private static final String LOGS = "src/test/resources/kernel/logs/";

    /** How much of its bar a part takes, in percent. */
    private static double share(String part) throws IOException, InterruptedException {
        return Double.parseDouble(
                browser.get("(e => 100 * e.getBoundingClientRect().width / e.parentElement.clientWidth)"
                        + "(document.querySelector('.pages-part." + part + "'))"));
    }

    @Test
    void shouldDrawWhatIsFreeBesideWhatHasToStay() throws IOException, InterruptedException {
        run(0, "explain", LOGS + "a18-5.4-arm64-oom-cma.txt");
        open("case-0001.html");
        String text = browser.text("main");
        assertTrue(text.contains("The kernel had to refuse."), text);
        assertTrue(text.contains("1,294 free + 130,962 of CMA"), text);
        assertTrue(text.contains("2,259 mark"), text);
        assertEquals(100 * 130962.0 / 132256, share("cma"), 0.5);
        assertEquals(100 * 2259.0 / 132256, share("mark"), 0.5);
        assertTrue(browser.text(".key").contains("free, of CMA"), browser.text(".key"));
        look("explained-log");
    }

    @Test
    void shouldSayWhichZonePassesAndWhichIsNotPermitted() throws IOException, InterruptedException {
        run(1, "explain", LOGS + "a01-2.6.11rc2-oom-fileserver.txt");
        open("case-0001.html");
        String text = browser.text("main");
        assertTrue(text.contains("The kernel did not have to refuse."), text);
        assertEquals(3, browser.count(".zone-bars"));
        assertEquals(4, browser.count(".pages-bar"), "two for each zone that the request permits");
        assertTrue(text.contains("zone DMA: \u2713 passes"), text);
        assertTrue(text.contains("zone Normal: \u2717 refused"), text);
        assertTrue(text.contains("zone HighMem: \u2013 not permitted"), text);
    }

    @Test
    void shouldDrawReserveAndHighatomic() throws IOException, InterruptedException {
        run(0, "explain", LOGS + "a22-6.11-highatomic-oom.txt");
        open("case-0001.html");
        assertTrue(share("highatomic") > 0, "nothing of highatomic is drawn");
        assertTrue(browser.count(".pages-part.reserve") + browser.count(".pages-part.mark") > 0, "nothing has to stay");
    }
}
