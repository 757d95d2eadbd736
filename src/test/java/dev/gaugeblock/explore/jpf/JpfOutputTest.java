package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.execution.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpfOutputTest {
    private static final String AN_OUTCOME = "@outcome 00 p=0 | DMA free 0";
    private static final String IN_THE_ALLOCATOR = "dev.gaugeblock.mm.BuddyLists.takeLocked(BuddyLists.java:61)";
    private static final String IN_THE_HARNESS =
            "dev.gaugeblock.explore.harness.Simulation.perform(Simulation.java:179)";

    @Test
    void shouldCallARunCleanThatFinishedWithoutErrorCutAndSilence() {
        JpfOutput output = new JpfOutput(Console.saying(AN_OUTCOME).ended());

        assertEquals(JpfOutput.Kind.CLEAN, output.kind(), output.reason());
        assertEquals("", output.reason());
        assertNull(output.violation());
        assertEquals(10, output.states());
        assertEquals("7ea25de", output.revision());
    }

    @Test
    void shouldCallARunBoundedWhosePathsWereCut() {
        JpfOutput output =
                new JpfOutput(Console.saying(AN_OUTCOME).constraints(3).ended());

        assertEquals(JpfOutput.Kind.BOUNDED, output.kind());
        assertEquals(
                "its search was cut at 3 places, after 10 states: it does not say by what limit;"
                        + " what lies behind is not explored: give the test fewer CPUs or operations",
                output.reason());
    }

    @Test
    void shouldNameTheLimitThatCutASearch() {
        JpfOutput output =
                new JpfOutput(Console.saying("====== search constraint", "memory limit reached: 1048576", AN_OUTCOME)
                        .constraints(1)
                        .ended());

        assertEquals(JpfOutput.Kind.BOUNDED, output.kind());
        assertEquals(
                "its search was cut at one place, after 10 states: memory limit reached: 1048576"
                        + " (its heap has at most 8g);"
                        + " what lies behind is not explored: give the test fewer CPUs or operations",
                output.reason());
    }

    @Test
    void shouldTellWhoWaitsInADeadlock() {
        assertViolated("deadlock", "CPU 0 waits for lock B, which CPU 1 holds", Console.deadlock());
    }

    @Test
    void shouldNameTheInvariantThatIsBroken() {
        assertViolated(
                "free-pages-sum",
                "zone DMA counts 7 frames, and has 8",
                Console.saying("@broken free-pages-sum")
                        .exception(
                                "dev.gaugeblock.explore.harness.rules.InvariantBroken: zone DMA counts 7 frames, and has 8",
                                "dev.gaugeblock.explore.harness.InvariantChecker.check(InvariantChecker.java:90)"));
    }

    @Test
    void shouldCallABugOfTheKernelAViolation() {
        assertViolated(
                "kernel-bug",
                "BUG in kunmap_high: count is 0",
                Console.saying()
                        .exception(
                                "dev.gaugeblock.machine.KernelBug: kunmap_high: count is 0",
                                "dev.gaugeblock.highmem.Kmap.kunmapHigh(Kmap.java:99)"));
    }

    @Test
    void shouldTellASelfDeadlockFromAnotherMisuseOfALock() {
        String frame = "dev.gaugeblock.machine.SpinLock.requireAcquirableOwned(SpinLock.java:106)";
        String spins = "the interrupt on CPU 0 spins on lock L";
        String twice = "CPU 0 releases lock L, which nobody holds";

        assertViolated(
                "self-deadlock",
                spins,
                Console.saying().exception("dev.gaugeblock.machine.LockMisuse: self-deadlock: " + spins, frame));
        assertViolated(
                "lock-misuse", twice, Console.saying().exception("dev.gaugeblock.machine.LockMisuse: " + twice, frame));
    }

    @Test
    void shouldCallAFailedAssertionOfTheAllocatorALockThatIsNotHeld() {
        assertViolated(
                "lock-not-held",
                "CPU 1 does not hold zone DMA",
                Console.saying().exception("java.lang.AssertionError: CPU 1 does not hold zone DMA", IN_THE_ALLOCATOR));
    }

    @Test
    void shouldCallAnExceptionInTheAllocatorAViolationAndTellWhere() {
        assertViolated(
                "exception",
                "java.lang.NullPointerException:  at " + IN_THE_ALLOCATOR,
                Console.saying().exception("java.lang.NullPointerException", IN_THE_ALLOCATOR));
        assertViolated(
                "exception",
                "java.util.NoSuchElementException: none at " + IN_THE_ALLOCATOR,
                Console.saying()
                        .exception(
                                "java.util.NoSuchElementException: none",
                                "java.util.ArrayDeque.getFirst(ArrayDeque.java:401)",
                                IN_THE_ALLOCATOR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.NoSuchMethodError: java.lang.String.strip()Ljava/lang/String;",
                "java.lang.NoSuchFieldError: dev.gaugeblock.mm.Zone.lock",
                "java.lang.UnsatisfiedLinkError: cannot find native java.lang.Thread.onSpinWait",
                "java.lang.NoClassDefFoundError: dev/gaugeblock/mm/BuddyLists",
                "java.lang.ClassNotFoundException: class not found: dev.gaugeblock.mm.BuddyLists",
                "java.lang.NoSuchMethodException: strip",
                "java.lang.NoSuchFieldException: lock",
                "java.lang.IllegalAccessException: lock",
                "java.lang.UnsupportedOperationException",
                "java.lang.InternalError: no such thing",
                "gov.nasa.jpf.JPFException: no such thing",
            })
    void shouldCallARunBrokenThatCouldNotExecuteTheAllocator(String thrown) {
        assertBroken(
                "it could not execute the program: " + thrown + " at " + IN_THE_ALLOCATOR,
                Console.saying(AN_OUTCOME).exception(thrown, IN_THE_ALLOCATOR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.NullPointerException",
                "java.lang.AssertionError",
                "java.lang.ArrayIndexOutOfBoundsException: 0"
            })
    void shouldCallAnExceptionOfTheHarnessBroken(String thrown) {
        assertBroken(
                "it could not execute the program: " + thrown + " at " + IN_THE_HARNESS,
                Console.saying(AN_OUTCOME).exception(thrown, IN_THE_HARNESS));
    }

    @Test
    void shouldCallAnExceptionFromNowhereBroken() {
        assertBroken(
                "it could not execute the program: java.lang.NullPointerException",
                Console.saying(AN_OUTCOME)
                        .error("gov.nasa.jpf.vm.NoUncaughtExceptionsProperty", "java.lang.NullPointerException"));
    }

    @Test
    void shouldCallAnExceptionThatCannotBeReadBroken() {
        assertBroken(
                "it reports an exception that cannot be read: something happened",
                Console.saying().error("gov.nasa.jpf.vm.NoUncaughtExceptionsProperty", "something happened"));
        assertBroken(
                "it reports an exception that cannot be read: ",
                Console.saying().error("gov.nasa.jpf.vm.NoUncaughtExceptionsProperty"));
    }

    @Test
    void shouldCallAnErrorOfAnotherKindBroken() {
        assertBroken(
                "it reports an error of a kind that is not known: gov.nasa.jpf.listener.PreciseRaceDetector",
                Console.saying(AN_OUTCOME).error("gov.nasa.jpf.listener.PreciseRaceDetector", "race for field"));
    }

    @Test
    void shouldCallARunWithoutStatisticsBroken() {
        assertBroken(
                "it gave no statistics; its last words: =",
                Console.saying(AN_OUTCOME).withoutStatistics());
        assertBroken(
                "it gave no statistics; its last words: =", Console.deadlock().withoutStatistics());
    }

    @Test
    void shouldCallAnUnfinishedSearchBroken() {
        assertBroken(
                "it did not finish its search; its last words: loaded code:",
                Console.saying(AN_OUTCOME).unfinished());
        assertBroken(
                "it did not finish its search; its last words: loaded code:",
                Console.deadlock().unfinished());
    }

    @Test
    void shouldCallASearchThatReachedNoEndBroken() {
        assertBroken(
                "no path of the search came to an end",
                Console.saying(AN_OUTCOME).ends(0));
        assertBroken(
                "no path of the search came to an end",
                Console.saying(AN_OUTCOME).ends(0).constraints(4));
    }

    @Test
    void shouldCallASearchThatDoesNotSayHowItWentBroken() {
        assertBroken(
                "it neither found an error nor said that there is none; its last words: =",
                Console.saying(AN_OUTCOME).results(""));
    }

    @Test
    void shouldCallARunThatToldNoOutcomeBroken() {
        assertBroken("no execution told its outcome", Console.saying());
    }

    @Test
    void shouldCallARunThatSaidNothingBroken() {
        JpfOutput output =
                new JpfOutput(new JpfProcess.Ended(List.of(), Set.of(), 0, "", false, Duration.ofSeconds(1)));

        assertEquals(JpfOutput.Kind.BROKEN, output.kind());
        assertEquals("it did not finish its search; it said nothing", output.reason());
        assertEquals("unknown", output.revision());
    }

    @Test
    void shouldCallARunBoundedThatHadNoMoreTime() {
        JpfProcess.Ended run = Console.saying(AN_OUTCOME).ended();
        JpfOutput output = new JpfOutput(new JpfProcess.Ended(
                run.lines(), run.outcomes(), -1, "it did not end within 1.0 s", true, Duration.ofSeconds(1)));

        assertEquals(JpfOutput.Kind.BOUNDED, output.kind());
        assertEquals("it did not end within 1.0 s", output.reason());
    }

    @Test
    void shouldCallARunBrokenThatFailedOrWasStoppedWhateverItSaid() {
        for (Console console : List.of(Console.saying(AN_OUTCOME), Console.deadlock())) {
            JpfProcess.Ended run = console.ended();
            JpfOutput failed = new JpfOutput(
                    new JpfProcess.Ended(run.lines(), run.outcomes(), 134, "", false, Duration.ofSeconds(1)));
            JpfOutput stopped = new JpfOutput(new JpfProcess.Ended(
                    run.lines(), run.outcomes(), 0, "it said too much", false, Duration.ofSeconds(1)));

            assertEquals(JpfOutput.Kind.BROKEN, failed.kind());
            assertTrue(failed.reason().startsWith("it ended with exit code 134; its last words: ="), failed.reason());
            assertEquals(JpfOutput.Kind.BROKEN, stopped.kind());
            assertEquals("it said too much", stopped.reason());
        }
    }

    private static void assertViolated(String id, String message, Console console) {
        JpfOutput output = new JpfOutput(console.ended());
        assertEquals(JpfOutput.Kind.VIOLATED, output.kind(), output.reason());
        assertEquals(new Violation(id, message), output.violation());
    }

    private static void assertBroken(String reason, Console console) {
        JpfOutput output = new JpfOutput(console.ended());
        assertEquals(JpfOutput.Kind.BROKEN, output.kind());
        assertTrue(output.reason().startsWith(reason), output.reason());
        assertNull(output.violation());
    }
}
