package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.api.Explored;
import dev.gaugeblock.api.Exploring;
import dev.gaugeblock.api.Litmus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explore --memory}: what holds where all see every store at once, and not where stores wait. */
class MemoryModelTest {
    /** Each CPU takes a pair from one zone, and then looks at what the other has left there. */
    private static final String STORE_BUFFER =
            """
            litmus store-buffer
            "Each CPU takes a pair from one zone, then asks the other zone."
            machine
              cpus 2
              zone DMA 4
              zone Normal 4
              marks DMA 1 1 1
              marks Normal 1 1 1
              reserve DMA 0 100 100
            cpu 0
              a = alloc DMA 1
              p = alloc 0x0 1
            cpu 1
              b = alloc 0x0 1
              q = alloc DMA 1
            sometimes p != NULL
            sometimes q != NULL
            never p != NULL and q != NULL
            """;

    @TempDir
    private Path folder;

    private record Ran(int exitCode, String text) {}

    private Ran exploreIt(String... options) throws IOException {
        return explore(STORE_BUFFER, options);
    }

    private Ran explore(String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("store-buffer.litmus"), text);
        List<String> all = new ArrayList<>(List.of("explore", file.toString()));
        all.addAll(List.of(options));
        return run(all.toArray(new String[0]));
    }

    private static Ran run(String... command) {
        StringWriter out = new StringWriter();
        int exitCode = Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(out), command);
        return new Ran(exitCode, out.toString());
    }

    @ParameterizedTest
    @CsvSource({"dpor", "dpor+cache"})
    void shouldHoldWhereAllSeeEveryStoreAtOnce(String reduction) throws IOException {
        Ran ran = exploreIt("--reduction", reduction, "--memory", "sc");
        assertEquals(0, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(" 7 outcomes "), ran.text);
    }

    /** The command that it names shows the same again: with the memory, or its schedule would be none. */
    @ParameterizedTest
    @CsvSource({"dpor", "dpor+cache"})
    void shouldShowWhichStoreWaitedAndShowItAgain(String reduction) throws IOException {
        Ran ran = exploreIt("--reduction", reduction, "--memory", "x86-tso");
        assertEquals(5, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(" 8 outcomes "), ran.text);
        assertTrue(ran.text.contains("\nmemory: x86-tso\n"), ran.text);
        Matcher steps = Pattern.compile("context switches, ([0-9]+) steps").matcher(ran.text);
        assertTrue(steps.find() && Integer.parseInt(steps.group(1)) <= 12, ran.text);
        Matcher again = Pattern.compile(" --memory x86-tso --replay (\\S+)").matcher(ran.text);
        assertTrue(again.find(), ran.text);
        Ran replayed = exploreIt("--memory", "x86-tso", "--replay", again.group(1));
        assertTrue(
                replayed.text.contains("stores to DMA.free_pages: waits in the store buffer of CPU "), replayed.text);
        assertTrue(replayed.text.contains("DMA.free_pages drains: 4 -> 2"), replayed.text);
        assertTrue(replayed.text.contains("p = alloc 0x0 1 gives frame "), replayed.text);
        assertTrue(replayed.text.contains("q = alloc DMA 1 gives frame "), replayed.text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "builtin | tso | --memory is sc or x86-tso, not \"tso\"",
                "jpf | x86-tso | --memory x86-tso is for --engine builtin",
                "stress | x86-tso | --memory x86-tso is for --engine builtin",
                "all | x86-tso | --memory x86-tso is for --engine builtin"
            })
    void shouldNameWhatCannotBe(String engine, String memory, String said) throws IOException {
        Ran ran = exploreIt("--engine", engine, "--memory", memory);
        assertEquals(2, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(said), ran.text);
    }

    /** An order that kswapd is left, and that waits in the store buffer as kswapd looks for it. */
    @ParameterizedTest
    @CsvSource({
        "kswapd-hears-the-order, kswapd-order-heard",
        "given-up-while-freed, kswapd-order-heard",
        "store-buffer, never"
    })
    void shouldKnowWhatIsBadWhereStoresWait(String test, String known) {
        Ran ran = run("explore", test, "--reduction", "dpor+cache", "--memory", "x86-tso");
        assertEquals(0, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(" s  under x86-tso  (known bad: " + known + ", found)"), ran.text);
        ran = run("explore", test, "--reduction", "dpor+cache");
        assertEquals(0, ran.exitCode, ran.text);
        assertTrue(!ran.text.contains("known bad") && !ran.text.contains("x86-tso"), ran.text);
    }

    @ParameterizedTest
    @CsvSource({"dpor", "dpor+cache"})
    void shouldHoldWithAFence(String reduction) {
        Ran ran = run("explore", "store-buffer-fenced", "--reduction", reduction, "--memory", "x86-tso");
        assertEquals(0, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(" 7 outcomes "), ran.text);
    }

    /** What is known only where stores wait must show there, and must not show elsewhere. */
    @Test
    void shouldHoldAKnownBadTestToWhatItKnows() throws IOException {
        String fenced =
                STORE_BUFFER.replace("DMA 1\n  p", "DMA 1\n  mb\n  p").replace("0x0 1\n  q", "0x0 1\n  mb\n  q");
        Ran ran = explore(fenced + "known-bad never under x86-tso\n", "--memory", "x86-tso");
        assertEquals(5, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("the known violation, never, does not occur"), ran.text);
        ran = explore(STORE_BUFFER + "never p == NULL\nknown-bad never under x86-tso\n");
        assertEquals(5, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("never: an execution ended with p == NULL"), ran.text);
        ran = explore(STORE_BUFFER + "known-bad never\n");
        assertEquals(3, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("known-bad never: expected one of "), ran.text);
    }

    /** Programs can ask for it, too. */
    @Test
    void shouldBeThereForPrograms() {
        Litmus test = Litmus.parse(STORE_BUFFER);
        assertEquals(Explored.Verdict.HOLDS, Exploring.reference().explore(test).verdict());
        Explored waiting = Exploring.reference().under(Exploring.Memory.X86_TSO).explore(test);
        assertEquals(Explored.Verdict.UNEXPECTED, waiting.verdict());
        assertEquals(8, waiting.outcomes().size());
    }

    /** The whole suite, as it is explored by default, but where stores wait. */
    @Test
    void shouldHoldWhereStoresWait() {
        Ran ran = run("explore", "--reduction", "dpor+cache", "--memory", "x86-tso", "--workers", "2");
        assertEquals(0, ran.exitCode, ran.text);
        Matcher tests = Pattern.compile("\n([0-9]+) litmus tests: ([0-9]+) hold, 0 violated")
                .matcher(ran.text);
        assertTrue(tests.find() && tests.group(1).equals(tests.group(2)), ran.text);
        assertEquals(
                tests.group(1),
                Long.toString(ran.text
                        .lines()
                        .filter(line -> line.contains(" s  under x86-tso"))
                        .count()));
    }

    @Test
    void shouldSayInJsonWhatTheVerdictIsAbout() throws IOException {
        for (String memory : List.of("sc", "x86-tso")) {
            String json = exploreIt("--memory", memory, "--format", "json").text;
            assertTrue(json.contains("\"memory\":\"" + memory + "\",\"schedules\""), json);
        }
    }
}
