package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.story.Counterexample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpfPathTest {
    /** Not well-formed, as JPF writes it: an ampersand and a tag in a string constant. */
    private static final String REPORT =
            """
            <?xml version="1.0" ?>
            <jpfreport>
              <trace>
                <transition id="0" thread="0">
                  <cg class="gov.nasa.jpf.vm.choice.ThreadChoiceFromSet" choice="1"/>
                  <insn src="dev/gaugeblock/mm/Zone.java:69">new dev.gaugeblock.machine.SpinLock@fa1</insn>
                  <insn src="dev/gaugeblock/explore/X.java:7">ldc "a < b && <c>"</insn>
                  <insn src="dev/gaugeblock/explore/P.java:1">invokevirtual $P.arriveOwned(L;)Z</insn>
                  <insn src="dev/gaugeblock/mm/Zone.java:70">aload_0</insn>
                  <insn src="dev/gaugeblock/explore/P.java:2">ireturn $P.arriveOwned(L;)Z</insn>
                  <insn src="dev/gaugeblock/explore/P.java:3">invokevirtual $P.stepOwned(L;)V</insn>
                  <insn src="dev/gaugeblock/mm/BuddyLists.java:44">aload_0</insn>
                  <insn src="dev/gaugeblock/mm/BuddyLists.java:45">aload_0</insn>
                  <insn src="dev/gaugeblock/mm/BuddyLists.java:46">aload_0</insn>
                  <insn src="dev/gaugeblock/mm/BuddyLists.java:45">aload_0</insn>
                  <insn src="java/lang/Boolean.java:68">iconst_1</insn>
                  <insn src="dev/gaugeblock/mm/BuddyLists.java:60">aload_0</insn>
                  <insn src="dev/gaugeblock/highmem/Kmap.java:12">aload_0</insn>
                  <insn src="dev/gaugeblock/explore/P.java:4">invokevirtual $P.passOwned(L;)V</insn>
                  <insn src="dev/gaugeblock/mm/Zone.java:80">getfield dev.gaugeblock.mm.Zone.lock</insn>
                </transition>
                <transition id="1" thread="1">
                  <insn src="dev/gaugeblock/explore/P.java:3">invokevirtual $P.stepOwned(L;)V</insn>
                  <insn src="dev/gaugeblock/mm/Node.java:5">aload_0</insn>
                </transition>
                <transition id="2" thread="0">
                  <insn src="dev/gaugeblock/mm/Zone.java:81">getfield dev.gaugeblock.mm.Zone.lock</insn>
                  <insn src="dev/gaugeblock/explore/P.java:4">return $P.passOwned(L;)V</insn>
                  <insn src="dev/gaugeblock/mm/Zone.java:90">aload_0</insn>
                </transition>
                <transition id="3" thread="1">
                  <insn src="dev/gaugeblock/mm/Node.java:6">getfield dev.gaugeblock.mm.Node.zones</insn>
                  <insn src="dev/gaugeblock/mm/Node.java:7">getfield dev.gaugeblock.mm.Node.zones</insn>
                </transition>
                <transition id="4" thread="0">
                  <insn src="dev/gaugeblock/mm/Zone.java:91">iastore</insn>
                </transition>
                <transition id="5" thread="1">
                  <insn src="dev/gaugeblock/mm/Node.java:8">invokevirtual dev.gaugeblock.mm.Node.zone(I)L;</insn>
                </transition>
              </trace>
              <output>
            [WARNING] no part of it
            @note before the first step, so nobody's
            @begins 0 p = alloc ATOMIC 0
            @memory DMA free 2
            @step 0 acquire zone DMA
            @note releases zone DMA
            @begins 1 drain
            @memory DMA free 1
            @step 1 read free pages
            @note p = alloc ATOMIC 0 gives 3
            @ended 0
              </output>
            </jpfreport>
            """
                    .replace("$P", "dev.gaugeblock.explore.harness.pathfinder.PathfinderScheduler");

    @TempDir
    private Path folder;

    @Test
    void shouldTellTheStepsAndWhatHappenedInThem() throws IOException {
        assertEquals(
                List.of(
                        new Counterexample.Row(
                                0,
                                "p = alloc ATOMIC 0",
                                "acquire zone DMA",
                                "",
                                "",
                                "",
                                List.of("releases zone DMA"),
                                true),
                        new Counterexample.Row(
                                1,
                                "drain",
                                "read free pages",
                                "",
                                "",
                                "",
                                List.of("p = alloc ATOMIC 0 gives 3"),
                                true)),
                read(REPORT).rows());
    }

    @Test
    void shouldTellTheMemoryAroundTheLastStep() throws IOException {
        assertEquals("DMA free 2", read(REPORT).memoryBefore());
        assertEquals("DMA free 1", read(REPORT).memoryAfter());
    }

    @Test
    void shouldGiveEachStepItsLinesButNotTheEngines() throws IOException {
        assertEquals(
                List.of("BuddyLists.java:44-46, 60", "Kmap.java:12", "Zone.java:90-91"),
                read(REPORT).linesOf(0));
        assertEquals(List.of("Node.java:5-8"), read(REPORT).linesOf(1));
        assertEquals(List.of(), read(REPORT).linesOf(2));
    }

    @Test
    void shouldNameAccessesAtWhichTasksWereSwitched() throws IOException {
        assertEquals(Set.of("Node.java:6", "Zone.java:91"), read(REPORT).unguarded());
    }

    @Test
    void shouldTellOperationsInsideOthers() throws IOException {
        String inside =
                """
                <output>
                @begins 0 p = alloc KERNEL 0
                @begins 0 drain
                @ended 0
                @step 0 acquire zone DMA
                @ended 0
                @step 0 go on
                </output>
                """
                        + "<insn src=\"a\">invokevirtual PathfinderScheduler.stepOwned(L;)V</insn>\n".repeat(2);

        List<Counterexample.Row> rows = read(inside).rows();

        assertEquals("p = alloc KERNEL 0", rows.get(0).operation());
        assertEquals("", rows.get(1).operation());
    }

    @Test
    void shouldRefuseATraceOfOtherStepsThanTheOutputTells() {
        assertRefused("its output tells 1 steps, and its trace has 2", REPORT.replace("@step 1 read free pages\n", ""));
        assertRefused("its output tells 2 steps, and its trace has 0", REPORT.replace("stepOwned", "leapOwned"));
        assertRefused("its output tells 0 steps, and its trace has 2", REPORT.replace("<output>", "<said>"));
    }

    @Test
    void shouldRefuseAThreadThatThereCannotBe() {
        assertRefused(
                "its trace names thread 64, where there are at most 64",
                REPORT.replace("thread=\"1\"", "thread=\"64\""));
        assertRefused(
                "its trace names thread 99999999999, where there are at most 64",
                REPORT.replace("thread=\"1\"", "thread=\"99999999999\""));
    }

    @Test
    void shouldRefuseALineThatCannotBeRead() {
        for (String line : List.of("@step 2 go", "@step 1", "@step x go", "@begins 0", "@ended 1\n@ended 1")) {
            assertRefused(
                    "its output has a line that cannot be read: "
                            + line.lines().findFirst().orElseThrow(),
                    REPORT.replace("@step 1 read free pages", line));
        }
    }

    private void assertRefused(String message, String report) {
        assertEquals(
                message, assertThrows(IOException.class, () -> read(report)).getMessage());
    }

    private JpfPath read(String report) throws IOException {
        return JpfPath.read(Files.writeString(folder.resolve("report.xml"), report), 2);
    }
}
