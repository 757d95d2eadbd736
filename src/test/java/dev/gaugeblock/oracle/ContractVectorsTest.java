package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered keeps to the contract. */
class ContractVectorsTest {
    /**
     * Its point is what the original does not notice: a block freed with a smaller order, in line 23 for the first
     * time.
     */
    private static final String MISUSE = "s29";

    /** Where the original itself loses a frame at boot, or answers a request with a BUG. */
    private static final Map<String, Rule> BROKEN_BY_THE_ORIGINAL =
            Map.of("s48", Rule.FRAMES_CONSERVED, "s50", Rule.REFUSED, "s51", Rule.REFUSED);

    static Stream<Path> vectors() throws IOException {
        return Vectors.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldAcceptTheOriginal(Path file) {
        FileVerdict verdict = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
        String number = Vectors.number(file);
        if (number.equals(MISUSE)) {
            Rejection rejection = verdict.rejection().orElseThrow();
            assertEquals(Rule.FREE_LIVE, rejection.breach().rule());
            assertEquals(23, rejection.line());
            assertEquals(21, rejection.breach().involved().get(0).since());
        } else if (BROKEN_BY_THE_ORIGINAL.containsKey(number)) {
            assertEquals(
                    BROKEN_BY_THE_ORIGINAL.get(number),
                    verdict.rejection().orElseThrow().breach().rule(),
                    file.toString());
        } else if (Vectors.OF_BUFFERS.contains(number)) {
            assertEquals(Ruling.INCONCLUSIVE, verdict.ruling(), "the contract says nothing of page buffers");
        } else {
            assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
            assertTrue(verdict.answers() > 0);
        }
    }
}
