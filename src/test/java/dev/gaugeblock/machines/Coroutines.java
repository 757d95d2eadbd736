package dev.gaugeblock.machines;

import dev.gaugeblock.machine.LockMisuse;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One task at a time, as its parent; but one that sleeps is put by, on a thread of its own, until its wake-up is due.
 * Threads stand for kernel stacks only: at any time one of them runs, and which one is no matter of chance.
 */
final class Coroutines extends SequentialScheduler {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kernel stack");
        thread.setDaemon(true);
        return thread;
    });

    /** Ends a put-by operation whose session is over. */
    private static final class Over extends Error {
        private static final long serialVersionUID = 1L;

        Over() {
            super("the session is over", null, false, false);
        }
    }

    private static final class Routine {
        final String name;
        final Semaphore mayRun = new Semaphore(0);
        final Semaphore stopped = new Semaphore(0);

        @Nullable
        Wakeup wakeup;

        boolean over;

        @Nullable
        Throwable thrown;

        String result = "";

        Routine(String name) {
            this.name = name;
        }
    }

    private final List<Routine> sleeping = new ArrayList<>();
    private @Nullable Routine running;
    private boolean sleepExpected = true;

    /** Whether the next operation has to sleep. One that has not gets no stack of its own: a sleep is an error then. */
    void expectSleep(boolean sleeps) {
        sleepExpected = sleeps;
    }

    /** Runs an operation up to its end, or to its sleep: then the answer is "sleeps". */
    String run(String name, Supplier<String> operation) {
        if (!sleepExpected) {
            return operation.get();
        }
        Routine routine = new Routine(name);
        THREADS.execute(() -> {
            routine.mayRun.acquireUninterruptibly();
            try {
                routine.result = operation.get();
            } catch (Over over) {
                // Nobody waits for it any more.
            } catch (Throwable wrong) {
                routine.thrown = wrong;
            }
            routine.wakeup = null;
            routine.stopped.release();
        });
        return resume(routine) ? routine.result : "sleeps";
    }

    /** Whether it came to its end. */
    private boolean resume(Routine routine) {
        Routine before = running;
        running = routine;
        routine.mayRun.release();
        routine.stopped.acquireUninterruptibly();
        running = before;
        rethrow(routine.thrown);
        if (routine.wakeup == null) {
            return true;
        }
        sleeping.add(routine);
        return false;
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException wrong) {
            throw wrong;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    /** All whose wake-up is due go on, the one that has slept longest first, until nobody's is. */
    void runDue(List<String> trace) {
        while (true) {
            Routine next = sleeping.stream()
                    .filter(routine -> routine.wakeup != null && routine.wakeup.isDue())
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return;
            }
            sleeping.remove(next);
            if (resume(next)) {
                if (!next.result.isEmpty()) {
                    trace.add(next.result);
                }
                trace.add("ended:" + next.name);
            }
        }
    }

    int sleepers() {
        return sleeping.size();
    }

    /** The session is over: whoever sleeps is let go. */
    void close() {
        for (Routine routine : sleeping) {
            routine.over = true;
            routine.mayRun.release();
            routine.stopped.acquireUninterruptibly();
        }
        sleeping.clear();
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (wakeup.isDue()) {
            return;
        }
        Routine me = running;
        if (me == null) {
            throw new LockMisuse(task + " sleeps where it must not, waiting for " + wakeup.what());
        }
        me.wakeup = wakeup;
        me.stopped.release();
        me.mayRun.acquireUninterruptibly();
        if (me.over) {
            throw new Over();
        }
    }
}
