package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public logs of 2.6.7 to 6.11, with what was worked out for each by hand. */
class ExplainerTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a01|did not have to; Normal refused MARK 169; DMA passes by 46; HighMem not permitted",
                "a03|had to; Normal refused MARK 13; DMA refused MARK 1; HighMem not permitted",
                "a05|had to; HighMem empty; Normal refused MARK 451; DMA refused RESERVE 2",
                "a06|had to; Normal refused NO_BLOCK 0; DMA refused RESERVE 8",
                "a08|had to; DMA32 refused MARK 32; DMA refused RESERVE 1",
                "a11|had to; HighMem refused MARK 3805; Normal refused RESERVE 465; DMA refused RESERVE 6040",
                "a14|cannot be said; Normal not known",
                "a16|had to; Normal refused NO_BLOCK_OF_TYPE 0",
                "a18|had to; DMA32 refused MARK 966",
                "a20|had to; Normal refused MARK 35; DMA32 refused RESERVE 40; DMA refused RESERVE 12465",
                "a22|had to; Normal refused MARK 164653",
                "a24|had to; Normal refused MARK 99",
                "a26|had to; Normal refused MARK 529; DMA refused MARK 10; HighMem not permitted",
                "b01|had to; Normal refused MARK 3957; DMA32 empty; DMA refused RESERVE 572; HighMem not permitted",
                "b02|had to; Normal refused HALVED_MARK 83; DMA refused RESERVE 9",
                "b03|had to; Normal refused MARK 37; DMA32 refused MARK 891; DMA refused RESERVE 56",
                "b04|had to; DMA refused NO_BLOCK_OF_TYPE 0",
                "b05|cannot be said; DMA refused MARK 3080",
                "b06|had to; Normal refused MARK 1"
            })
    void shouldAnswerWhatWasWorkedOutByHand(String log, String gist) throws IOException, TextFormatException {
        assertEquals(gist, Logs.gist(the(log)));
    }

    private Explanation the(String log) throws IOException, TextFormatException {
        List<Explanation> explanations = Logs.explain(folder, Logs.text(log));
        assertEquals(1, explanations.size());
        return explanations.get(0);
    }

    @Test
    void shouldSayWhatTheNumbersLeaveOpen() throws IOException, TextFormatException {
        assertNote("a20", "Normal is short by less than the dump is inexact: 35 pages of 177 pages");
        assertNote("a24", "Normal is at min, too, short by 3 pages");
        assertNote("a22", "Normal is at min, too, short by 159 pages");
        assertNote("a05", "DMA passes at min, by 9 pages");
        assertNote("a26", "the order is not printed: a single page (order 0) was assumed");
    }

    private void assertNote(String log, String note) throws IOException, TextFormatException {
        List<String> notes = the(log).notes();
        assertTrue(notes.contains(note), notes.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "a03, gfp-zone min_free_kbytes free-pages",
        "a05, min_free_kbytes lowmem_reserve_ratio free-pages",
        "a06, compaction smaller-order min_free_kbytes lowmem_reserve_ratio free-pages",
        "a16, smaller-order cma",
        "a18, min_free_kbytes cma free-pages",
        "a20, boost gfp-high min_free_kbytes lowmem_reserve_ratio highatomic free-pages",
        "a24, per-cpu-lists min_free_kbytes free-pages"
    })
    void shouldProposeWhatPasses(String log, String ids) throws IOException, TextFormatException {
        assertEquals(
                List.of(ids.split(" ")),
                the(log).remedies().stream().map(Remedy::id).toList());
    }

    @Test
    void shouldTakeTheVersionFromTheLogUnlessItIsGiven() throws IOException, TextFormatException {
        String text = Logs.text("a20")
                .replaceFirst(
                        "\n",
                        "\nCPU: 3 PID: 77 Comm: ifconfig Tainted: G        W          6.7.0-rc2-00042-g1234567 #1\n");
        VersionUsed named = version(Logs.explain(folder, text).get(0));
        assertEquals("6.7.0-rc2-00042-g1234567 LOG", named.version() + " " + named.source());
        String booted = "[    0.000000] Linux version 5.4.0-42-generic (builder@host) (gcc)\n" + Logs.text("a18");
        assertEquals(
                "5.4.0-42-generic",
                version(Logs.explain(folder, booted).get(0)).version().text());
        VersionUsed assumed = version(the("a20"));
        assertEquals("5.10 ASSUMED", assumed.version() + " " + assumed.source());
    }

    private static VersionUsed version(Explanation explanation) {
        VersionUsed version = explanation.version();
        if (version == null) {
            throw new AssertionError("no version");
        }
        return version;
    }

    @Test
    void shouldNotSayHadToWhereAZoneIsMissing() throws IOException, TextFormatException {
        String withoutLine = Logs.text("a01").replaceFirst("(?m)^DMA free.*\n", "");
        assertEquals(
                Necessity.CANNOT_BE_SAID,
                Logs.explain(folder, withoutLine).get(0).necessity());
        String cutOff = Logs.text("a20").replaceFirst("(?s)Node 0 DMA32 free.*", "");
        assertEquals(
                Necessity.CANNOT_BE_SAID, Logs.explain(folder, cutOff).get(0).necessity());
        String withoutNumber = Logs.text("a01").replaceFirst("DMA free:284kB", "DMA free:kB");
        assertEquals(
                Necessity.CANNOT_BE_SAID,
                Logs.explain(folder, withoutNumber).get(0).necessity());
    }

    /** A mark that was raised for a while does not count for a single page that cannot wait, from 5.9 on. */
    @Test
    void shouldForgiveTheBoost() throws IOException, TextFormatException {
        String log = "app: page allocation failure: order:0, mode:0x820(GFP_ATOMIC)\n"
                + "CPU: 1 PID: 7 Comm: app Not tainted 6.1.0 #1\n"
                + "Normal free:6000kB boost:8000kB min:12000kB low:14000kB high:16000kB reserved_highatomic:0KB\n"
                + "lowmem_reserve[]: 0 0\n"
                + "Normal: 1500*4kB (U) 0*8kB = 6000kB\n";
        assertEquals(
                "did not have to; Normal passes by 1125",
                Logs.gist(Logs.explain(folder, log).get(0)));
        assertEquals(
                "had to; Normal refused MARK 1501",
                Logs.gist(Logs.explain(folder, log.replace("0x820(GFP_ATOMIC)", "0xcc0(GFP_KERNEL)"))
                        .get(0)));
        assertEquals(
                "had to; Normal refused MARK 1",
                Logs.gist(Logs.explain(
                                folder,
                                log.replace("free:6000kB", "free:4500kB")
                                        .replace("1500*4", "1125*4")
                                        .replace("= 6000", "= 4500")
                                        .replace("6.1.0", "5.8.0"))
                        .get(0)));
    }

    /** With {@code __GFP_MEMALLOC}, only a block has to be there. */
    @Test
    void shouldHoldNoMarkAgainstWhoFreesMemory() throws IOException, TextFormatException {
        String log = Logs.text("b06").replace(": 0*4kB", ": 3*4kB (U)").replace("= 0kB", "= 12kB");
        assertEquals(
                "did not have to; Normal passes by 3",
                Logs.gist(Logs.explain(folder, log.replace("free:0kB", "free:12kB"))
                        .get(0)));
        assertEquals(
                "cannot be said; Normal passes by 3",
                Logs.gist(Logs.explain(folder, Logs.text("b06").replace("free:0kB", "free:12kB"))
                        .get(0)),
                "memory may have come back while it was printed");
    }

    @Test
    void shouldNameUnknownBits() throws IOException, TextFormatException {
        Explanation unknown = Logs.explain(folder, Logs.text("a03").replace("mode:0x20", "mode:0x40000020"))
                .get(0);
        assertEquals(Necessity.CANNOT_BE_SAID, unknown.necessity());
        assertTrue(
                unknown.notes().contains("bits of the request that are not known: 0x40000000"),
                unknown.notes().toString());
    }
}
