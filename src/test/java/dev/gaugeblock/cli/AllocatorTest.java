package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explore --allocator}: the examples, and everything that is no allocator. */
class AllocatorTest {
    private static final Path EXAMPLES = Path.of("docs", "examples");

    @TempDir
    private Path folder;

    private record Ran(int exitCode, String text) {}

    private static Ran explore(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explore"));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        int exitCode =
                Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(out), all.toArray(new String[0]));
        return new Ran(exitCode, out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "java-bitmap, exhaustion, dpor",
        "java-bitmap, three-cpus-alloc-free, none",
        "java-bitmap, three-cpus-alloc-free, dpor+cache",
        "java-percpu, handler-takes-a-hot-frame, dpor",
        "java-percpu, two-cpus-alloc-free, dpor+cache",
        "java-buddy, split-and-merge, dpor",
        "java-buddy, split-and-merge, dpor+cache",
        "java-window, slot-reuse-after-wrap, dpor",
        "java-window, three-mappers-two-slots, dpor+cache"
    })
    void shouldHoldForTheRightExamples(String example, String test, String reduction) {
        Ran ran = explore(test, "--allocator", EXAMPLES.resolve(example).toString(), "--reduction", reduction);
        assertEquals(0, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("not judged: "), ran.text);
        assertTrue(ran.text.contains("audited: "), ran.text);
    }

    @ParameterizedTest
    @CsvSource({
        "java-bitmap-broken, exhaustion three-cpus-alloc-free node-edge free-on-another-cpu, unannounced-access",
        "java-buddy-broken, split-and-merge, alloc-failure",
        "java-percpu-broken, irq-after-look handler-takes-a-hot-frame handler-frees-too, alloc-disjoint",
        "java-window-broken, slot-reuse-after-wrap, wrong-frame"
    })
    void shouldFindWhatIsWrongWithTheBrokenOnes(String example, String tests, String rule) {
        List<String> arguments = new ArrayList<>(List.of(tests.split(" ")));
        arguments.addAll(List.of("--allocator", EXAMPLES.resolve(example).toString()));
        Ran ran = explore(arguments.toArray(new String[0]));
        assertEquals(1, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("  " + rule + ": "), ran.text);
        Matcher steps = Pattern.compile("context switch(?:es)?, ([0-9]+) step").matcher(ran.text);
        assertTrue(steps.find(), ran.text);
        assertTrue(Integer.parseInt(steps.group(1)) <= 25, ran.text);
        assertTrue(ran.text.contains(" --allocator docs/examples/" + example + " --replay "), ran.text);
    }

    @Test
    void shouldHoldALegalVariantToLinuxIfAsked() {
        String buddy = EXAMPLES.resolve("java-buddy").toString();
        Ran ran = explore("split-and-merge", "--allocator", buddy, "--expect", "linux", "--no-audit");
        assertEquals(5, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("1 unexpected"), ran.text);
    }

    /** What is put in the place of a part of the window, and the rule that it breaks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users[slot] == 0 ? slot : unused | slot | map-distinct: frame 1 was mapped at slot 1, where frame 0 has",
                "return slot; | return slot + 9; | map-window: frame 0 was mapped at slot 10, but the slots are 0..1",
                "(frames[slot] == frame) | (frames[slot] == frame && users[slot] == 0) | map-stable: frame 0 was mapped at",
                "throw new KernelBug(\"kunmap\", \"not_mapped\") | users[0]++ | unmap-balanced: a kunmap of frame 0 went through",
                "users[slot]--; | users[slot] -= 1; | kernel-bug: BUG in kunmap: not_mapped"
            })
    void shouldHoldAWindowToTheContract(String part, String instead, String said) throws IOException {
        String sound = Files.readString(EXAMPLES.resolve("java-window/WindowAllocator.java"));
        assertTrue(sound.contains(part.strip()), part);
        Files.writeString(folder.resolve("WindowAllocator.java"), sound.replace(part.strip(), instead.strip()));
        Path file = folder.resolve("mapped.litmus");
        Files.writeString(
                file,
                "litmus mapped\n\"Two frames are mapped.\"\nmachine\n  cpus 2\n  zone HighMem 2\n  pkmap 2\nbefore\n"
                        + "  p = alloc HIGHUSER 0\n  q = alloc HIGHUSER 0\ncpu 0\n  kmap p\n  kmap p\n  kmap q\n"
                        + "  kunmap q\n  kunmap p\n  kunmap p\n  kunmap p\n");
        Ran ran = explore(file.toString(), "--allocator", folder.toString());
        assertEquals(1, ran.exitCode, ran.text);
        assertTrue(ran.text.replaceAll("\\s+", " ").contains(said.strip()), ran.text);
    }

    /** What is said of the free frames in the end, to what the allocator is held, and what comes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java-bitmap | contract | always free DMA >= 3; never free DMA == 3 | 0 | 1 hold",
                "java-bitmap | contract | always free DMA > 3 | 1 | always-broken: line 11 says always free DMA > 3,",
                "java-bitmap | linux | sometimes free DMA == 3; never free DMA != 3 | 0 | 1 hold",
                "java-bitmap | linux | never free DMA == 3 | 5 | an execution ended with free DMA == 3",
                "java-bitmap | contract | always free DMA without percpu > 3 | 4 | (1 without free counts that leave per-CPU lists out)",
                "java-percpu | contract | always free DMA >= 3 | 4 | not applicable: the allocator has no free counts",
                "java-percpu | contract | never free DMA == 2 | 0 | not judged: never free DMA == 2",
                "java-percpu | contract | always p != NULL or q != 3 | 0 | 1 hold"
            })
    void shouldCountWhatAnAllocatorCounts(String example, String expect, String says, int exitCode, String said)
            throws IOException {
        Path file = folder.resolve("counted.litmus");
        Files.writeString(
                file,
                "litmus counted\n\"Somebody counts.\"\nmachine\n  cpus 2\n  zone DMA 4\ncpu 0\n  p = alloc ATOMIC 0\n"
                        + "  free p\ncpu 1\n  q = alloc ATOMIC 0\n" + says.replace("; ", "\n") + "\n");
        Ran ran = explore(
                file.toString(), "--allocator", EXAMPLES.resolve(example).toString(), "--expect", expect, "--no-audit");
        assertEquals(exitCode, ran.exitCode, ran.text);
        assertTrue(ran.text.contains(said), ran.text);
    }

    /** What is put in the place of a part of the bitmap allocator, what comes of it, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int found = takeLocked | int found = \"x\"; takeLocked | 3 | do not compile: BitmapAllocator.java:37: error:",
                "private SpinLock lock; | private SpinLock lock; public BitmapAllocator(int x) {} | 3 | no public constructor",
                "guardedBy = \"lock\" | guardedBy = \"lok\" | 3 | is guarded by \"lok\": expected the name of a SpinLock",
                "id = \"bitmap-counts\" | id = \"pcp-count\" | 3 | has one of that id: choose another",
                "guardedBy = \"lock\" | guardedBy = Invariant.ZONE_LOCK | 3 | is guarded by \"zone.lock\": expected the name",
                "machine = description; | machine = description; new Helper(); | 3 | \"pcp-count\" of Helper: dev.gaugeblock.mm",
                "lock.acquire(task); | new Thread(null, null, \"x\").start(); | 4 | line 36: java.lang.Thread.start: the tasks",
                "public int alloc | public synchronized int alloc | 4 | method alloc is synchronized: the explorer",
                "private SpinLock lock; | private SpinLock lock; static int calls; | 4 | static field calls would go from",
                "lock.acquire(task); | java.util.Arrays.fill(free, true); lock.acquire(task); | 4 | not audited: class Bitmap",
                "machine = description; | machine = description; require(); | 1 | exception: java.lang.IllegalStateException: no",
                "lock.acquire(task); | lock.acquire(task); require(); | 1 | exception: in \"p = alloc ATOMIC 0\": java.lang.",
                "lock.acquire(task); | lock.acquire(task); if (gfp == HIGHMEM) require(); | 1 | in \"alloc of every free frame,",
                "(int index : zones) | (int index : new int[0]) | 1 | just booted hands out no frame at all, of 1 that are free"
            })
    void shouldNameWhatIsNoAllocator(String part, String instead, int exitCode, String said) throws IOException {
        String sound = Files.readString(EXAMPLES.resolve("java-bitmap/BitmapAllocator.java"));
        String changed = sound.replaceFirst(Pattern.quote(part.strip()), Matcher.quoteReplacement(instead.strip()));
        int end = changed.lastIndexOf('}');
        Files.writeString(
                folder.resolve("BitmapAllocator.java"),
                changed.substring(0, end)
                        + "    static void require() { throw new IllegalStateException(\"no\"); }\n}\n"
                        + "final class Helper {\n"
                        + "    @Invariant(id = \"pcp-count\", says = \"Nothing.\", guardedBy = Invariant.IDLE)\n"
                        + "    String nothing() { return null; }\n}\n"
                        + "abstract class Base implements Subject {}\n");
        Ran ran = explore("exhaustion", "--allocator", folder.toString());
        assertEquals(exitCode, ran.exitCode, ran.text);
        assertTrue(ran.text.replaceAll("\\s+", " ").contains(said.strip()), ran.text);
        assertFalse(ran.text.contains("\tat "), ran.text);
    }

    /** Both say nothing that is not so: of frames that nobody counts, and of a run that had another allocator. */
    @Test
    void shouldSayWhatIsSoOfAnAllocatorThatDoesNotCount() throws IOException {
        String broken = EXAMPLES.resolve("java-percpu-broken").toString();
        Ran ran = explore("handler-takes-a-hot-frame", "--allocator", broken);
        assertTrue(ran.text.contains(" and after it: DMA free ?\n"), ran.text);
        String sound = Files.readString(EXAMPLES.resolve("java-bitmap/BitmapAllocator.java"));
        Files.writeString(
                folder.resolve("BitmapAllocator.java"), sound.replace("int found = ", "order /= 0; int found = "));
        ran = explore("exhaustion", "--allocator", folder.toString(), "--engine", "stress");
        assertEquals(1, ran.exitCode, ran.text);
        String again = " explore exhaustion --allocator " + folder + " --no-audit\n";
        assertTrue(ran.text.contains(again), ran.text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.Class", "nosuch.jar", "java.lang.String", "."})
    void shouldNameWhatIsNotThere(String where) {
        Ran ran = explore("exhaustion", "--allocator", where.equals(".") ? folder.toString() : where);
        assertEquals(3, ran.exitCode, ran.text);
    }

    @Test
    void shouldTakeAJarAndListItsCandidates() throws IOException {
        for (String example : List.of("java-bitmap", "java-percpu")) {
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(example))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()));
                }
            }
        }
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        folder.resolve("BitmapAllocator.java").toString(),
                        folder.resolve("PerCpuAllocator.java").toString());
        assertEquals(0, compiled);
        Path jar = folder.resolve("two.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
        Ran ran = explore("exhaustion", "--allocator", jar.toString());
        assertEquals(2, ran.exitCode, ran.text);
        assertTrue(
                ran.text.contains(
                        "has 2 allocators: say which, " + jar + "#BitmapAllocator or " + jar + "#PerCpuAllocator"),
                ran.text);
        for (String[] named : new String[][] {
            {"--allocator", jar + "#BitmapAllocator"},
            {"--allocator", "BitmapAllocator", "--class-path", jar.toString()}
        }) {
            List<String> arguments = new ArrayList<>(List.of("exhaustion"));
            arguments.addAll(List.of(named));
            ran = explore(arguments.toArray(new String[0]));
            assertEquals(0, ran.exitCode, ran.text);
        }
    }

    @Test
    void shouldShowNothingIfNoTestIsApplicable() {
        Ran ran = explore(
                "two-cpus-alloc-free",
                "--allocator",
                EXAMPLES.resolve("java-bitmap").toString());
        assertEquals(4, ran.exitCode, ran.text);
        assertTrue(ran.text.contains("not applicable: 1 of 1 litmus tests (1 without drain)"), ran.text);
        assertTrue(ran.text.contains("nothing to check"), ran.text);
    }

    @Test
    void shouldWantAnAllocatorForAClassPath() {
        assertEquals(2, explore("exhaustion", "--class-path", folder.toString()).exitCode);
        assertEquals(2, explore("exhaustion", "--expect", "windows").exitCode);
    }
}
