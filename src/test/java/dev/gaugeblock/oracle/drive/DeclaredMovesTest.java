package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.Compilers;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is only asked of those that declare it is asked, and finds what is wrong with it. */
class DeclaredMovesTest {
    private static final Set<String> ALSO = Set.of("count", "align");
    private static final Declarations ALL =
            new Declarations(10, true, false, true, true, 1, true, true, false, true, Declarations.PER_CPU, false, 1);
    private static final Contract.Failures AWARE = Contract.Failures.RESOURCE_AWARE;
    private static final int TRIES = 30;

    @TempDir
    private Path folder;

    /** A right one, and ones that forget a multiple, pass a limit, forget the last of some frames, or of a free. */
    @ParameterizedTest
    @CsvSource({"0,", "1, alloc-aligned", "2, alloc-below", "3, alloc-disjoint", "4, alloc-failure"})
    void shouldJudgeRunsOfFrames(int bug, @Nullable String rule)
            throws IOException, InterruptedException, TextFormatException {
        Compilers.require("cc");
        Path program = folder.resolve("runs");
        String source = "src/test/resources/oracle/runs.c";
        Compilers.run(List.of(
                "cc",
                "-std=c99",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-DBUG=" + bug,
                "-I",
                "docs/examples/kit",
                "-o",
                program.toString(),
                source));
        Set<String> asked = new TreeSet<>();
        Transcript.Failure failure = null;
        try (DrivenProgram running = DrivenProgram.start(
                List.of(program.toString()), Duration.ofSeconds(60), DrivenProgram.MOST_UNDER_WAY)) {
            for (int number = 0; number < TRIES && failure == null; number++) {
                Sequence sequence = SequenceGenerator.sequence(1, number, ALSO, ALL, false);
                Transcript transcript = Dialogue.run(running, sequence, AnswerJudge.byContract(Driver.BUILD, AWARE));
                failure = transcript.failure();
                transcript.events().forEach(event -> note(event, asked));
            }
        }
        if (rule == null) {
            assertNull(failure, () -> "a right program is rejected");
            assertEquals(Set.of("alloc", "alloc align", "alloc below", "alloc count", "free", "free count"), asked);
        } else {
            assertNotNull(failure, () -> TRIES + " sequences hold");
            assertEquals(rule, failure.name(), failure.text());
        }
    }

    private static void note(Map<String, @Nullable Object> event, Set<String> asked) {
        String operation = String.valueOf(event.get("op"));
        if (operation.equals("alloc") || operation.equals("free")) {
            asked.add(operation);
            for (String field : List.of("count", "align", "below")) {
                if (event.containsKey(field)) {
                    asked.add(operation + " " + field);
                }
            }
        }
    }

    /** Two blocks are freed at once only if they are one together, in one zone. */
    @Test
    void shouldFreeNeighboursAtOnce() {
        BlockRequests blocks =
                new BlockRequests(DrivenMachine.whole(List.of(16L, 16L, 0L), 0).setUp(1));
        Declarations several = new Declarations(
                10, false, false, false, false, 1, false, true, false, true, Declarations.PER_CPU, false, 1);
        long[] frames = {2, 3, 4, 8, 0, 16};
        long[] orders = {0, 0, 0, 1, 4, 4};
        for (int block = 0; block < frames.length; block++) {
            blocks.asked(new Move.Alloc(block, 0, 0, orders[block]));
            blocks.granted(block, frames[block]);
        }
        assertEquals(
                Sequence.free(1, 2, 1, several),
                blocks.together(new Move.FreeBoth(1, 0, 1), several),
                "frames 2 and 3");
        assertNull(blocks.together(new Move.FreeBoth(1, 2, 0), several), "frames 3 and 4 are no block");
        assertNull(blocks.together(new Move.FreeBoth(2, 3, 0), several), "frame 4 and frames 8..9 lie apart");
        assertNull(blocks.together(new Move.FreeBoth(4, 5, 0), several), "a zone ends between them");
        assertNull(blocks.together(new Move.FreeBoth(0, 9, 0), several), "one was never granted");
    }

    /** A block that is freed in parts is freed once in each part, and in no other way. */
    @Test
    void shouldFreeEachPartOnce() {
        Holding holding = new Holding();
        holding.granted(0);
        holding.granted(1);
        assertTrue(holding.permits(new Move.FreePart(0, 0, 1, 4)));
        List<Move> never = List.of(
                new Move.FreePart(0, 0, 1, 4), new Move.FreePart(0, 0, 0, 2), new Move.Free(0, 0), new Move.Get(0));
        never.forEach(move -> assertEquals(false, holding.permits(move), move.toString()));
        assertEquals(false, holding.permitsBoth(new Move.FreeBoth(0, 1, 0)));
        for (int part : new int[] {0, 3, 2}) {
            assertTrue(holding.permits(new Move.FreePart(0, 0, part, 4)), "part " + part);
        }
        assertEquals(false, holding.permits(new Move.FreePart(0, 0, 2, 4)));
        holding.granted(2);
        assertTrue(holding.permitsBoth(new Move.FreeBoth(1, 2, 0)));
        assertEquals(false, holding.permits(new Move.Free(2, 0)));
    }

    /** What contradicts the declarations is an error of the answer to reset, and names the column. */
    @Test
    void shouldRefuseFieldsThatAreNotDeclared() throws IOException {
        String answer = "read -r line; echo '{\"i\":0,\"also\":[\"count\"]}'; cat >/dev/null";
        try (Driver driver = Driver.byContract(List.of("sh", "-c", answer), Duration.ofSeconds(60), AWARE)) {
            TextFormatException refused = assertThrows(TextFormatException.class, () -> driver.drive(1, 1));
            assertTrue(
                    refused.getMessage().startsWith("the answer to reset:1:8: reset: also is [\"count\"], but"),
                    refused.getMessage());
        }
    }

    /** A program that ends in its boot may need more memory. */
    @Test
    void shouldNameTheSmallestMachine() throws IOException, TextFormatException {
        String program = "while read -r line; do case $line in *bootq*) exit 1 ;; esac;"
                + " i=${line#*:}; echo \"{\\\"i\\\":${i%%,*}}\"; done";
        try (Driver driver = Driver.byContract(List.of("sh", "-c", program), Duration.ofSeconds(60), AWARE)) {
            DriveVerdict verdict = driver.drive(1, 2);
            assertEquals("crash", verdict.name(), verdict.reason());
            assertTrue(
                    String.valueOf(verdict.reason()).endsWith("declares \"min_frames\":2, or more"), verdict.reason());
        }
    }
}
