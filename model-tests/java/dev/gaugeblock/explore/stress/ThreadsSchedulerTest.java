package dev.gaugeblock.explore.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ThreadsSchedulerTest {
    private static final int ADDITIONS = 2_000_000;

    private ThreadsScheduler scheduler;
    private Task first;
    private Task second;
    private SpinLock lock;
    private SpinLock other;
    /** Volatile, so that the compiler does not make one addition of many. */
    private volatile int counter;

    /**
     * What the explorer cannot see: there, a step is never torn. Both are in their sections at once, or the barrier
     * would not open.
     */
    @Test
    void shouldTearWhatTheWrongLockGuards() throws InterruptedException {
        start();
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        both(() -> addSlowlyUnder(lock, first, bothHaveRead), () -> addSlowlyUnder(other, second, bothHaveRead));
        assertEquals(1, counter);
    }

    @Test
    void shouldLoseNothingUnderOneLock() throws InterruptedException {
        start();
        both(() -> addUnder(lock, first), () -> addUnder(lock, second));
        assertEquals(2 * ADDITIONS, counter);
    }

    /** The baton: what follows an announced access is not overlapped by another such step. */
    @Test
    void shouldKeepAccessesToWordsApart() throws InterruptedException {
        start();
        SharedWord word = new SharedWord("word", scheduler);
        both(() -> addAfterReading(word, first), () -> addAfterReading(word, second));
        assertEquals(2 * ADDITIONS, counter);
    }

    /** After a release nothing is guarded any more, but the step goes on. */
    @Test
    void shouldKeepWhatFollowsAReleaseApart() throws InterruptedException {
        start();
        both(() -> addAfterRelease(lock, first), () -> addAfterRelease(other, second));
        assertEquals(2 * ADDITIONS, counter);
    }

    @Test
    void shouldWakeASleeper() throws InterruptedException {
        start();
        WaitQueue queue = new WaitQueue("queue", scheduler);
        SharedWord flag = new SharedWord("flag", scheduler);
        both(
                () -> {
                    Waiter waiter = new Waiter(queue, first, false, false);
                    queue.add(waiter);
                    if (flag.get(first) == 0) {
                        waiter.sleep(scheduler);
                    }
                    queue.remove(waiter);
                },
                () -> {
                    flag.set(1, second);
                    queue.wakeUp(null, null, second);
                });
        assertEquals("", scheduler.deadlock());
        assertTrue(queue.waiters().isEmpty());
    }

    @Test
    void shouldCallASleepThatNobodyEndsADeadlock() throws InterruptedException {
        start();
        WaitQueue queue = new WaitQueue("queue", scheduler);
        both(
                () -> {
                    Waiter waiter = new Waiter(queue, first, false, false);
                    queue.add(waiter);
                    waiter.sleep(scheduler);
                },
                () -> queue.isActive(second));
        assertEquals("CPU 0 waits for a wake-up on queue", scheduler.deadlock());
    }

    @Test
    void shouldDescribeADeadlockAsTheExplorerDoes() {
        StressSample sample = new Stress(5_000, 1).run(Canary.deadlock());
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            Exploration exploration = explorer.explore(Canary.deadlock());
            assertEquals(
                    exploration.counterexample().orElseThrow().violation(),
                    sample.violation().orElseThrow());
        }
    }

    @Test
    void shouldRefuseATaskThatWasNotAdded() {
        start();
        Task stranger = Task.process(first.cpu);
        assertEquals(
                "CPU 0 runs, but was not added to the scheduler before it was started",
                assertThrows(IllegalStateException.class, () -> scheduler.enter(stranger))
                        .getMessage());
    }

    private void start() {
        scheduler = new ThreadsScheduler();
        Cpu[] cpus = Cpu.create(2, scheduler);
        first = Task.process(cpus[0]);
        second = Task.process(cpus[1]);
        lock = new SpinLock("L", SpinLock.UNCHECKED, scheduler);
        other = new SpinLock("M", SpinLock.UNCHECKED, scheduler);
        scheduler.add(first, Pauses.none());
        scheduler.add(second, Pauses.none());
        scheduler.start(task -> {});
    }

    private void addUnder(SpinLock held, Task task) {
        held.acquire(task);
        add();
        held.release(task);
    }

    private void addSlowlyUnder(SpinLock held, Task task, CyclicBarrier bothHaveRead) {
        held.acquire(task);
        int read = counter;
        try {
            bothHaveRead.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("the other section does not run at the same time", alone);
        }
        counter = read + 1;
        held.release(task);
    }

    private void addAfterReading(SharedWord word, Task task) {
        word.get(task);
        add();
    }

    private void addAfterRelease(SpinLock held, Task task) {
        held.acquire(task);
        held.release(task);
        add();
    }

    private void add() {
        for (int i = 0; i < ADDITIONS; i++) {
            counter = counter + 1;
        }
    }

    private void both(Runnable ofFirst, Runnable ofSecond) throws InterruptedException {
        CountDownLatch together = new CountDownLatch(2);
        Thread one = new Thread(() -> carry(first, ofFirst, together));
        Thread two = new Thread(() -> carry(second, ofSecond, together));
        one.start();
        two.start();
        one.join();
        two.join();
    }

    private void carry(Task task, Runnable job, CountDownLatch together) {
        together.countDown();
        try {
            together.await();
            scheduler.enter(task);
            job.run();
        } catch (ThreadsScheduler.Aborted | InterruptedException ended) {
            // The tests look at scheduler.deadlock().
        } finally {
            scheduler.finish(task);
        }
    }
}
