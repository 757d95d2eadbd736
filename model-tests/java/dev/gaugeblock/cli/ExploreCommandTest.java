package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

        assertEquals(1, explore(file));
        String schedule = out.toString().replaceAll("(?s).*--replay (\\S+).*", "$1");
        out.getBuffer().setLength(0);
        assertEquals(0, explore(file, "--replay", schedule));
        assertTrue(out.toString().startsWith("race: schedule " + schedule + " goes well"), out.toString());
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
                err.toString().contains("schedule 5 does not fit litmus test race: program 5 cannot take step 1"),
                err.toString());
    }

    @Test
    void shouldRefuseAKnownViolationThatThereIsNot() throws IOException {
        String file = write("race", RACE + "known-bad nonsense\n");

        assertEquals(3, explore(file));
        assertTrue(err.toString().contains(file + ": known-bad nonsense: expected one of deadlock, "), err.toString());
    }

    @Test
    void shouldRefuseToWriteResultsOfAReplay() throws IOException {
        assertEquals(2, explore(write("race", RACE), "--replay", "0", "--junit", "x.xml"));
    }

    @Test
    void shouldWriteResultsForABuildServer() throws IOException {
        Path xml = folder.resolve("results.xml");

        assertEquals(1, explore(write("race", RACE + "outcomes 7\n"), "--junit", xml.toString()));
        String text = Files.readString(xml);
        assertTrue(text.contains("tests=\"1\" failures=\"1\" errors=\"0\""), text);
        assertTrue(
                text.contains("<failure type=\"VIOLATED\" message=\"there are 2 outcomes, the test states 7\">"), text);
    }

    @Test
    void shouldSayThatTheResultsCannotBeWritten() throws IOException {
        assertEquals(
                3,
                explore(
                        write("race", RACE),
                        "--junit",
                        folder.resolve("no/folder.xml").toString()));
        assertTrue(err.toString().startsWith("gaugeblock: cannot write "), err.toString());
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
