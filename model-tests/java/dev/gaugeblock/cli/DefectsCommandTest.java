package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.report.Format;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.form.TextForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DefectsCommandTest {
    private static final Path FOLDER = Path.of("src/test/resources/defects");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldListTheDefects() {
        assertEquals(0, shipped());
        assertTrue(out.toString().contains("kmap-wakeup-left-out: kunmap wakes nobody"), out.toString());
    }

    @Test
    void shouldShowWhatFindsADefect() {
        assertEquals(0, shipped("kmap-wakeup-left-out"));
        assertInOrder(
                "kmap-wakeup-left-out: kunmap wakes nobody",
                "+++ b/src/main/java/dev/gaugeblock/highmem/Kmap.java",
                "builtin finds it: kmap-lost-wakeup, in litmus test kunmap-wakes-the-waiter",
                "no simpler one: 2 context switches, 16 steps",
                "write pkmap_map_wait: nobody -> CPU 1",
                "count of slot 0: 2 -> 1",
                "who has what, and since when:",
                "cpu 1: sleeps, waiting for a wake-up on pkmap_map_wait, since step 12",
                "to see it again: gaugeblock defects kmap-wakeup-left-out --replay kunmap-wakes-the-waiter:0x7,1x5,0x4",
                "check finds it: tr[2], in vectors s32_kmap_sleep");
    }

    @Test
    void shouldRefuseAnUnknownDefectAndListThoseThatThereAre() {
        assertEquals(2, shipped("nix"));
        assertTrue(
                err.toString().startsWith("there is no defect \"nix\"; there are: all, ")
                        && err.toString().contains(", kmap-wakeup-left-out, "),
                err.toString());
    }

    @Test
    void shouldPrintThePageOfOne() throws IOException {
        assertEquals(0, shipped("kmap-wakeup-left-out", "--catalogue"));
        assertEquals(Files.readString(Path.of("docs/defects/kmap-wakeup-left-out.md")), out.toString());
    }

    @Test
    void shouldRefuseThePageOfAnUnknownDefect() {
        assertEquals(2, shipped("nix", "--catalogue"));
        assertTrue(err.toString().startsWith("there is no defect \"nix\"; there are: all, "), err.toString());
    }

    /** Every litmus test, twice, and all vectors: the table can say no. PatchTest asks a part in each build. */
    @Test
    void shouldReportAHarmlessPatchAsSurviving() throws IOException, DefectException {
        assumeTrue(Boolean.getBoolean("gaugeblock.deep"), "explores the suite twice; -Pdeep does");
        assertEquals(ExitCode.VIOLATED, of("harmless", "all"));
        String table = out.toString();
        int litmusTests = files(Path.of("model-tests", "litmus"), ".litmus");
        int vectors = files(Path.of("spec", "vectors"), ".jsonl.gz");
        assertTrue(table.contains("harmless  survives " + litmusTests + " of " + litmusTests), table);
        assertTrue(table.contains("  survives " + vectors + " of " + vectors + " "), table);
        assertEquals(3, table.split("survives " + litmusTests + " of ", -1).length, "builtin and audit: " + table);
        assertTrue(table.contains("SURVIVES: builtin split-and-merge buddy-merged must find it"), table);
        assertTrue(table.contains("1 defect: 0 found as their patches say, 0 found otherwise, 1 survive, "), table);
    }

    @Test
    void shouldSayThatOnlyAMissingEngineMustFindIt() throws IOException, DefectException {
        assertEquals(ExitCode.INCONCLUSIVE, of("needs-jpf", "--catalogue"));
        assertTrue(
                out.toString()
                        .contains(
                                "| [race-on-a-field](defects/race-on-a-field.md) | - | - | not asked | needs jpf: race (two-cpus-alloc-free) |"),
                out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.INCONCLUSIVE, of("needs-jpf", "race-on-a-field", "--catalogue"));
        assertTrue(out.toString().contains("To be found by `jpf`: race (two-cpus-alloc-free)."), out.toString());
    }

    @Test
    void shouldNameTheDefectsThatAnInvariantFinds() {
        PrintWriter print = new PrintWriter(out, true);
        assertEquals(0, Main.run(Main.commandLine(), print, print, "invariants", "kmap-hand"));
        assertTrue(out.toString().contains("- seeded defects that it finds: kmap-slot-0-first"), out.toString());
    }

    @Test
    void shouldRunPatchesOfSomebodyElse(@TempDir Path folder) throws IOException {
        String shipped = Files.readString(Path.of("model-tests", "defects", "interrupts-left-off.patch"));
        String diff = shipped.substring(shipped.indexOf("--- a/"));
        Files.writeString(folder.resolve("renamed.patch"), "diff --git a/one b/one\nindex 12ab..34cd 100644\n" + diff);

        assertEquals(0, shipped("--defects", folder.toString(), "renamed"), out.toString() + err);
        assertInOrder(
                "renamed: no story", "builtin finds it: deadlock, in litmus test after-exhaustion", "check finds it");
        assertTrue(!out.toString().contains("audit"), "it is asked only for what nothing else finds");
    }

    @Test
    void shouldNotPassAFolderWithoutPatches(@TempDir Path folder) {
        assertEquals(3, shipped("--defects", folder.toString(), "all"));
        assertTrue(err.toString().contains("there is no patch (*.patch) in it"), err.toString());
    }

    private int shipped(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "defects";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private ExitCode of(String folder, String... args) throws IOException, DefectException {
        DefectsCommand command = new DefectsCommand();
        new CommandLine(command).setOut(new PrintWriter(out, true)).parseArgs(args);
        PrintWriter print = new PrintWriter(out, true);
        Reporter reporter =
                new Reporter("defects", Map.of(), Format.text, TextForm.PLAIN, print, new PrintWriter(err, true));
        return command.run(Defects.in(FOLDER.resolve(folder)), reporter);
    }

    private void assertInOrder(String... parts) {
        int at = 0;
        for (String part : parts) {
            at = out.toString().indexOf(part, at);
            assertTrue(at >= 0, "\"" + part + "\" is missing, or not where it belongs, in\n" + out);
        }
    }

    private static int files(Path folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            int count =
                    (int) found.filter(file -> file.toString().endsWith(ending)).count();
            assertTrue(count > 0, folder + " has no " + ending);
            return count;
        }
    }
}
