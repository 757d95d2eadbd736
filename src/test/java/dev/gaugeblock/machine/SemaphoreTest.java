package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SemaphoreTest {
    private Runnable whileAsleep = () -> {};
    private final Scheduler scheduler = new SequentialScheduler() {
        @Override
        public void sleepUntil(Wakeup wakeup, Task sleeper) {
            Runnable now = whileAsleep;
            whileAsleep = () -> {};
            now.run();
            super.sleepUntil(wakeup, sleeper);
        }
    };
    private final Cpu cpu = Cpu.create(1, scheduler)[0];
    private final Task task = Task.process(cpu);
    private final Task other = Task.process(cpu);
    private final Semaphore lock = new Semaphore("the lock", 1, scheduler);

    @Test
    void shouldBeTakenOnceAndGivenBack() {
        lock.down(task);
        assertEquals(0, lock.count());
        assertFalse(lock.tryDown(other));
        lock.up(task);
        assertTrue(lock.tryDown(other));
    }

    @Test
    void shouldNotSleepForEverUnnoticed() {
        lock.down(task);
        LockMisuse asleep = assertThrows(LockMisuse.class, () -> lock.down(other));
        assertTrue(asleep.getMessage().contains("waiting for the lock"), asleep.getMessage());
        assertTrue(lock.hasSleepers());
        lock.clear();
        assertFalse(lock.hasSleepers());
    }

    @Test
    void shouldWakeTheSleeperWithTheNextUp() {
        lock.down(task);
        whileAsleep = () -> {
            lock.up(task);
            assertNull(lock.forgottenSleeper());
        };
        lock.down(other);
        assertEquals(0, lock.count());
        assertFalse(lock.hasSleepers());
    }

    @Test
    void shouldLetAnotherBeFasterThanTheWokenOne() {
        lock.down(task);
        whileAsleep = () -> {
            lock.up(task);
            assertTrue(lock.tryDown(task));
            whileAsleep = () -> lock.up(task);
        };
        lock.down(other);
        assertEquals(0, lock.count());
    }

    @Test
    void shouldCountEveryUp() {
        lock.up(task);
        assertEquals(2, lock.count());
        assertTrue(lock.tryDown(task));
        assertTrue(lock.tryDown(task));
        assertFalse(lock.tryDown(task));
    }

    @Test
    void shouldRefuseACountBelowZero() {
        assertThrows(IllegalArgumentException.class, () -> new Semaphore("s", -1, scheduler));
    }
}
