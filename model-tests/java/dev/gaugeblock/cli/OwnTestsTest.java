package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.report.ResultSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of somebody's own against defects, named or blind, and invariants switched off. */
class OwnTestsTest {
    private static final String PAIR =
            """
            litmus pair
            "A pair is taken and given back."
            machine
              cpus 1
              zone DMA 4
              percpu DMA hot 0 1 1
            cpu 0
              p = alloc ATOMIC 0
              free p
              drain
            """;
    private static final String COUNTED = "always free DMA without percpu <= 4\nnever free DMA != 4\n";

    @TempDir
    private Path folder;

    private Path tests;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        tests = Files.createDirectory(folder.resolve("tests"));
        test("pair", "");
    }

    private void test(String name, String expectations) throws IOException {
        Files.writeString(
                tests.resolve(name + ".litmus"), PAIR.replace("litmus pair", "litmus " + name) + expectations);
    }

    @Test
    void shouldTellWhichTestFindsWhichDefect() throws IOException {
        test("fails", "never p != NULL\n");
        test("idle", "");
        Files.writeString(
                tests.resolve("idle.litmus"),
                PAIR.replace("litmus pair", "litmus idle").replaceAll("  p = .*\n  free p\n", ""));
        assertEquals(1, run("count-not-restored", "kmap-wakeup-left-out", "--with", tests.toString()), err::toString);
        contains("fails: it does not hold on the sound allocator (never)");
        contains("test 1: idle\ntest 2: pair\n");
        contains("count-not-restored    .  x  free-pages-sum (pair)\n");
        contains("kmap-wakeup-left-out  .  .  -\n");
        contains("1 of 2 defects found; 2 of 3 tests hold on the sound allocator\n");
    }

    @Test
    void shouldHoldOnceEverythingIsFound() throws IOException {
        assertEquals(0, run("count-not-restored", "--with", tests.toString(), "--format", "json"), err::toString);
        assertEquals(List.of(), ResultSchemas.problems("defects", out.toString()), out::toString);
        contains("\"killed_by\":[{\"subject\":\"pair\",\"id\":\"free-pages-sum\"}]");
    }

    /** What the invariant said is left to the test to say. */
    @Test
    void shouldSwitchInvariantsOff() throws IOException {
        String[] words = {
            "count-not-restored",
            "--with",
            tests.toString(),
            "--without",
            "free-pages-sum",
            "--without",
            "refines-contract"
        };
        assertEquals(1, run(words), err::toString);
        contains("0 of 1 defect found");
        test("pair", COUNTED);
        assertEquals(0, run(words), err::toString);
        contains("count-not-restored  x  never (pair)");
        Matcher again = Pattern.compile("gaugeblock (defects .*--replay \\S+)").matcher(json(words));
        assertTrue(again.find(), out::toString);
        assertEquals(5, command(again.group(1).split(" ")), err::toString);
        contains("goes wrong: never");
    }

    @Test
    void shouldSwitchInvariantsOffInExplorations() {
        String[] words = {"explore", "--without", "free-pages-sum", "exhaustion"};
        assertEquals(0, command(words), err::toString);
        contains("switched off: free-pages-sum");
        assertEquals(2, command("explore", "--without", "free-page-sum", "exhaustion"));
        assertTrue(err.toString().contains("--without free-page-sum: there is no such invariant; there are: "));
        assertEquals(2, command("explore", "--engine", "stress", "--without", "free-pages-sum", "exhaustion"));
    }

    @Test
    void shouldDecideNothingBeyondItsBudget() {
        assertEquals(
                4, run("count-not-restored", "--with", "model-tests/litmus/watermark-race.litmus", "--budget", "1"));
        contains("nobody knows whether it holds on the sound allocator: BOUNDED");
    }

    @Test
    void shouldRefuseWhatIsNoTest() throws IOException {
        Files.writeString(tests.resolve("worse.litmus"), "litmus better\n");
        assertEquals(3, run("count-not-restored", "--with", tests.toString()));
        assertEquals(
                4,
                run(
                        "count-not-restored",
                        "--with",
                        Files.createDirectory(folder.resolve("none")).toString()));
        assertEquals(2, run("--budget", "3", "all"));
        assertEquals(2, run("one", "two"));
        assertEquals(2, run("count-not-restore", "--with", tests.toString()));
    }

    @Test
    void shouldShowABlindDefectByItsNumberAlone() throws IOException, DefectException {
        assertEquals(0, run("--blind", "anna", "--format", "json"), err::toString);
        assertEquals(List.of(), ResultSchemas.problems("defects", out.toString()), out::toString);
        givesNothingAway();
        assertEquals(0, run("--blind", "anna", "--html", folder.resolve("pages").toString()), err::toString);
        contains("practice: without --key");
        givesNothingAway();
        Matcher again = Pattern.compile("gaugeblock (defects .*--replay \\S+)").matcher(out.toString());
        assertTrue(again.find(), out::toString);
        assertEquals(1, command(again.group(1).split(" ")), err::toString);
        contains(" goes wrong: ");
        givesNothingAway();
        String page = Files.readString(folder.resolve("pages/index.html"));
        for (String id : Defects.shipped().stream().map(each -> each.id()).toList()) {
            assertFalse(page.contains(id), id);
        }
    }

    private void givesNothingAway() throws IOException, DefectException {
        Defects.shipped().forEach(defect -> {
            assertFalse(out.toString().matches("(?s).*\\b" + defect.id() + "\\b.*"), defect.id());
            assertFalse(out.toString().contains(defect.story()), defect.id());
        });
        for (String telling : List.of(".patch", "+++ b/", "Lists.java:", "Allocator.java:", "null:-1")) {
            assertFalse(out.toString().contains("[" + telling) || out.toString().contains("\"at\":\"B"), telling);
        }
    }

    @Test
    void shouldChooseByTheKey() throws IOException {
        Path key = folder.resolve("key");
        Files.writeString(key, "short");
        assertEquals(2, run("--blind", "anna", "--key", key.toString()));
        assertTrue(err.toString().contains("has 5 bytes, and needs at least 16"), err::toString);
        assertEquals(2, run("--blind", "anna", "--count", "1000"));
        assertEquals(2, run("--key", key.toString()));
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "defects";
        System.arraycopy(args, 0, all, 1, args.length);
        return command(all);
    }

    private String json(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--format";
        all[args.length + 1] = "json";
        assertEquals(0, run(all), err::toString);
        return out.toString().replace("\"", " ");
    }

    private int command(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void contains(String part) {
        assertTrue(out.toString().contains(part), out + "\n" + err);
    }
}
