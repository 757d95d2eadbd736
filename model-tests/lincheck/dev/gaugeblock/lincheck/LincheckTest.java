package dev.gaugeblock.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * A witness from another school: whatever the operations gave, is there an order of them, one at a time, that gives the
 * same? {@link Operations} says what that can be asked of.
 */
class LincheckTest {
    @Test
    void shouldBeLinearizable() {
        stress().check(OnThreads.class);
    }

    @Test
    void shouldFindLocksThatDoNothing() {
        shouldFail(WithoutLocks.class);
    }

    @Test
    void shouldFindAnOperationThatTakesEffectTwice() {
        shouldFail(NotAtOnce.class);
    }

    private static void shouldFail(Class<?> defect) {
        LincheckAssertionError found = assertThrows(LincheckAssertionError.class, () -> stress().check(defect));
        assertTrue(found.getMessage().contains("Invalid execution results"), found.getMessage());
    }

    private static StressOptions stress() {
        return new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(Operations.THREADS)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(OneAfterTheOther.class);
    }
}
