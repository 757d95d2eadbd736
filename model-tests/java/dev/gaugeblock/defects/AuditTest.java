package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.RandomProgram;
import dev.gaugeblock.explore.audit.AllFindings;
import dev.gaugeblock.explore.audit.AuditOfText;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.audit.LeavingOut;
import dev.gaugeblock.explore.audit.LeftOut;
import dev.gaugeblock.explore.audit.PairTable;
import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped suite under the audit, and the audit on seeded defects: each of its rules names one that no other rule
 * names.
 */
class AuditTest {
    private static final String ROOT = "src/main/java/dev/gaugeblock/";

    /** The code that no program of a litmus test runs; {@code docs/audit.md} says why. */
    private static final List<String> NO_PROGRAM = List.of(
            "mm.ForeignLists",
            "reclaim.LruLists.add",
            "pagebuf.BufferMacros",
            "pagebuf.BufferPages.allocate",
            "pagebuf.BufferTarget.releaseUncached",
            "pagebuf.CompletionWork.runAll");

    private static final LeavingOut LEAVING_OUT = leavingOut();
    private static final Function<List<String>, List<String>> MARKED =
            inside(new AuditedProgram(LEAVING_OUT.classes(), LeftOut.class.getName()::equals));

    private static final Map<String, List<String>> SUITE = new HashMap<>();

    private static LeavingOut leavingOut() {
        try {
            return new LeavingOut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Function<List<String>, List<String>> inside(ClassLoader program) {
        try {
            return (Function<List<String>, List<String>>) program.loadClass(AllFindings.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> findings(Map<String, byte[]> replaced, String... arguments) {
        return inside(new AuditedProgram(replaced)).apply(List.of(arguments));
    }

    /** The classes of one source with a part of it replaced. */
    private static Map<String, byte[]> seeded(String file, String sound, String wrong)
            throws IOException, SourceCompiler.CompilationException {
        String text = Files.readString(Path.of(ROOT + file));
        assertEquals(2, text.split(java.util.regex.Pattern.quote(sound), -1).length, "once in " + file + ": " + sound);
        return SourceCompiler.compile(Map.of(ROOT + file, text.replace(sound, wrong)), List.of());
    }

    private static List<String> rules(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\t"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .sorted()
                .toList();
    }

    /** What is wrong in a bug of the reference itself: a frame's links change under a lock that does not guard them. */
    private static boolean isTheBug(String finding) {
        return finding.matches("unannounced-access (ListLink|PageFrame)\\.[^\t]*\tbuddy-test-in-steps\t.*");
    }

    private static String litmus(String name) {
        return "model-tests/litmus/" + name + ".litmus";
    }

    /** The whole suite by a reduction, in a program in which announcements can be left out. */
    private static List<String> suite(String reduction) {
        return SUITE.computeIfAbsent(reduction, by -> MARKED.apply(List.of(by)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPOR", "DPOR_CACHE"})
    void shouldFindNothingInTheShippedSuite(String reduction) throws IOException {
        List<String> lines = suite(reduction);
        List<String> findings =
                lines.stream().filter(line -> line.contains("\t")).toList();
        assertEquals(
                List.of(), findings.stream().filter(line -> !isTheBug(line)).toList());
        assertTrue(findings.stream().anyMatch(AuditTest::isTheBug), "the links of a CPU's list: " + lines);
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.startsWith("FAILED")).toList());
        List<String> tests =
                lines.stream().filter(line -> line.startsWith("test ")).toList();
        assertTrue(tests.stream().allMatch(line -> line.contains(" HOLDS ")), lines.toString());
        assertTrue(tests.size() >= 61, lines.toString());
        assertTrue(lines.contains("again gaugeblock explore zone-edge --audit --replay "), lines.toString());
        String documented = Files.readString(Path.of("docs/audit.md"));
        List<String> exemptions =
                lines.stream().filter(line -> line.contains("needed |")).toList();
        assertEquals(6, exemptions.size(), lines.toString());
        for (String exemption : exemptions) {
            String row = exemption.substring(exemption.indexOf('|'));
            assertTrue(documented.contains(row + "\n"), "not in docs/audit.md: " + row);
            assertTrue(
                    exemption.startsWith("needed") || reduction.equals("DPOR") && row.contains("unhashed-state"),
                    exemption + " by " + reduction);
        }
    }

    /** Up to so many executions of what is too large for the shipped suite. */
    private static List<String> large() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("DPOR/200"));
        try (Stream<Path> files = Files.list(Path.of("model-tests/large"))) {
            files.map(Path::toString).sorted().forEach(arguments::add);
        }
        List<String> lines = MARKED.apply(arguments);
        assertEquals(
                List.of(), lines.stream().filter(line -> line.contains("\t")).toList());
        for (String line : lines) {
            assertTrue(!line.startsWith("test ") || line.contains(" HOLDS ") || line.contains(" BOUNDED "), line);
        }
        return lines;
    }

    @Test
    void shouldLetOperationsThatShareAnObjectMeetInBothOrders() throws IOException {
        List<String> lines = new ArrayList<>(suite("DPOR"));
        lines.addAll(large());
        PairTable pairs = new PairTable(lines);
        String table = pairs.text();
        Path page = Path.of("docs/pairs.md");
        String documented = Files.readString(page);
        int begin = documented.indexOf("## The table\n") + "## The table\n".length();
        if (Boolean.getBoolean("gaugeblock.write")) {
            Files.writeString(page, documented.substring(0, begin) + table);
        }

        assertEquals(Set.of(), pairs.missing(), "pairs of operations with neither a test nor a reason");
        assertEquals(Set.of(), pairs.idleReasons(), "pairs that have a test, and need no reason");
        assertEquals(documented.substring(begin), table, "write it again: -Dgaugeblock.write=true");
    }

    /** A test that is gone leaves pairs behind, by name. */
    @Test
    void shouldNamePairsWithoutATest() {
        List<String> fewer = suite("DPOR").stream()
                .filter(line -> !line.startsWith("met locked-while-mapped "))
                .toList();
        PairTable pairs = new PairTable(fewer);
        pairs.text();

        assertTrue(
                pairs.missing().contains("lock-page before kmap"),
                pairs.missing().toString());
        assertTrue(
                pairs.missing().contains("kunmap before wait-page"),
                pairs.missing().toString());
        assertTrue(
                pairs.missing().contains("kswapd before direct-reclaim"),
                pairs.missing().toString());
    }

    /** The places that a line "reached TEST {1, 2}" has. */
    private static Set<Integer> places(String line) {
        Set<Integer> places = new TreeSet<>();
        Matcher number = Pattern.compile("\\d+").matcher(line.substring(line.indexOf('{')));
        while (number.find()) {
            places.add(Integer.valueOf(number.group()));
        }
        return places;
    }

    /** For each place that announces an access, the shipped tests that come there, those of the fewest steps first. */
    private static Map<Integer, List<String>> testsByPlace() {
        Map<String, Long> steps = new HashMap<>();
        for (String line : suite("DPOR")) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("test")) {
                steps.put(words[1], Long.valueOf(words[5]));
            }
        }
        Map<Integer, List<String>> tests = new TreeMap<>();
        for (String line : suite("DPOR")) {
            if (line.startsWith("reached ")) {
                String test = line.split(" ", -1)[1];
                places(line).forEach(place -> tests.computeIfAbsent(place, none -> new ArrayList<>())
                        .add(test));
            }
        }
        tests.values().forEach(of -> of.sort(Comparator.comparing(steps::get)));
        return tests;
    }

    private static boolean isNamed(int place, String how, String test) {
        LeftOut.leaveOut(place);
        try {
            return MARKED.apply(List.of(how, litmus(test))).stream().anyMatch(line -> line.contains("\t"));
        } finally {
            LeftOut.leaveOut(-1);
        }
    }

    /** The beginnings of the tests that come to a place, the smallest first, and only then all of them. */
    @Test
    void shouldNameEachAnnouncementThatIsLeftOut() throws IOException {
        Map<Integer, List<String>> tests = testsByPlace();
        List<String> silent = new ArrayList<>();
        List<String> unreached = new ArrayList<>();
        for (int place = 0; place < LEAVING_OUT.places().size(); place++) {
            int leftOut = place;
            List<String> reaching = tests.getOrDefault(place, List.of());
            boolean named = Stream.of("DPOR/60", "DPOR")
                    .anyMatch(how -> reaching.stream().anyMatch(test -> isNamed(leftOut, how, test)));
            if (!named) {
                (reaching.isEmpty() ? unreached : silent)
                        .add(LEAVING_OUT.places().get(place));
            }
        }
        assertEquals(List.of(), silent, "left out, and the audit is silent");
        String documented = Files.readString(Path.of("docs/audit.md"));
        for (String place : unreached) {
            boolean excused = NO_PROGRAM.stream().anyMatch(place::startsWith);
            assertTrue(excused, "announced where no shipped test comes: " + place);
        }
        for (String excused : NO_PROGRAM) {
            assertTrue(unreached.stream().anyMatch(place -> place.startsWith(excused)), "needs no excuse: " + excused);
            assertTrue(documented.contains("\n| `" + excused + "` | "), "docs/audit.md does not say why: " + excused);
        }
        assertTrue(LEAVING_OUT.places().size() > 100, "so many places: " + LEAVING_OUT.places());
    }

    @Test
    void shouldNameAnAccessThatNothingAnnounces() throws Exception {
        Map<String, byte[]> unguarded = seeded(
                "mm/PageAllocator.java",
                "    public void free(PageFrame block, int order, Task task) {\n",
                "    private int frees;\n\n    public void free(PageFrame block, int order, Task task) {\n        frees++;\n");
        List<String> lines = findings(unguarded, "DPOR", litmus("two-cpus-alloc-free"));
        assertEquals(List.of("unannounced-access"), rules(lines), lines.toString());
        assertTrue(lines.toString().contains("PageAllocator.frees"), lines.toString());
    }

    @Test
    void shouldNameAWordThatIsReadWithoutBeingAnnounced() throws Exception {
        Map<String, byte[]> unannounced = seeded(
                "mm/PageAllocator.java",
                "return compound.counted(frame, task).count.get(task) + 1;",
                "return compound.counted(frame, task).count.peek() + 1;");
        List<String> lines = findings(unannounced, "DPOR", litmus("shared-reference"));
        assertEquals(List.of("word-misused"), rules(lines), lines.toString());
        assertTrue(lines.toString().contains("AtomicWord.peek"), lines.toString());
    }

    /** No reduction shows a difference: who uses a frame while its last reference is dropped breaks a rule anyway. */
    @Test
    void shouldNameInARandomProgramWhatPageChecksReadUnannounced() throws Exception {
        String head =
                "    void checkFree(String function, PageFrame frame, int references, Task task) {\n        long flags = ";
        Map<String, byte[]> unannounced =
                seeded("mm/PageChecks.java", head + "frame.flagsInHand(task);", head + "frame.flags();");
        BiFunction<String, Long, String> audit = AuditOfText.inside(new AuditedProgram(unannounced));
        String named = "";
        int programs = 0;
        while (named.isEmpty() && programs < 500) {
            named = audit.apply(RandomProgram.text(programs++), 100L);
        }
        assertTrue(
                named.startsWith("the audit names, by dpor, word-misused machine.AtomicWord.peek"),
                programs + " programs: " + named);
    }

    @Test
    void shouldNameAGhostThatAProgramGoesBy() throws Exception {
        Map<String, byte[]> haunted = seeded(
                "highmem/Kmap.java",
                "boolean wake = last && waiting.isActive(task);",
                "boolean wake = last && wakeUpsDue < 9 && waiting.isActive(task);");
        List<String> lines = findings(haunted, "DPOR", litmus("kunmap-wakes-the-waiter"));
        assertTrue(rules(lines).contains("ghost-read"), lines.toString());
        assertTrue(lines.toString().contains("reads Kmap.wakeUpsDue"), lines.toString());
        assertEquals(List.of("ghost-read"), rules(lines), lines.toString());
    }

    /** Each program counts its frees, but for one moment in which it holds the count in its hands. */
    @Test
    void shouldNameWhatAHandlerCouldStrikeInBetween() throws Exception {
        Map<String, byte[]> open = seeded(
                "mm/VmEvents.java",
                "        boolean was = cpu.interrupts.save(task);\n        counts.addFreedLocked(frames);\n"
                        + "        cpu.interrupts.restore(was, task);\n",
                "        counts.freed += frames;\n");
        String handlerFrees = litmus("handler-frees-too");
        List<String> lines = findings(open, "DPOR", handlerFrees);
        assertEquals(List.of("strikable-in-between"), rules(lines), lines.toString());
        assertTrue(lines.toString().contains("reads VmEvents.Counts.freed"), lines.toString());
        assertTrue(lines.get(0).contains(" HOLDS "), lines.toString()); // Nothing else notices.
        for (String reduction : List.of("DPOR", "DPOR_CACHE")) {
            assertEquals(List.of(), rules(findings(Map.of(), reduction, handlerFrees)), reduction);
        }
    }

    @Test
    void shouldNameWhatTheKeyOfAStateLeavesOut() throws Exception {
        Map<String, byte[]> leftOut = seeded("mm/PerCpuPages.java", "        out.put(count);\n", "");
        List<String> lines = findings(leftOut, "DPOR_CACHE", litmus("handler-takes-a-hot-frame"));
        assertEquals(List.of("unhashed-state"), rules(lines), lines.toString());
        assertTrue(lines.toString().contains("reads PerCpuPages.count"), lines.toString());
        assertTrue(lines.get(0).contains(" HOLDS "), lines.toString());
    }

    @Test
    void shouldSayWhatItCannotInstrument() throws Exception {
        Map<String, byte[]> foreign = seeded(
                "mm/PageList.java",
                "public final class PageList extends ListLink implements Stateful {",
                "public final class PageList extends ListLink implements Stateful {\n"
                        + "    private static final java.util.Map<String, String> NAMES = new java.util.HashMap<>();\n");
        List<String> lines = findings(foreign, "DPOR", litmus("two-cpus-alloc-free"));
        List<String> failed =
                lines.stream().filter(line -> line.startsWith("FAILED")).toList();
        assertEquals(1, failed.size(), lines.toString());
        assertTrue(
                failed.get(0)
                        .matches("FAILED dev.gaugeblock.mm.PageList: line \\d+: nobody says what java.util.HashMap.*"),
                failed.toString());
    }
}
