package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.subject.RelocatedReference;
import dev.gaugeblock.explore.subject.SubjectMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A defect of the reference is found where the reference is somebody's allocator, as it is built in: by the same rule,
 * in the same litmus test. Those here are of all kinds: invariants, locks, interrupts, and broken lists.
 */
class DefectiveSubjectTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buddy-index-added",
                "count-not-restored",
                "drain-of-cpu-0",
                "free-with-interrupts-on",
                "free-without-lock",
                "interrupts-left-off",
                "lock-kept-on-failure",
                "merge-across-zone-edge",
                "merge-leaves-buddy-listed",
                "refill-counts-whole-batch",
                "split-keeps-both-halves",
                "zone-lock-irqs-on"
            })
    void shouldBeFoundAsBuiltIn(String id) throws Exception {
        Path patch = Path.of("model-tests/defects", id + Defect.ENDING);
        Defect defect = Defect.parse(patch.getFileName().toString(), Files.readAllLines(patch));
        Class<?> subject = RelocatedReference.load(folder.resolve("defective.jar"), PatchedSources.of(defect));
        Claim claim = defect.claims(Engine.BUILTIN).get(0);
        LitmusTest test = LitmusSuite.shipped().named(claim.subject()).forContract();
        try (Explorer explorer = new Explorer(Reduction.DPOR, Budget.UNLIMITED)) {
            Exploration found = explorer.explore(test.on(new SubjectMaker(subject, List.of())));
            assertEquals(Verdict.VIOLATED, found.verdict(), found::toString);
            String reason = found.reason();
            assertEquals(
                    claim.id(),
                    reason.substring(0, reason.indexOf(':')).replaceFirst("^" + RelocatedReference.PREFIX, ""),
                    reason);
        }
    }
}
