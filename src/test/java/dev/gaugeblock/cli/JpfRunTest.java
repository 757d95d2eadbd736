package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.jpf.Confirmation;
import dev.gaugeblock.explore.jpf.Console;
import dev.gaugeblock.explore.jpf.FakeJpf;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.report.Format;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.report.form.TextForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpfRunTest {
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

    private static final Console BOTH = Console.saying(
            "@outcome 00 p=0 q=NULL kswapd-woken:0 | DMA free 0", "@outcome 00 p=NULL q=0 kswapd-woken:0 | DMA free 0");
    private static final Console ONE = Console.saying("@outcome 00 p=0 q=NULL kswapd-woken:0 | DMA free 0");

    @TempDir
    private Path folder;

    private FakeJpf jpf;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void install() throws IOException {
        jpf = new FakeJpf(folder.resolve("jpf")).findingCanaries();
    }

    @Test
    void shouldHoldAndSayWhoSaysSo() throws IOException {
        jpf.answering("search", BOTH);

        assertEquals(ExitCode.HOLDS, explore(Duration.ofMinutes(5)));
        assertTrue(out.toString().startsWith("race  HOLDS            10 states      2 outcomes"), out.toString());
        assertTrue(out.toString().contains("Java PathFinder, jpf-core 7ea25de; canary found first"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 134",
                "true",
                "head -n 9 search.txt",
                "sed 's/,end=4/,end=0/' search.txt",
                "sed 's/@outcome 00/@outcome/' search.txt",
                "grep -v statistics search.txt | grep -v constraints",
                "cat search.txt; exec yes",
                "cat search.txt; exit 1",
            })
    void shouldBeBrokenWhateverWayJpfFails(String script) throws IOException {
        jpf.answering("search", BOTH).doing("search", script);

        assertEquals(ExitCode.INTERNAL, explore(Duration.ofMinutes(5)), script);
        assertTrue(out.toString().startsWith("race  BROKEN"), out.toString());
        assertFalse(out.toString().contains("HOLDS"), out.toString());
    }

    /** By the clock it may take ten times its limit. */
    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 600", "sleep 600 & wait"})
    void shouldBeInconclusiveWhereJpfHasNoMoreTime(String script) throws IOException {
        jpf.answering("search", BOTH).doing("search", script);

        assertEquals(ExitCode.INCONCLUSIVE, explore(Duration.ofMillis(100)), script);
        assertTrue(out.toString().startsWith("race  BOUNDED"), out.toString());
        assertTrue(out.toString().contains("it did not end within 1.0 s"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadlock", "unguarded"})
    void shouldExploreNothingWhereACanaryIsMissed(String canary) throws IOException {
        jpf.answering("search", BOTH).answering(canary, Console.saying("@outcome 00 | DMA free 0"));

        assertEquals(ExitCode.INTERNAL, explore(Duration.ofMinutes(5)));
        assertEquals(ExitCode.INTERNAL, compare(null));
        assertEquals("", out.toString());
        assertTrue(
                err.toString().startsWith("gaugeblock: BROKEN: Java PathFinder did not find the canary: "),
                err.toString());
    }

    @Test
    void shouldBeInconclusiveWherePathsWereCut() throws IOException {
        jpf.answering("search", BOTH).doing("search", "sed 's/constraints=0/constraints=1/' search.txt");

        assertEquals(ExitCode.INCONCLUSIVE, explore(Duration.ofMinutes(5)));
    }

    @Test
    void shouldWriteDownWhatTheEnginesAgreeOn() throws IOException {
        jpf.answering("search", BOTH);
        Path confirmed = folder.resolve("confirmed.txt");

        assertEquals(ExitCode.HOLDS, compare(confirmed));
        assertTrue(out.toString().contains("1 litmus test: 1 hold in all engines, 0 violated"), out.toString());
        assertTrue(out.toString().contains("written: " + confirmed), out.toString());
        assertEquals(10, Confirmation.read(confirmed).get("race").states());
    }

    @Test
    void shouldWriteDownNothingWhereTheyDiffer() throws IOException {
        jpf.answering("search", ONE);
        Path confirmed = folder.resolve("confirmed.txt");

        assertEquals(ExitCode.INTERNAL, compare(confirmed));
        assertTrue(
                out.toString().contains("  only builtin has the outcome p=NULL q=0 kswapd-woken:0 | DMA free 0"),
                out.toString());
        assertFalse(Files.exists(confirmed));
    }

    /** What both commands print as JSON, whether Java PathFinder agrees, finds less, or fails. */
    @Test
    void shouldPrintDocumentsThatTheSchemaAllows() throws IOException {
        jpf.answering("search", BOTH);
        assertDocuments("holds", "holds");
        jpf.answering("search", ONE);
        assertDocuments("holds", "broken");
        jpf.answering("search", BOTH).doing("search", "true");
        assertDocuments("broken", "broken");
    }

    private void assertDocuments(String ofJpf, String ofAll) throws IOException {
        Reporter alone = reporter(Format.json);
        run(Duration.ofMinutes(5), alone).explore(tests());
        assertDocument(alone, ofJpf);
        Reporter compared = reporter(Format.json);
        run(Duration.ofMinutes(5), compared).compare(tests(), new Stress(20, 1), null);
        assertDocument(compared, ofAll);
    }

    private void assertDocument(Reporter reporter, String verdict) throws IOException {
        out.getBuffer().setLength(0);
        ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
        String json = out.toString();
        assertEquals(List.of(), ResultSchemas.problems("explore", json), json);
        assertTrue(json.contains("\"verdict\":\"" + verdict + "\",\"totals\""), json);
    }

    @Test
    void shouldSayThatWhatTheyAgreeOnCannotBeWritten() throws IOException {
        jpf.answering("search", BOTH);
        Path confirmed = folder.resolve("no/folder.txt");

        assertEquals(ExitCode.UNREADABLE, compare(confirmed));
        assertTrue(err.toString().startsWith("gaugeblock: cannot write " + confirmed + ": "), err.toString());
    }

    @Test
    void shouldSayWhatIsMissingWhereJpfIs() throws IOException {
        String before = System.getProperty("jpf.home");
        System.setProperty("jpf.home", folder.toString());
        try {
            for (String engine : new String[] {"jpf", "all"}) {
                err.getBuffer().setLength(0);
                assertEquals(4, command("explore", "--engine", engine, race()));
                assertEquals(
                        "gaugeblock: Java PathFinder is not built: there is no " + folder.resolve("build/RunJPF.jar")
                                + "; docs/jpf.md tells how to get it",
                        err.toString().strip());
            }
        } finally {
            if (before == null) {
                System.clearProperty("jpf.home");
            } else {
                System.setProperty("jpf.home", before);
            }
        }
        assertEquals("", out.toString());
    }

    @Test
    void shouldRefuseOptionsOfOtherEngines() throws IOException {
        String onlyJpf = "--jpf-limit and --no-assertions are for --engine jpf and all";
        String onlyAll = "--confirm is for --engine all";
        String onlyStress = "--repetitions and --seed are for --engine stress and all; jpf runs each interleaving once";
        String onlyBuiltin =
                "--reduction, --budget, --workers, --checkpoint, --replay, --audit, --without, --first and --outcomes are for --engine builtin";

        assertUsage(onlyJpf, "--jpf-limit", "5");
        assertUsage(onlyJpf, "--no-assertions");
        assertUsage(onlyJpf, "--engine", "stress", "--jpf-limit", "5");
        assertUsage(onlyJpf, "--engine", "stress", "--no-assertions");
        assertUsage(onlyAll, "--confirm", "x");
        assertUsage(onlyAll, "--engine", "jpf", "--confirm", "x");
        assertUsage(onlyStress, "--engine", "jpf", "--repetitions", "5");
        assertUsage(onlyStress, "--engine", "jpf", "--seed", "5");
        for (String engine : new String[] {"jpf", "all"}) {
            assertUsage(onlyBuiltin, "--engine", engine, "--reduction", "none");
            assertUsage(onlyBuiltin, "--engine", engine, "--replay", "0");
            assertUsage(onlyBuiltin, "--engine", engine, "--outcomes", "x.txt");
            assertUsage("--jpf-limit is 0: it must be at least 1", "--engine", engine, "--jpf-limit", "0");
            assertUsage("Invalid value for option '--jpf-limit'", "--engine", engine, "--jpf-limit", "soon");
        }
    }

    private void assertUsage(String message, String... options) throws IOException {
        err.getBuffer().setLength(0);
        String[] all = new String[options.length + 2];
        all[0] = "explore";
        System.arraycopy(options, 0, all, 1, options.length);
        all[all.length - 1] = race();
        assertEquals(2, command(all));
        assertTrue(err.toString().startsWith(message), err.toString());
    }

    /** From the command line to the process and back: with what the environment says. */
    @Test
    void shouldEndWithTheExitCodeOfWhatJpfFound() throws IOException, InterruptedException {
        jpf.answering("search", BOTH);
        assertEquals(0, forked());

        jpf.doing("search", "kill -6 $$");
        assertEquals(70, forked());
        assertTrue(out.toString().contains("race  BROKEN"), out.toString());
    }

    private int forked() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "explore",
                "--engine",
                "jpf",
                race());
        builder.environment().put("JPF_HOME", folder.resolve("jpf").toString());
        builder.environment().put("JPF_JAVA_HOME", folder.resolve("jpf/jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        out.write(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return process.waitFor();
    }

    private String race() throws IOException {
        return Files.writeString(folder.resolve("race.litmus"), RACE).toString();
    }

    private ExitCode explore(Duration limit) throws IOException {
        Reporter reporter = reporter();
        run(limit, reporter).explore(tests());
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private ExitCode compare(Path confirmation) throws IOException {
        Reporter reporter = reporter();
        run(Duration.ofMinutes(5), reporter).compare(tests(), new Stress(20, 1), confirmation);
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private Reporter reporter() {
        return reporter(Format.text);
    }

    private Reporter reporter(Format format) {
        return new Reporter(
                "explore", Map.of(), format, TextForm.PLAIN, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private JpfRun run(Duration limit, Reporter reporter) throws IOException {
        return new JpfRun(jpf.home(), Map.of(), limit, true, reporter);
    }

    private static List<LitmusTest> tests() {
        return List.of(LitmusParser.parse("race.litmus", RACE));
    }

    private int command(String... args) {
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
