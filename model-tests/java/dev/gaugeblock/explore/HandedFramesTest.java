package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.story.Counterexample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Variables of one program that another uses: who waits, what a wait without an end is, and that reductions agree. */
class HandedFramesTest {
    private static final int PROGRAMS = Boolean.getBoolean("gaugeblock.deep") ? 400 : 16;
    private static final long ENOUGH = 400;

    private static final String MACHINE =
            """
            litmus handed
            "Frames are handed on."
            machine
              cpus 3
              zone HighMem 4
              spinlock A
            """;

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldWaitUntilTheVariableIsAssigned(Reduction reduction) {
        Exploration exploration = explore(
                """
                cpu 1
                  free p                # stands above its assignment
                cpu 0
                  p = alloc HIGHUSER 0
                sometimes cpu 1 sleeps
                sometimes not cpu 1 sleeps
                never p == NULL or free HighMem != 4
                """,
                reduction);

        assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
    }

    @ParameterizedTest
    @EnumSource(value = Reduction.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldHandNullOn(Reduction reduction) {
        Exploration exploration = explore(
                """
                cpu 0
                  p = alloc ATOMIC|HIGHMEM 10
                cpu 1
                  free p
                irq 1
                  q = alloc ATOMIC|HIGHMEM 10
                cpu 2
                  free q
                never p != NULL or q != NULL
                """,
                reduction);

        assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldCallAWaitWithoutEndADeadlock(Reduction reduction) {
        String circle =
                """
                cpu 0
                  free q
                  p = alloc HIGHUSER 0
                cpu 1
                  free p
                  q = alloc HIGHUSER 0
                """;
        Exploration exploration = explore(circle, reduction);

        assertEquals(
                "deadlock: CPU 0 waits for q to be assigned by cpu 1; CPU 1 waits for p to be assigned by cpu 0",
                exploration.reason());
        Counterexample shown = exploration.counterexample().orElseThrow();
        try (Explorer explorer = new Explorer(reduction)) {
            assertEquals(
                    shown.violation(),
                    explorer.replay(test(circle), shown.schedule()).violation());
        }
    }

    @Test
    void shouldCallAWaitUnderALockASleep() {
        Exploration exploration = explore(
                """
                cpu 0
                  p = alloc HIGHUSER 0
                cpu 1
                  lock A
                  free p
                  unlock A
                """,
                Reduction.DPOR);

        assertEquals(
                "sleep-in-atomic", exploration.counterexample().orElseThrow().violationId());
    }

    @Test
    void shouldNoticeThatTheOtherUsesWhatItHasFreed() {
        Exploration exploration = explore(
                """
                cpu 0
                  p = alloc HIGHUSER 0
                  free p
                cpu 1
                  lock-page p
                  unlock-page p
                """,
                Reduction.DPOR_CACHE);

        assertEquals(Verdict.VIOLATED, exploration.verdict(), exploration.reason());
    }

    @Test
    void shouldFindTheSameWhateverTheReduction() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int number = 0; number < PROGRAMS; number++) {
            String text = MACHINE + programs(new Random(number));
            ReductionComparison comparison = new ReductionComparison(text, ENOUGH);
            assertEquals("", comparison.difference(), text);
            counts.merge(comparison.verdict(Reduction.DPOR), 1, Integer::sum);
        }

        assertTrue(counts.getOrDefault(Verdict.HOLDS, 0) >= PROGRAMS / 8, "hardly any holds: " + counts);
        assertTrue(counts.getOrDefault(Verdict.VIOLATED, 0) >= PROGRAMS / 8, "hardly any is wrong: " + counts);
    }

    /** Each variable is assigned by one program, and used by one that chance names, perhaps before. */
    private static String programs(Random random) {
        List<List<String>> sections = new ArrayList<>();
        for (int cpu = 0; cpu < 3; cpu++) {
            sections.add(new ArrayList<>(List.of("cpu " + cpu)));
        }
        int variables = 1 + random.nextInt(2);
        for (int variable = 0; variable < variables; variable++) {
            List<String> assigns = sections.get(random.nextInt(2));
            int order = random.nextInt(3) == 0 ? 10 : 0;
            assigns.add("v" + variable + " = alloc ATOMIC|HIGHMEM " + order);
            List<String> uses = sections.get(random.nextInt(3));
            String use = random.nextInt(3) == 0 ? "lock-page v%; unlock-page v%; free v%" : "free v%";
            int at = assigns == uses ? uses.size() : 1 + random.nextInt(uses.size());
            uses.add(at, use.replace("%", Integer.toString(variable)).replace("; ", "\n"));
            if (random.nextInt(3) == 0) {
                sections.get(2).add("wait-page v" + variable); // perhaps after it was freed
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> section : sections) {
            text.append(section.size() == 1 ? "" : String.join("\n", section) + "\n");
        }
        return text.toString();
    }

    private static Exploration explore(String programs, Reduction reduction) {
        try (Explorer explorer = new Explorer(reduction)) {
            return explorer.explore(test(programs));
        }
    }

    private static LitmusTest test(String programs) {
        return LitmusParser.parse("handed", MACHINE + programs);
    }
}
