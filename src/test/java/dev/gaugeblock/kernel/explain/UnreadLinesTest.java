package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line that looks like part of a report and cannot be read is named, and nothing is concluded from it. */
class UnreadLinesTest {
    @TempDir
    Path folder = Path.of("");

    /** Each time, one thing of a log in which a zone passes is garbled. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DMA free:284kB|DMX free:284kB|3",
                "DMA free:284kB|DMA fre?:284kB|3",
                "DMA free:284kB|DMA free:2x4kB|3",
                "DMA free:284kB|free:284kB|3",
                "min:68kB low:84kB high:100kB|min:68kB low:84kB high:10#0kB|3",
                "0~Normal free|0 ?~Normal free|4",
                "protections[]: 0 0 0~Normal|protectiqns[]: 0 0 0~Normal|4",
                "DMA: 53*4kB|DMQ: 53*4kB|9",
                "53*4kB 3*8kB|53*4kB 3*9kB|9",
                "3*8kB 1*16kB|3*8kB usb 1-1: reset 1*16kB|9",
                "oom-killer: gfp_mask=0xd0|oom-kil1er: gfp_mask=0xd0, order=0|1",
                "gfp_mask=0xd0|gfp_mask=0xqq|1"
            })
    void shouldNameTheLine(String part, String garbled, long line) throws IOException, TextFormatException {
        String text = Logs.text("a01");
        String changed = text.replace(part.replace('~', '\n'), garbled.replace('~', '\n'));
        assertNotEquals(text, changed);
        List<Oddity> all = new ArrayList<>();
        List<KernelReport> reports = Logs.reports(folder, changed.getBytes(StandardCharsets.UTF_8), all);
        TreeSet<Long> lines = new TreeSet<>();
        reports.forEach(report -> all.addAll(report.oddities()));
        all.forEach(oddity -> lines.add(oddity.line()));
        assertTrue(lines.contains(line), lines + " are named of:\n" + changed);
        for (Explanation each : Logs.explain(folder, changed)) {
            assertNotEquals(Necessity.HAD_TO, each.necessity(), changed);
        }
    }

    /** The line of the only zone that passes is lost with its blocks: it is known that a zone is lost. */
    @Test
    void shouldNotConcludeWithoutTheZoneThatIsLost() throws IOException, TextFormatException {
        String lost = Logs.text("a01")
                .replace("DMA free:284kB", "??? free:284kB")
                .replace("DMA: 53", "??? 53")
                .replaceFirst("protections.*\n", "");
        Explanation explanation = Logs.explain(folder, lost).get(0);
        assertEquals(Necessity.CANNOT_BE_SAID, explanation.necessity());
        assertTrue(explanation.reason().contains("a zone: a line of the report cannot be read"), explanation.reason());
    }
}
