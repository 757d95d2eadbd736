package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class SharedWordTest {
    private final List<String> accesses = new ArrayList<>();
    private final Scheduler scheduler = new SequentialScheduler() {
        @Override
        public void beforeAccess(Object accessed, boolean write, @Nullable Object alsoRead, Task by) {
            accesses.add(by + (write ? " writes " : " reads ") + accessed + " at " + word.peek());
        }
    };
    private final SharedWord word = new SharedWord("free_pages", scheduler);
    private final Task task = Task.process(new Cpu(0, 0, scheduler));

    @Test
    void shouldBeZeroAtFirst() {
        assertEquals(0, word.peek());
    }

    @Test
    void shouldLetOthersRunBeforeEachAccess() {
        word.set(5, task);
        assertEquals(5, word.get(task));
        word.add(-7, task);
        assertEquals(-2, word.peek());
        assertEquals(
                List.of("CPU 0 writes free_pages at 0", "CPU 0 reads free_pages at 5", "CPU 0 writes free_pages at 5"),
                accesses);
    }

    /** Where no store ever waits, a barrier is no point of its own. */
    @Test
    void shouldHaveNothingToWaitForAtABarrier() {
        word.set(5, task);
        scheduler.barrier(task);
        word.setMb(6, task);
        assertEquals(6, word.peek());
        assertEquals(List.of("CPU 0 writes free_pages at 0", "CPU 0 writes free_pages at 5"), accesses);
    }

    @Test
    void shouldAddToWhatOthersLeftJustBefore() {
        SharedWord[] holder = new SharedWord[1];
        Scheduler intruding = new SequentialScheduler() {
            @Override
            public void beforeAccess(Object accessed, boolean write, @Nullable Object alsoRead, Task by) {
                holder[0].init(100);
            }
        };
        holder[0] = new SharedWord("nr_free", intruding);
        holder[0].add(1, task);
        assertEquals(101, holder[0].peek());
        holder[0].init(3);
        assertEquals(100, holder[0].get(task));
    }

    @Test
    void shouldBeSetUpAndLookedAtUnnoticed() {
        word.init(9);
        assertEquals(9, word.peek());
        assertEquals(List.of(), accesses);
    }
}
