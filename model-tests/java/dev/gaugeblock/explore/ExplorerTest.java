package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExplorerTest {
    private static final String TWO_ALLOCATIONS =
            """
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    private static final String HANDLER_TAKES_THE_LOCK =
            """
            machine
              zone DMA 1
              spinlock L
            cpu 0
              lock L
              unlock L
            irq 0
              lock L
              unlock L
            """;

    @Test
    void shouldExploreBothOrdersOfARace() {
        Exploration exploration = explore(TWO_ALLOCATIONS);

        assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
        assertEquals(2, exploration.outcomes().size());
        assertTrue(exploration.checks() > 0);
    }

    @Test
    void shouldReportAConditionThatNoExecutionMeets() {
        Exploration exploration = explore(TWO_ALLOCATIONS + "sometimes p == NULL and q == NULL\n");

        assertEquals(Verdict.UNEXPECTED, exploration.verdict());
        assertEquals("no execution ends with p == NULL and q == NULL", exploration.reason());
    }

    @Test
    void shouldShowAnExecutionThatMeetsAForbiddenCondition() {
        Exploration exploration = explore(TWO_ALLOCATIONS + "never q == NULL\n");

        assertEquals(Verdict.UNEXPECTED, exploration.verdict());
        assertEquals("never: an execution ended with q == NULL", exploration.reason());
        assertEquals(
                "never", exploration.counterexample().orElseThrow().violation().id());
    }

    /**
     * Whichever the search meets first: a broken rule weighs more, so that the verdict does not depend on the
     * reduction.
     */
    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldLookOnForABrokenRuleWhereAnEndIsNotExpected(Reduction reduction) {
        String text =
                """
                litmus t
                "Two locks in two orders."
                machine
                  cpus 2
                  zone DMA 1
                  spinlock A
                  spinlock B
                cpu 0
                  p = alloc ATOMIC 0
                  lock A
                  lock B
                  unlock B
                  unlock A
                cpu 1
                  lock B
                  lock A
                  unlock A
                  unlock B
                """;
        for (String never : List.of("never p == 0\n", "never p != 0\n")) {
            try (Explorer explorer = new Explorer(reduction)) {
                Exploration exploration = explorer.explore(LitmusParser.parse("t.litmus", text + never));
                assertEquals(Verdict.VIOLATED, exploration.verdict());
                assertEquals(
                        Violation.DEADLOCK,
                        exploration.counterexample().orElseThrow().violationId());
                assertFalse(exploration.isExhausted());
            }
        }
    }

    @Test
    void shouldKnowAllOutcomesThoughAnEndIsNotExpected() {
        Exploration exploration = explore(TWO_ALLOCATIONS + "never q == NULL\n");

        assertTrue(exploration.isExhausted());
        assertEquals(2, exploration.outcomes().size());
    }

    @Test
    void shouldReportAnotherNumberOfOutcomes() {
        Exploration exploration = explore(TWO_ALLOCATIONS + "outcomes 3\n");

        assertEquals(Verdict.UNEXPECTED, exploration.verdict());
        assertEquals("there are 2 outcomes, the test states 3", exploration.reason());
        assertEquals(2, exploration.outcomeLines().size());
    }

    @Test
    void shouldNameASelfDeadlockThroughAnInterrupt() {
        Exploration exploration = explore(HANDLER_TAKES_THE_LOCK);

        assertEquals(Verdict.VIOLATED, exploration.verdict());
        assertEquals(
                "self-deadlock: the interrupt on CPU 0 spins on lock L, which the interrupted task, CPU 0," + " holds",
                exploration.reason());
    }

    @Test
    void shouldAcceptTheViolationThatAKnownBadTestStates() {
        assertEquals(
                Verdict.HOLDS,
                explore(HANDLER_TAKES_THE_LOCK + "known-bad self-deadlock\n").verdict());
    }

    /** A test that was written before a sharper rule saw the same earlier still says what it said. */
    @Test
    void shouldAcceptASharperRuleThanTheTestStates() throws IOException {
        String test = Files.readString(Path.of("model-tests/litmus/same-window-under-interrupt.litmus"));
        assertTrue(test.endsWith("known-bad atomic-one-user\n"), test);
        test = test.substring(test.indexOf("machine"));

        assertEquals(
                Verdict.HOLDS,
                explore(test.replace("atomic-one-user", "wrong-frame")).verdict());
        assertEquals(
                Verdict.VIOLATED,
                explore(test.replace("atomic-one-user", "kernel-bug")).verdict());
    }

    @Test
    void shouldReportAKnownViolationThatDoesNotOccur() {
        Exploration exploration = explore(TWO_ALLOCATIONS + "known-bad deadlock\n");

        assertEquals(Verdict.UNEXPECTED, exploration.verdict());
        assertEquals("the known violation, deadlock, does not occur", exploration.reason());
    }

    @Test
    void shouldReportTheKernelsOwnBug() {
        Exploration exploration = explore(
                """
                machine
                  zone DMA 4
                before
                  p = alloc ATOMIC 0
                cpu 0
                  free p
                  free p
                """);

        assertEquals(
                "kernel-bug: BUG in __free_pages: count_is_zero; \"free p\" of CPU 0 uses a block whose last reference was dropped by \"free p\" of CPU 0",
                exploration.reason());
    }

    @Test
    void shouldReplayACounterexampleFromItsSchedule() {
        LitmusTest test = parse(HANDLER_TAKES_THE_LOCK);
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            Counterexample first = explorer.explore(test).counterexample().orElseThrow();
            Counterexample again =
                    explorer.replay(test, Schedule.parse(first.schedule().toString()));

            assertEquals(first.violation(), again.violation());
            assertEquals(first.rows(), again.rows());
            assertEquals(first.memoryAfter(), again.memoryAfter());
        }
    }

    @Test
    void shouldRefuseAScheduleThatDoesNotFit() {
        LitmusTest test = parse(TWO_ALLOCATIONS);
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> explorer.replay(test, Schedule.parse("0,7")));

            assertEquals(
                    "schedule 0,7 does not fit litmus test t: step 2 is of program 7, but there are only programs 0..1",
                    refused.getMessage());
        }
    }

    @Test
    void shouldShowTheShortestCounterexample() {
        Counterexample shown = explore(HANDLER_TAKES_THE_LOCK).counterexample().orElseThrow();

        assertEquals("no simpler one: 1 context switch, " + shown.rows().size() + " steps", shown.size());
        assertEquals("0x2,1", shown.schedule().toString());
    }

    @Test
    void shouldSayWhatAStepDidAndWhoHasWhat() {
        Counterexample shown =
                explore(TWO_ALLOCATIONS + "never q == NULL\n").counterexample().orElseThrow();
        List<String> notes =
                shown.rows().stream().flatMap(row -> told(row).stream()).toList();

        assertTrue(notes.contains("takes block 0 from the free list of order 0 of DMA"), notes.toString());
        assertTrue(notes.contains("read DMA.free_pages: 1"), notes.toString());
        assertTrue(notes.contains("watermark test of DMA for order 0: 1 > 0 + 0: passes"), notes.toString());
        assertTrue(notes.contains("write DMA.free_pages: 1 -> 0"), notes.toString());
        assertTrue(notes.contains("references of frame 0: 0 -> 1"), notes.toString());
        assertEquals(
                "block 0 (1 frame): in use, given to cpu 0 (p = alloc ATOMIC 0), since step 4",
                shown.holdings().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "delayed-write-against-release, write flags of buffer 8+8: MAPPED|NONE|PAGE_CACHE -> MAPPED|ASYNC|NONE|DELWRI|PAGE_CACHE",
        "delayed-write-against-release, puts buffer 8+8 on the queue of delayed writes",
        "delayed-write-against-release, write hold of buffer 8+8: 2 -> 3",
        "delayed-write-against-release, write the lock of buffer 8+8: taken -> free",
        "completion-against-waiter, puts buffer 8+8 on the hash chain bt_hash[7]",
        "completion-against-waiter, puts buffer 8+8 on the device's list of what is under way",
        "completion-against-waiter, puts page 1 (frame 0) on the list of pages in the cache",
        "completion-against-waiter, pages of buffer 8+8: none -> page 1 (frame 0)",
        "completion-against-waiter, programs' references to buffer 8+8: 0 -> 1",
        "pinned-write, write pin count of buffer 8+8: 1 -> 0",
        "kswapd-refills, write DMA.nr_active: 1 -> 0",
        "kswapd-refills, write kswapd_wait of node 0: nobody -> kswapd",
        "kswapd-refills, kswapd of node 0: nothing -> was woken",
        "oom-waits-for-victim, write TIF_MEMDIE of process 20: clear -> set",
        "oom-waits-for-victim, memory of process 20: its own -> given up",
        "oom-waits-for-victim, write flags of process 20: EXITING -> EXITING|DEAD",
        "three-lock-page, write flags of frame 0: PG_locked -> none",
    })
    void shouldTellOfAllThatStepsChange(String name, String expected) throws IOException {
        LitmusTest test = LitmusParser.parse(Path.of("model-tests/litmus", name + ".litmus"));
        Set<String> told = new TreeSet<>();
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            for (Schedule schedule : explorer.explore(test).outcomes().values()) {
                explorer.replay(test, schedule).rows().forEach(row -> told.addAll(told(row)));
            }
        }
        assertTrue(told.contains(expected), () -> String.join("\n", told));
    }

    /** What a step says: its access with its value, and its notes. */
    private static List<String> told(Counterexample.Row row) {
        List<String> told = new ArrayList<>(row.notes());
        told.add(row.action() + ": " + row.value());
        return told;
    }

    @Test
    void shouldTellWhoStandsInAQueue() throws IOException {
        LitmusTest test = LitmusParser.parse(Path.of("model-tests/litmus/three-lock-page.litmus"));
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            Counterexample shown = explorer.replay(test, Schedule.parse("1x2"));

            assertEquals("nobody -> CPU 1", shown.rows().get(1).value(), shown.rows()::toString);
        }
    }

    @Test
    void shouldTellAReplayUpToWhereItDoesNotFitAnyMore() {
        LitmusTest test = parse(
                """
                machine
                  cpus 2
                  zone DMA 1
                  spinlock L
                cpu 0
                  lock L
                  unlock L
                cpu 1
                  lock L
                  unlock L
                """);
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            assertEquals("", explorer.replay(test, Schedule.parse("0,1")).misfit());
            assertEquals(
                    "the schedule ends after step 1; those that can move: cpu 1 (acquire lock L)",
                    explorer.replay(test, Schedule.parse("0")).misfit());
            assertEquals(
                    "at step 2 it is cpu 0 that moves, but it cannot: it has ended, or waits to acquire lock L; those that"
                            + " can move: cpu 1 (acquire lock L)",
                    explorer.replay(test, Schedule.parse("0,0,1")).misfit());
            assertEquals(
                    "the programs have ended after step 2; the schedule has 3 steps",
                    explorer.replay(test, Schedule.parse("0,1,1")).misfit());
            assertEquals(
                    1, explorer.replay(test, Schedule.parse("0,0,1")).rows().size());
        }
    }

    @Test
    void shouldCallARunWithoutEveryScheduleBounded() {
        try (Explorer explorer = new Explorer(Reduction.NONE, false, Budget.ofExecutions(1))) {
            Exploration exploration = explorer.explore(parse(TWO_ALLOCATIONS));

            assertEquals(Verdict.BOUNDED, exploration.verdict());
            assertEquals(
                    "the budget of 1 is spent; covered: 1 executions; not covered: 3 choices that are known to be open, the first at step 1, and whatever follows them",
                    exploration.reason());
        }
    }

    @Test
    void shouldFindTheCanary() {
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            assertEquals("", Canary.sings(explorer));
        }
    }

    @Test
    void shouldMissTheCanaryWithOneScheduleOnly() {
        try (Explorer explorer = new Explorer(Reduction.DPOR, false, Budget.ofExecutions(1))) {
            assertEquals(
                    "the canary was not found: two locks taken in two orders, and no deadlock was seen",
                    Canary.sings(explorer));
        }
    }

    @Test
    void shouldGiveTheSameAnswerEveryTime() {
        Exploration first = explore(TWO_ALLOCATIONS);
        Exploration second = explore(TWO_ALLOCATIONS);

        assertEquals(first.outcomeLines(), second.outcomeLines());
        assertEquals(first.schedules(), second.schedules());
        assertEquals(first.steps(), second.steps());
    }

    private static Exploration explore(String body) {
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            return explorer.explore(parse(body));
        }
    }

    private static LitmusTest parse(String body) {
        return LitmusParser.parse("t.litmus", "litmus t\n\"A test of the explorer.\"\n" + body);
    }
}
