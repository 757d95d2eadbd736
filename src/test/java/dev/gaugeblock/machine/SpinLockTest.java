package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinLockTest {
    private final SequentialScheduler scheduler = new SequentialScheduler();
    private final Cpu[] cpus = Cpu.create(2, scheduler);
    private final Task task = Task.process(cpus[0]);
    private final Task other = Task.process(cpus[1]);
    private final Task handler = Task.interrupt(cpus[0]);

    private SpinLock lock(int rule) {
        return new SpinLock("zone.lock", rule, scheduler);
    }

    private static String misuse(Runnable action) {
        return assertThrows(LockMisuse.class, action::run).getMessage();
    }

    @Test
    void shouldKnowItsHolder() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        assertTrue(lock.isFree());
        assertNull(lock.owner());

        lock.acquire(task);
        assertFalse(lock.isFree());
        assertSame(task, lock.owner());
        assertTrue(lock.isHeldBy(task));
        assertFalse(lock.isHeldBy(other));

        lock.release(task);
        assertTrue(lock.isFree());
        assertFalse(lock.isHeldBy(task));
    }

    @Test
    void shouldRefuseToBeAcquiredTwice() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(task);
        assertEquals("CPU 0 acquires zone.lock a second time", misuse(() -> lock.acquire(task)));
        assertSame(task, lock.owner());
    }

    @Test
    void shouldRefuseReleaseByAStranger() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(task);
        assertEquals("CPU 1 releases zone.lock, which is held by CPU 0", misuse(() -> lock.release(other)));
        assertSame(task, lock.owner());
    }

    @Test
    void shouldRefuseReleaseWhileFree() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        assertEquals("CPU 0 releases zone.lock, which is free", misuse(() -> lock.release(task)));
    }

    @Test
    void shouldRequireInterruptsOffIfInterruptsTakeItToo() {
        SpinLock lock = lock(SpinLock.IRQ_SAFE);
        assertEquals(
                "CPU 0 acquires zone.lock with interrupts on; interrupt handlers take it too",
                misuse(() -> lock.acquire(task)));
        assertTrue(lock.isFree());

        cpus[0].interrupts.save(task);
        lock.acquire(task);
        assertTrue(lock.isHeldBy(task));
    }

    @Test
    void shouldLookAtTheInterruptsOfTheTasksOwnCpu() {
        SpinLock lock = lock(SpinLock.IRQ_SAFE);
        cpus[1].interrupts.save(other);
        misuse(() -> lock.acquire(task));
        assertDoesNotThrow(() -> lock.acquire(other));
    }

    @Test
    void shouldRefuseAnInterruptIfOnlyProcessesMayTakeIt() {
        SpinLock lock = lock(SpinLock.PROCESS_ONLY);
        cpus[0].interrupts.set(false);
        assertEquals(
                "interrupt on CPU 0 acquires zone.lock, which must not be taken in an interrupt",
                misuse(() -> lock.acquire(handler)));

        cpus[0].interrupts.set(true);
        assertDoesNotThrow(() -> lock.acquire(task));
    }

    @Test
    void shouldAllowAnythingWhileUnchecked() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(task);
        lock.release(task);
        lock.acquire(handler);
        assertSame(handler, lock.owner());
    }

    @ParameterizedTest
    @ValueSource(ints = {SpinLock.IRQ_SAFE, SpinLock.PROCESS_ONLY, SpinLock.UNCHECKED})
    void shouldCallASelfDeadlockByItsName(int rule) {
        SpinLock lock = lock(rule);
        boolean was = cpus[0].interrupts.save(task);
        lock.acquire(task);
        cpus[0].interrupts.restore(was, task);

        assertEquals(
                "self-deadlock: the interrupt on CPU 0 spins on zone.lock, which the interrupted task, CPU 0, holds",
                misuse(() -> lock.acquire(handler)));
    }

    @Test
    void shouldNotCallItASelfDeadlockIfAnotherCpuHoldsIt() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(other);
        assertEquals(
                "interrupt on CPU 0 would spin for ever on zone.lock, which CPU 1 holds",
                misuse(() -> lock.acquire(handler)));
    }

    @Test
    void shouldNotWaitWhereNobodyElseRuns() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(other);
        assertEquals("CPU 0 would spin for ever on zone.lock, which CPU 1 holds", misuse(() -> lock.acquire(task)));
        assertSame(other, lock.owner());
    }

    @Test
    void shouldBreakOpenWhoeverHoldsIt() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        lock.acquire(other);
        lock.breakOpen();
        assertTrue(lock.isFree());
        assertDoesNotThrow(() -> lock.acquire(task));
    }

    @Test
    void shouldSayWhoTouchesWhatItGuardsAndWhoHoldsIt() {
        SpinLock lock = lock(SpinLock.UNCHECKED);
        String touches = "CPU 0 touches what zone.lock guards, but does not hold it: zone.lock ";
        assertEquals(touches + "is free", lock.notHeldBy(task));
        lock.acquire(other);
        assertEquals(touches + "is held by CPU 1", lock.notHeldBy(task));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void shouldRefuseAnInterruptRuleThatIsNone(int rule) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> lock(rule));
        assertEquals("interrupt rule " + rule + " of zone.lock is not in 0..2", thrown.getMessage());
    }
}
