package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the files hold that an exploration writes besides: never of another run, never half, never more than was
 * explored.
 */
class ExploreReportsTest {
    private static final String RACE =
            """
            litmus NAME
            "Two requests for the last frame."
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    private static final String OUTCOMES =
            "p=0 q=NULL kswapd-woken:0 | DMA free 0\np=NULL q=0 kswapd-woken:0 | DMA free 0\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    // --- sets of outcomes ---

    @ParameterizedTest
    @ValueSource(strings = {"none", "dpor", "dpor+cache"})
    void shouldWriteASectionForEachTestWhateverTheReduction(String reduction) throws IOException {
        String one = race("one", "");
        String two = race("two", "");

        assertEquals(0, explore("--reduction", reduction, "--workers", "2", "--outcomes", at("sets"), two, one));
        String text = Files.readString(folder.resolve("sets")).replaceAll("(?m)^# executions \\d+$", "# executions N");
        assertEquals(section("two", two) + section("one", one), text);
    }

    private static String section(String name, String file) {
        return "# litmus " + name + "\n# text: " + file + "\n# executions N\n# outcomes 2\n" + OUTCOMES;
    }

    @Test
    void shouldGiveTheSetThatHasAnotherNumberThanTheTestStates() throws IOException {
        assertEquals(5, explore("--outcomes", at("sets"), race("one", "outcomes 7\n")));
        assertTrue(Files.readString(folder.resolve("sets")).endsWith("# outcomes 2\n" + OUTCOMES));
    }

    @Test
    void shouldCallASetIncompleteThatABudgetOrAViolationCutShort() throws IOException {
        explore("--reduction", "none", "--budget", "1", "--outcomes", at("bounded"), race("one", ""));
        explore("--outcomes", at("known"), "model-tests/litmus/lock-order.litmus", race("two", ""));
        explore("--outcomes", at("violated"), deadlock());

        String bounded = incomplete("bounded").get(0);
        assertTrue(bounded.startsWith("INCOMPLETE BOUNDED the budget of 1 is spent; covered: 1 executions; "), bounded);
        assertEquals(List.of("INCOMPLETE known-bad deadlock"), incomplete("known"));
        String violated = incomplete("violated").get(0);
        assertTrue(violated.startsWith("INCOMPLETE VIOLATED deadlock: "), violated);
        assertFalse(Files.readString(folder.resolve("bounded")).matches("(?s).*# outcomes \\d.*"));
    }

    private List<String> incomplete(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name))) {
            return lines.filter(line -> line.startsWith("INCOMPLETE")).toList();
        }
    }

    // --- never stale ---

    @Test
    void shouldLeaveNoReportOfAnEarlierRunWhenAnInputCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("x.xml"), "all was well yesterday");
        Files.writeString(folder.resolve("sets"), "all was well yesterday");

        assertEquals(3, explore("--junit", at("x.xml"), "--outcomes", at("sets"), at("gone.litmus")));
        String xml = Files.readString(folder.resolve("x.xml"));
        assertTrue(xml.contains("<error type=\"UNREADABLE\" message=\"cannot read "), xml);
        assertTrue(xml.contains("failures=\"0\" errors=\""), xml);
        assertTrue(Files.readString(folder.resolve("sets")).startsWith("INCOMPLETE "));
    }

    @Test
    void shouldKeepALinkAndReplaceWhatItLeadsTo() throws IOException {
        Files.writeString(folder.resolve("real"), "all was well yesterday");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertEquals(0, explore("--outcomes", at("link"), race("one", "")));
        assertTrue(Files.isSymbolicLink(folder.resolve("link")));
        assertTrue(Files.readString(folder.resolve("real")).endsWith(OUTCOMES));
    }

    @Test
    void shouldSayBeforeTheWorkThatAPlaceCannotBeWrittenTo() throws IOException {
        for (String place : List.of(at("no/folder.xml"), folder.toString(), "/proc/x.xml")) {
            for (String option : List.of("--junit", "--outcomes")) {
                err.getBuffer().setLength(0);
                assertEquals(2, explore(race("one", ""), option, place));
                assertTrue(err.toString().startsWith("cannot write " + place + ": "), err.toString());
                assertEquals("", out.toString());
            }
        }
    }

    // --- never half ---

    @Test
    void shouldKeepAViolationThoughTheDiskIsFull() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");

        assertEquals(1, explore("--junit", "/dev/full", deadlock()));
        assertEquals(4, explore("--junit", "/dev/full", race("one", "")));
        assertTrue(err.toString().contains("gaugeblock: cannot write /dev/full: "), err.toString());
        assertTrue(Files.exists(Path.of("/dev/full")), "a device is not ours to remove");
    }

    @Test
    void shouldKeepAViolationThoughNobodyCanReadStandardOutput() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");

        assertEquals(1, process("exec \"$@\" >/dev/full", deadlock()));
        assertEquals(1, process("exec \"$@\" >/dev/full", "--format", "json", deadlock()));
        assertEquals(4, process("exec \"$@\" >/dev/full", "--format", "json", race("one", "")));
    }

    /** What does not fit the disk is not written; what was written before stays whole, and nothing lies beside it. */
    @Test
    void shouldLeaveAWholeReportWhereTheLastDoesNotFit() throws Exception {
        String text = Files.readString(Path.of("model-tests/litmus/lock-order.litmus"))
                .replace("known-bad deadlock", "");
        for (int i = 0; i < 8; i++) {
            String name = "deadlock-" + i;
            Files.writeString(folder.resolve(name + ".litmus"), text.replace("litmus lock-order", "litmus " + name));
        }
        String[] args = {"--sarif", at("x.sarif"), race("one", ""), folder.toString()};
        assertEquals(1, process("exec \"$@\"", args));
        long whole = Files.size(folder.resolve("x.sarif"));
        assertEquals(1, process("ulimit -f 4; trap '' XFSZ; exec \"$@\" 2>" + at("err"), args));
        assertTrue(whole > 4 * 1024, "the last report must not fit, and has " + whole + " bytes");
        assertTrue(written("x.sarif").contains("run not finished, "), written("x.sarif"));
        assertTrue(written("x.sarif").endsWith("}\n"), written("x.sarif"));
        assertTrue(written("err").contains("gaugeblock: cannot write " + at("x.sarif") + ": "), written("err"));
        assertFalse(Files.exists(folder.resolve("x.sarif.new")));
    }

    /** Explores in a process of its own, which a shell starts; its exit code. */
    private int process(String shell, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.add("explore");
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    private String deadlock() throws IOException {
        String text = Files.readString(Path.of("model-tests/litmus/lock-order.litmus"));
        return Files.writeString(folder.resolve("lock-order.litmus"), text.replace("known-bad deadlock", ""))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayHowFarARunCameThatWasKilled(boolean hard) throws Exception {
        Files.writeString(folder.resolve("x.xml"), "all was well yesterday");
        String endless = "model-tests/bench/litmus/three-cpus-six-operations.litmus";
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "explore",
                        "--reduction",
                        "none",
                        "--junit",
                        at("x.xml"),
                        "--sarif",
                        at("x.sarif"),
                        race("one", ""),
                        endless)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        try {
            while (process.isAlive() && !written("x.sarif").contains("1 of 2 tests")) {
                Thread.onSpinWait();
            }
            assertTrue(process.isAlive(), () -> "ended: " + process.exitValue());
        } finally {
            if (hard) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }
        assertEquals(hard ? 137 : 143, process.waitFor());
        String sarif = written("x.sarif");
        assertTrue(sarif.contains("\"ruleId\":\"unfinished\",\"ruleIndex\":0,\"level\":\"error\""), sarif);
        assertTrue(sarif.contains("\"text\":\"run not finished, 1 of 2 tests\""), sarif);
        String text = written("x.xml");
        assertTrue(text.contains("<error type=\"UNFINISHED\" message=\"run not finished, 1 of 2 tests\"/>"), text);
        assertTrue(text.contains("tests=\"2\" failures=\"0\" errors=\"1\""), text);
        assertTrue(text.endsWith("</testsuite>\n"), text);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("one.litmus", "printed", "x.sarif", "x.xml"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    /** What stands there; nothing in the moment in which an old report is gone and the new one has not begun. */
    private String written(String name) throws IOException {
        try {
            return Files.readString(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private String race(String name, String expectations) throws IOException {
        return Files.writeString(folder.resolve(name + ".litmus"), RACE.replace("NAME", name) + expectations)
                .toString();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private int explore(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "explore";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
