package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExploreCommandTest {
    private static final String RACE =
            """
            litmus race
            "Two requests for the last frame."
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldHoldAndSayWhatWasExplored() throws IOException {
        assertEquals(0, explore(write("race", RACE)));
        assertTrue(out.toString().startsWith("race  HOLDS             4 schedules      2 outcomes"), out.toString());
        assertTrue(out.toString().contains("1 litmus test: 1 hold, 0 violated, 0 bounded, 0 broken"), out.toString());
    }

    @Test
    void shouldShowACounterexampleThatReplays() throws IOException {
        String file = write("race", RACE + "never q == NULL\n");

        assertEquals(5, explore(file));
        String schedule = out.toString().replaceAll("(?s).*--replay (\\S+).*", "$1");
        out.getBuffer().setLength(0);
        assertEquals(5, explore(file, "--replay", schedule));
        assertTrue(out.toString().startsWith("race: schedule " + schedule + " goes wrong: never"), out.toString());
        assertTrue(out.toString().contains("q = alloc ATOMIC 0 gives NULL"), out.toString());
    }

    @Test
    void shouldNameLineAndColumnOfAnError() throws IOException {
        String file = write("race", RACE.replace("zone DMA 1", "zone DNA 1"));

        assertEquals(3, explore(file));
        assertEquals(
                "gaugeblock: " + file + ":5:8: expected a zone (DMA, Normal, HighMem), found \"DNA\"\n",
                err.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void shouldCallAnEmptyFolderNothingToCheck() {
        assertEquals(4, explore(folder.toString()));
        assertTrue(err.toString().startsWith("gaugeblock: nothing to check"), err.toString());
    }

    @Test
    void shouldCallAnEmptyFileNothingToCheckAndExploreTheOthers() throws IOException {
        String empty = write("empty", "");

        assertEquals(4, explore(empty));
        assertEquals(4, explore(empty, write("race", RACE)));
        assertTrue(err.toString().contains("nothing to check: " + empty + " is empty"), err.toString());
        assertTrue(out.toString().contains("1 litmus test: 1 hold"), out.toString());
    }

    /** Violated, held, and from the shipped suite: all but the times is the same, and in the same order. */
    @Test
    void shouldSayTheSameWithSeveralWorkers() throws IOException {
        String wrong = write("race", RACE + "never q == NULL\n");
        String shipped = "model-tests/litmus/history";
        String held = "model-tests/litmus/split-and-merge.litmus";

        assertEquals(5, explore(wrong, shipped, held));
        String alone = withoutTimes(out.toString());
        out.getBuffer().setLength(0);
        assertEquals(5, explore("--workers", "3", wrong, shipped, held));
        assertEquals(alone, withoutTimes(out.toString()));
        assertTrue(alone.contains("1 unexpected"), alone);
    }

    @Test
    void shouldHeedTheReductionThatATestSaysUnlessAnotherIsAskedFor() throws IOException {
        String file = write("race", RACE + "reduction none\n");

        assertEquals(0, explore(file));
        int unreduced = schedules();
        assertEquals(0, explore("--reduction", "dpor", file));
        assertEquals(4, schedules());
        assertTrue(unreduced > 4, unreduced + " schedules");
    }

    private int schedules() {
        String said = out.toString();
        out.getBuffer().setLength(0);
        return Integer.parseInt(
                said.replaceAll("(?s).*HOLDS +([\\d,]+) schedules.*", "$1").replace(",", ""));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll(" +\\d+\\.\\d\\d s", " T s");
    }

    @Test
    void shouldRefuseWorkersThatAreNone() throws IOException {
        assertEquals(2, explore("--workers", "0", write("race", RACE)));
        assertTrue(err.toString().startsWith("--workers is 0: it must be at least 1"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10x", "-1", ""})
    void shouldRefuseABudgetThatIsNone(String budget) throws IOException {
        assertEquals(2, explore("--budget=" + budget, write("race", RACE)));
        assertTrue(
                err.toString().startsWith("--budget: \"" + budget + "\" is no budget: expected a number of executions"),
                err.toString());
    }

    @Test
    void shouldNotReadAFileThatIsNotThere() {
        assertEquals(3, explore(folder.resolve("none.litmus").toString()));
    }

    @Test
    void shouldRefuseAnUnknownReduction() {
        assertEquals(2, explore("--reduction", "some"));
        assertTrue(err.toString().contains("--reduction is none, dpor or dpor+cache, not \"some\""), err.toString());
    }

    @Test
    void shouldRefuseToReplayMoreThanOneTest() {
        assertEquals(2, explore("--replay", "0"));
        assertTrue(err.toString().contains("--replay takes one litmus test, not "), err.toString());
    }

    @Test
    void shouldRefuseAScheduleThatDoesNotFit() throws IOException {
        assertEquals(2, explore(write("race", RACE), "--replay", "5"));
        assertTrue(
                err.toString()
                        .contains(
                                "schedule 5 does not fit litmus test race: step 1 is of program 5, but there are only programs 0..1"),
                err.toString());
    }

    @Test
    void shouldCallAReplayInconclusiveThatStopsOnTheWay() throws IOException {
        assertEquals(4, explore(write("race", RACE), "--replay", "0x2"));
        assertTrue(
                out.toString()
                        .startsWith(
                                "race: schedule 0x2 does not fit any more: the schedule ends after step 2; those that"
                                        + " can move: cpu 0 (write DMA.nr_free[0]), cpu 1 (read DMA.free_pages)"),
                out.toString());
        assertTrue(out.toString().contains("p = alloc ATOMIC 0"), out.toString());
    }

    @Test
    void shouldRefuseAKnownViolationThatThereIsNot() throws IOException {
        String file = write("race", RACE + "known-bad nonsense\n");

        assertEquals(3, explore(file));
        assertTrue(err.toString().contains(file + ": known-bad nonsense: expected one of deadlock, "), err.toString());
    }

    @Test
    void shouldRefuseToWriteOutcomesOfAReplay() throws IOException {
        assertEquals(2, explore(write("race", RACE), "--replay", "0", "--outcomes", "sets.txt"));
    }

    @Test
    void shouldWriteResultsForABuildServer() throws IOException {
        Path xml = folder.resolve("results.xml");

        assertEquals(5, explore(write("race", RACE + "outcomes 7\n"), "--junit", xml.toString()));
        String text = Files.readString(xml);
        assertTrue(text.contains("tests=\"1\" failures=\"1\" errors=\"0\""), text);
        assertTrue(
                text.contains("<failure type=\"UNEXPECTED\" message=\"there are 2 outcomes, the test states 7\">"),
                text);
    }

    @Test
    void shouldCallASampleInconclusive() throws IOException {
        assertEquals(4, explore("--engine", "stress", "--repetitions", "30", "--seed", "5", write("race", RACE)));
        String text = out.toString();
        assertTrue(text.startsWith("race  SAMPLED        30 repetitions"), text);
        assertTrue(text.contains(" times  p="), text);
        assertTrue(text.contains("1 litmus test: 1 sampled, 0 violated, 0 bounded, 0 broken"), text);
        assertTrue(text.contains("seed 5; canary found first"), text);
        assertTrue(text.contains("This is a sample."), text);
        assertFalse(text.contains("HOLDS"), text);
    }

    @Test
    void shouldSayWhatASampleDidNotMeet() throws IOException {
        String file = write("race", RACE + "sometimes p == NULL and q == NULL\nknown-bad deadlock\n");

        assertEquals(4, explore("--engine", "stress", "--repetitions", "5", file));
        assertTrue(
                out.toString()
                        .contains("sometimes p == NULL and q == NULL: not met; no error, for a sample may miss it"),
                out.toString());
        assertTrue(
                out.toString()
                        .contains("known bad: deadlock, met in 0 repetitions; no error, for a sample may miss it"),
                out.toString());
    }

    @Test
    void shouldShowAViolationThatStressMet() throws IOException {
        String file = write("race", RACE + "never p == NULL\n");

        assertEquals(5, explore("--engine", "stress", "--repetitions", "2000", file));
        assertTrue(out.toString().contains("never: a repetition ended with p == NULL"), out.toString());
        assertTrue(out.toString().contains("one that replays: gaugeblock explore " + file), out.toString());
    }

    @Test
    void shouldRefuseAnUnknownEngine() {
        assertEquals(2, explore("--engine", "steam"));
        assertTrue(err.toString().contains("--engine is builtin, jpf, stress or all, not \"steam\""), err.toString());
    }

    @Test
    void shouldRefuseRepetitionsThatAreNone() {
        assertEquals(2, explore("--engine", "stress", "--repetitions", "0"));
        assertTrue(err.toString().contains("--repetitions is 0: it must be at least 1"), err.toString());
        assertEquals(2, explore("--engine", "stress", "--repetitions", "many"));
        assertEquals(2, explore("--engine", "stress", "--seed", "x"));
    }

    @Test
    void shouldRefuseOptionsOfTheOtherEngine() {
        assertEquals(2, explore("--repetitions", "5"));
        assertEquals(2, explore("--seed", "5"));
        assertEquals(2, explore("--engine", "stress", "--reduction", "none"));
        assertEquals(2, explore("--engine", "stress", "--replay", "0"));
        assertEquals(2, explore("--engine", "stress", "--outcomes", "sets.txt"));
        assertTrue(
                err.toString()
                        .contains(
                                "--reduction, --budget, --workers, --checkpoint, --replay, --audit, --without, --first and --outcomes are for --engine builtin"),
                err.toString());
    }

    @Test
    void shouldRefuseACheckpointOfAnAudit() {
        assertEquals(2, explore("--audit", "--checkpoint", "left.off"));
        assertTrue(err.toString().contains("a --checkpoint keeps nothing of what it has seen"), err.toString());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".litmus"), text).toString();
    }

    private int explore(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "explore";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
