package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever does what a remedy says gets a dump in which the zone passes: the value is read out of the sentence, the
 * dump's text is changed as the kernel would print it then, and the whole is explained again.
 */
class RemediesTest {
    private static final Set<String> KINDS = Set.of(
            "per-cpu-lists",
            "boost",
            "compaction",
            "smaller-order",
            "gfp-high",
            "gfp-zone",
            "watermark-scale-factor",
            "min_free_kbytes",
            "lowmem_reserve_ratio",
            "cma",
            "highatomic",
            "nodes",
            "free-pages");

    @TempDir
    Path folder = Path.of("");

    @Test
    void shouldPassAfterEachRemedy() throws IOException, TextFormatException {
        Set<String> seen = new TreeSet<>();
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            Explanation explanation = Logs.explain(folder, text).get(0);
            for (Remedy remedy : explanation.remedies()) {
                seen.add(remedy.id());
                assertState(ZoneAnswer.State.PASSES, file, remedy, ChangedLog.with(text, explanation, remedy, 0));
            }
        }
        assertEquals(new TreeSet<>(KINDS), seen);
    }

    /** No remedy asks for more than it has to. */
    @Test
    void shouldBeRefusedWithALittleLess() throws IOException, TextFormatException {
        Set<String> seen = new TreeSet<>();
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            Explanation explanation = Logs.explain(folder, text).get(0);
            for (Remedy remedy : explanation.remedies()) {
                if (ChangedLog.hasValue(remedy)) {
                    seen.add(remedy.id());
                    assertState(ZoneAnswer.State.REFUSED, file, remedy, ChangedLog.with(text, explanation, remedy, 1));
                }
            }
        }
        assertTrue(seen.containsAll(Set.of("min_free_kbytes", "lowmem_reserve_ratio", "highatomic", "free-pages")));
    }

    private void assertState(ZoneAnswer.State state, Path log, Remedy remedy, String changed)
            throws IOException, TextFormatException {
        Explanation after = Logs.explain(folder, changed).get(0);
        ZoneAnswer zone = after.zones().stream()
                .filter(each -> each.dump().label().equals(remedy.zone()))
                .findFirst()
                .orElseThrow();
        boolean atLeast = state == ZoneAnswer.State.PASSES && remedy.says().contains("(at least: ");
        ZoneAnswer.State expected = atLeast && zone.state() == ZoneAnswer.State.UNKNOWN ? zone.state() : state;
        assertEquals(expected, zone.state(), () -> log + ": " + remedy.says() + "\n" + zone.says() + "\n" + changed);
    }
}
