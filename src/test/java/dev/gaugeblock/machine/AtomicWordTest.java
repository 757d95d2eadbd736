package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class AtomicWordTest {
    private int steps;
    private int intruderAdds;
    private final Scheduler scheduler = new SequentialScheduler() {
        @Override
        public void beforeAccess(Object accessed, boolean write, @Nullable Object alsoRead, Task by) {
            steps++;
            if (intruderAdds != 0) {
                int adds = intruderAdds;
                intruderAdds = 0;
                word.add(adds, by);
            }
        }
    };
    private final AtomicWord word = new AtomicWord("hold", 2, scheduler);
    private final SpinLock lock = new SpinLock("bt_hash", SpinLock.PROCESS_ONLY, scheduler);
    private final Task task = Task.process(Cpu.create(1, scheduler)[0]);

    @Test
    void shouldTellWhatEachStepFoundOrLeft() {
        assertEquals(2, word.get(task));
        assertEquals(5, word.add(3, task));
        assertEquals(5, word.update(1, 8, task));
        assertEquals(12, word.get(task));
        word.set(7, task);
        assertEquals(7, word.peek());
        assertEquals(5, steps);
    }

    @Test
    void shouldSetAndClearInOneStepWhateverCameBefore() {
        intruderAdds = 16;
        assertEquals(18, word.update(2, 1, task));
        assertEquals(17, word.peek());
    }

    @Test
    void shouldStoreOnlyIfNobodyCameBefore() {
        intruderAdds = 16;
        assertFalse(word.compareAndSet(2, 5, task));
        assertEquals(18, word.peek());
        assertTrue(word.compareAndSet(18, 5, task));
        assertEquals(5, word.peek());
    }

    @Test
    void shouldTakeTheLockForTheLastStepOnly() {
        assertFalse(word.decrementAndLock(lock, task));
        assertTrue(lock.isFree());
        assertTrue(word.decrementAndLock(lock, task));
        assertTrue(lock.isHeldBy(task));
        assertEquals(0, word.peek());
    }

    @Test
    void shouldCountBelowZeroWithoutTheLock() {
        word.set(0, task);
        assertFalse(word.decrementAndLock(lock, task));
        assertEquals(-1, word.peek());
        assertTrue(lock.isFree());
    }

    @Test
    void shouldGiveTheLockBackIfSomebodyCameBetween() {
        word.set(1, task);
        Scheduler intruding = new SequentialScheduler() {
            @Override
            protected void acquire(SpinLock wanted, Task by) {
                word.add(1, by);
                super.acquire(wanted, by);
            }
        };
        SpinLock contended = new SpinLock("bt_hash", SpinLock.PROCESS_ONLY, intruding);
        assertFalse(word.decrementAndLock(contended, task));
        assertTrue(contended.isFree());
        assertEquals(1, word.peek());
    }
}
