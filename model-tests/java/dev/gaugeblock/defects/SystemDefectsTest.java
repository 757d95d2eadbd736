package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** That the state machines can fail: they find defects of the catalogue. */
class SystemDefectsTest {
    private static final int TRIES = 500;
    private static final boolean WRITES = Boolean.getBoolean("gaugeblock.write");
    private static final Path PAGE = Path.of("docs/sequential-defects.md");
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

    /** Of all defects that a sequential run shows, which the sessions of a build find. */
    @Test
    void shouldFindTheShareThatIsWrittenDown() throws Exception {
        assumeTrue(WRITES || Boolean.getBoolean("gaugeblock.deep"));
        List<String> found = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Defect defect : Defects.shipped()) {
            if (isSequential(defect)) {
                String how = found(defect, "dev.gaugeblock.machines.Trying", TRIES);
                String link = "[" + defect.id() + "](defects/" + defect.id() + ".md)";
                (how.isEmpty() ? missed : found).add(how.isEmpty() ? link : link + ", session " + how.split(" ")[0]);
            }
        }
        String page = page(found, missed);
        if (WRITES) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
        assertTrue(10 * found.size() >= 9 * (found.size() + missed.size()), missed.toString());
    }

    /**
     * Whether a run shows it in which nobody comes between: a vector, or a litmus test of a single program. All others
     * need an interleaving; and a later fix is no defect.
     */
    private static boolean isSequential(Defect defect) {
        if (defect.isFix()) {
            return false;
        }
        if (!defect.claims(Engine.CHECK).isEmpty()) {
            return true;
        }
        for (Claim claim : defect.claims(Engine.BUILTIN)) {
            for (LitmusTest test : LitmusSuite.shipped(claim.subject()).tests()) {
                if (test.programs().size() == 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String page(List<String> found, List<String> missed) {
        int all = found.size() + missed.size();
        StringBuilder page = new StringBuilder("# Sequential defects that the state machines find\n\n");
        page.append(
                        "A defect is sequential if a vector shows it, or a litmus test of a single program: then nobody comes")
                .append(" between.\nOf the catalogue's defects ")
                .append(all)
                .append(" are.\n");
        page.append("Within ")
                .append(TRIES)
                .append(" sessions of 30 steps, with seeds that never change, the [state machines]");
        page.append("(state-machines.md) find ")
                .append(found.size())
                .append(", ")
                .append(100 * found.size() / all);
        page.append(" %.\n\n`mvn -q test -Dtest=SystemDefectsTest -Dgaugeblock.write=true` makes this page anew.\n");
        page.append("\n## Found, and in which session\n\n");
        found.forEach(line -> page.append("- ").append(line).append('\n'));
        page.append("\n## Not found\n\n");
        missed.forEach(line -> page.append("- ").append(line).append('\n'));
        return page.toString();
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
