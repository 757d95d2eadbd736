package dev.gaugeblock.explore.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.subject.SubjectException;
import dev.gaugeblock.explore.subject.SubjectMaker;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class StressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What is looked for with so many repetitions is met in one of them in ten or fewer. */
    private static final int MANY = 500;
    /** In so many it has been met, as a rule. */
    private static final int PORTION = 20;

    private static final String RACE =
            """
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    private static final String ONE_OF_THE_TWO =
            """
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
              free p
            """;

    /** The reason for all this: the two engines know the same machine. */
    @Test
    void shouldMeetOnlyOutcomesOfTheShippedTestsThatTheExplorerKnows() throws IOException {
        int compared = 0;
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            for (LitmusTest test : LitmusSuite.shipped().tests()) {
                StressSample sample = new Stress(Boolean.getBoolean("gaugeblock.deep") ? 5_000 : 10, 1).run(test);
                assertEquals(StressVerdict.SAMPLED, sample.verdict(), test.name() + ": " + sample);
                Exploration exploration = explorer.explore(test);
                assertEquals(test.knownBad().isEmpty(), exploration.isExhausted(), test.name());
                if (test.knownBad().isEmpty()) {
                    assertEquals(List.of(), sample.unknownTo(exploration), test.name());
                    compared++;
                }
            }
        }
        assertTrue(compared > 20, compared + " tests were compared");
    }

    /** But for an {@code always}, which is judged where a repetition has ended: by then it is true again. */
    @Test
    void shouldMeetTheKnownViolationsOfTheShippedTests() throws IOException {
        List<LitmusTest> knownBad = LitmusSuite.shipped().tests().stream()
                .filter(test -> test.knownBad().isPresent())
                .filter(test -> !test.knownBad().get().equals("always-broken"))
                .toList();
        assertTrue(knownBad.size() >= 5, knownBad.toString());
        for (LitmusTest test : knownBad) {
            assertTrue(meetsKnownViolation(test), test.name() + ": " + test.knownBad() + " was not met");
        }
    }

    /** In {@link #MANY} repetitions, in portions of which each has a seed of its own. */
    private static boolean meetsKnownViolation(LitmusTest test) {
        boolean met = false;
        for (int seed = 1; seed <= MANY / PORTION && !met; seed++) {
            StressSample sample = new Stress(PORTION, seed).run(test);
            assertEquals(StressVerdict.SAMPLED, sample.verdict(), sample.reason());
            assertEquals(PORTION, sample.repetitions());
            met = sample.knownViolations() > 0;
        }
        return met;
    }

    @Test
    void shouldMeetBothOutcomesOfARaceAndCountThem() {
        StressSample sample = new Stress(MANY, 1).run(parse(RACE + "sometimes p == NULL\nsometimes q == NULL\n"));

        assertEquals(StressVerdict.SAMPLED, sample.verdict(), sample.reason());
        assertEquals(2, sample.outcomes().size());
        assertEquals(
                MANY,
                sample.outcomes().values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(List.of(), sample.unmet());
        assertTrue(sample.checks() > MANY, "checks: " + sample.checks());
    }

    @Test
    void shouldListConditionsThatWereNotMetWithoutCallingThemWrong() {
        StressSample sample = new Stress(10, 1).run(parse(RACE + "sometimes p == NULL and q == NULL\n"));

        assertEquals(StressVerdict.SAMPLED, sample.verdict());
        assertEquals("p == NULL and q == NULL", sample.unmet().get(0).text());
    }

    @Test
    void shouldNotCallAKnownViolationThatWasNotMetWrong() {
        StressSample sample = new Stress(10, 1).run(parse(RACE + "known-bad deadlock\n"));

        assertEquals(StressVerdict.SAMPLED, sample.verdict());
        assertEquals(0, sample.knownViolations());
    }

    @Test
    void shouldReportAForbiddenConditionAndWhere() {
        StressSample sample = new Stress(MANY, 7).run(parse(RACE + "never q == NULL\n"));

        assertEquals(StressVerdict.UNEXPECTED, sample.verdict());
        assertEquals("never: a repetition ended with q == NULL", sample.reason());
        assertEquals(
                List.of(
                        "met in repetition " + sample.repetitions() + " with seed 7",
                        "cpu 0: between operations, or done",
                        "cpu 1: between operations, or done",
                        "memory: DMA free 0"),
                sample.circumstances());
    }

    @Test
    void shouldReportMoreOutcomesThanTheTestStates() {
        StressSample sample = new Stress(MANY, 1).run(parse(RACE + "outcomes 1\n"));

        assertEquals(StressVerdict.UNEXPECTED, sample.verdict());
        assertEquals("2 outcomes were met, the test states 1", sample.reason());
    }

    @Test
    void shouldReportTheKernelsOwnBug() {
        StressSample sample = new Stress(1, 1)
                .run(
                        parse(
                                """
                                machine
                                  zone DMA 4
                                before
                                  p = alloc ATOMIC 0
                                cpu 0
                                  free p
                                  free p
                                """));

        assertEquals(
                "kernel-bug: BUG in __free_pages: count_is_zero; \"free p\" of CPU 0 uses a block whose last reference was dropped by \"free p\" of CPU 0",
                sample.reason());
        assertTrue(sample.circumstances().contains("cpu 0: in free p"), sample.toString());
    }

    @Test
    void shouldReportABootThatGoesWrong() {
        StressSample sample = new Stress(1, 1)
                .run(
                        parse(
                                """
                                machine
                                  zone DMA 1
                                before
                                  p = alloc ATOMIC 0
                                  q = alloc KERNEL 0
                                cpu 0
                                  free p
                                """));

        assertEquals(StressVerdict.VIOLATED, sample.verdict());
        assertEquals("needs-reclaim", sample.violation().orElseThrow().id());
    }

    @Test
    void shouldFindLocksThatDoNothing() {
        Stress stress = new Stress(MANY, 1, NoLocks::new, PATIENCE);

        StressSample sample = stress.run(
                parse(
                        """
                        machine
                          cpus 2
                          zone DMA 8
                        cpu 0
                          p = alloc ATOMIC 1
                          free p
                        cpu 1
                          q = alloc ATOMIC 1
                          free q
                        """));

        assertEquals(StressVerdict.VIOLATED, sample.verdict());
        assertTrue(
                List.of("lock-misuse", "lock-not-held")
                        .contains(sample.violation().orElseThrow().id()),
                sample.reason());
    }

    @Test
    void shouldNotSingTheCanaryWithLocksThatDoNothing() {
        String missed = new Stress(1, 1, NoLocks::new, PATIENCE).canary();

        assertTrue(missed.startsWith("the canary was not found: two locks taken in two orders"), missed);
    }

    @Test
    void shouldSingTheCanary() {
        assertEquals("", new Stress(1, 1).canary());
    }

    @Test
    void shouldCallARunWithoutAWholeRepetitionBroken() {
        StressSample sample = new Stress(10, 1, Stuck::new, Duration.ofMillis(200)).run(parse(RACE));

        assertEquals(StressVerdict.BROKEN, sample.verdict());
        assertEquals(0, sample.repetitions());
        assertEquals("repetition 1 did not end within 0.2 s, and is no deadlock", sample.reason());
    }

    /** In an operation, and at boot. */
    @Test
    void shouldSayNothingOfAnAllocatorThatNeverEnds() throws SubjectException {
        for (Class<?> type : List.of(EndlessAllocation.class, EndlessBoot.class)) {
            LitmusTest test = parse(RACE).on(new SubjectMaker(type, List.of()));
            StressSample sample = new Stress(10, 1, ThreadsScheduler::new, Duration.ofMillis(500)).run(test);
            assertEquals(StressVerdict.BOUNDED, sample.verdict(), sample.reason());
            assertTrue(sample.reason().contains("repetition 1 did not end within 0.5 s"), sample.reason());
            assertTrue(sample.reason().contains(" was in "), sample.reason());
        }
    }

    /** Goes round in circles until somebody interrupts it. */
    public static class EndlessAllocation implements Subject {
        @Override
        public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {}

        @Override
        public int alloc(int gfp, int order, Task task) {
            goesOn();
            return NONE;
        }

        static void goesOn() {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void free(int first, int order, Task task) {}
    }

    /** Does so before anybody has asked it for anything. */
    public static final class EndlessBoot extends EndlessAllocation {
        @Override
        public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {
            goesOn();
        }
    }

    @Test
    void shouldFindAnOutcomeThatTheExplorerDoesNotKnow() {
        StressSample sample = new Stress(MANY, 1).run(parse(RACE));

        List<String> unknown = sample.unknownTo(explored(ONE_OF_THE_TWO, Reduction.DPOR));

        assertEquals(2, unknown.size(), unknown.toString());
        assertEquals(List.of(), sample.unknownTo(explored(RACE, Reduction.NONE)));
    }

    @Test
    void shouldRefuseToCompareWithAnExplorationThatDidNotComeToItsEnd() {
        StressSample sample = new Stress(1, 1).run(parse(RACE));
        Exploration stopped;
        try (Explorer explorer = new Explorer(Reduction.DPOR, Budget.parse("1"))) {
            stopped = explorer.explore(parse(RACE));
        }

        assertEquals(
                "the exploration of t did not come to its end, so it cannot say which outcomes there are",
                assertThrows(IllegalArgumentException.class, () -> sample.unknownTo(stopped))
                        .getMessage());
    }

    @Test
    void shouldRefuseToCompareWithAnotherTest() throws IOException {
        StressSample sample = new Stress(1, 1).run(LitmusSuite.shipped().tests().get(0));

        assertThrows(IllegalArgumentException.class, () -> sample.unknownTo(explored(RACE, Reduction.DPOR)));
    }

    @Test
    void shouldRefuseToRepeatNothing() {
        assertEquals(
                "0 repetitions: there must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Stress(0, 1))
                        .getMessage());
    }

    private static Exploration explored(String body, Reduction reduction) {
        try (Explorer explorer = new Explorer(reduction)) {
            return explorer.explore(parse(body));
        }
    }

    private static LitmusTest parse(String body) {
        return LitmusParser.parse("t.litmus", "litmus t\n\"A test of the stress engine.\"\n" + body);
    }

    /** Nobody ever waits for a lock. */
    private static final class NoLocks extends ThreadsScheduler {
        @Override
        protected void acquire(SpinLock lock, Task task) {
            beforeAccess(lock, true, task);
            setOwner(lock, task);
        }

        @Override
        protected void release(SpinLock lock, Task task) {
            setOwner(lock, null);
        }
    }

    /** A task that comes to a point off every lock never leaves it, though it could. */
    private static final class Stuck extends ThreadsScheduler {
        @Override
        public void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task) {
            while (task.name.equals("CPU 1") && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            super.beforeAccess(word, write, alsoRead, task);
        }
    }
}
