package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** That the state machines can fail: they find defects of the catalogue. */
class SystemDefectsTest {
    private static final int TRIES = 250;
    /** The first five nothing but a vector used to notice, or nothing at all. */
    private static final Set<String> SEQUENTIAL = Set.of(
            "atomic-map-preemptible",
            "given-up-for-ever",
            "kswapd-stops-short",
            "numa-load-constant",
            "zero-not-at-all",
            "cold-is-hot",
            "kmap-slot-0-first",
            "watermark-not-strict");

    /** What the class of that name finds in a program with the defect; empty for nothing. */
    @SuppressWarnings("unchecked") // The loader has a class of that name, which is such a function.
    private static String found(Defect defect, String by, int tries) throws Exception {
        PatchedProgram program = new PatchedProgram(PatchedSources.compile(defect));
        LongFunction<String> trying =
                (LongFunction<String>) program.loadClass(by).getConstructor().newInstance();
        return trying.apply(tries);
    }

    @Test
    void shouldFindDefectsInASession() throws Exception {
        List<Defect> defects = Defects.shipped().stream()
                .filter(defect -> SEQUENTIAL.contains(defect.id()))
                .toList();
        assertEquals(SEQUENTIAL.size(), defects.size());
        for (Defect defect : defects) {
            assertTrue(!found(defect, "dev.gaugeblock.machines.Trying", TRIES).isEmpty(), defect.id());
        }
    }
}
