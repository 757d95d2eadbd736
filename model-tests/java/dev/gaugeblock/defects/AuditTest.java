package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.audit.AllFindings;
import dev.gaugeblock.explore.audit.AuditedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The shipped suite under the audit, and the audit on seeded defects: each of its rules names one that no other rule
 * names.
 */
class AuditTest {
    private static final String ROOT = "src/main/java/dev/gaugeblock/";

    @SuppressWarnings("unchecked")
    private static List<String> findings(Map<String, byte[]> replaced, String... arguments)
            throws ReflectiveOperationException {
        ClassLoader program = new AuditedProgram(replaced, Set.of());
        Function<List<String>, List<String>> inside = (Function<List<String>, List<String>>)
                program.loadClass(AllFindings.class.getName()).getConstructor().newInstance();
        return inside.apply(List.of(arguments));
    }

    /** The classes of one source with a part of it replaced. */
    private static Map<String, byte[]> seeded(String file, String sound, String wrong)
            throws IOException, DefectException {
        String text = Files.readString(Path.of(ROOT + file));
        assertEquals(2, text.split(java.util.regex.Pattern.quote(sound), -1).length, "once in " + file + ": " + sound);
        return SourceCompiler.compile(file, Map.of(ROOT + file, text.replace(sound, wrong)));
    }

    private static List<String> rules(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\t"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .sorted()
                .toList();
    }

    private static String litmus(String name) {
        return "model-tests/litmus/" + name + ".litmus";
    }

    @Test
    void shouldFindNothingInTheShippedSuite() throws Exception {
        for (String reduction : List.of("DPOR", "DPOR_CACHE")) {
            List<String> lines = findings(Map.of(), reduction);
            assertEquals(
                    List.of(),
                    lines.stream().filter(line -> line.contains("\t")).toList(),
                    reduction);
            assertEquals(
                    List.of(),
                    lines.stream().filter(line -> line.startsWith("FAILED")).toList());
            long held = lines.stream()
                    .filter(line -> line.startsWith("test ") && line.contains(" HOLDS "))
                    .count();
            assertEquals(lines.stream().filter(line -> line.startsWith("test ")).count(), held);
            assertTrue(held >= 61, lines.toString());
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
        String handlerFrees = "src/test/resources/audit/handler-frees-too.litmus";
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
