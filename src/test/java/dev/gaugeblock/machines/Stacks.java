package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Operations that may sleep: one at a time, but one that sleeps is put by, on a thread of its own, until it may go on.
 * Threads stand for kernel stacks only: at any time one of them runs, and which one is no matter of chance.
 */
final class Stacks {
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
        BooleanSupplier due;

        boolean over;

        @Nullable
        Throwable thrown;

        String result = "";

        Routine(String name) {
            this.name = name;
        }
    }

    /** In the order in which they fell asleep. */
    private final List<Routine> sleeping = new ArrayList<>();

    private @Nullable Routine running;

    /** Runs an operation up to its end, or to its sleep: then the answer is "sleeps". */
    String run(String name, Supplier<String> operation) {
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
            routine.due = null;
            routine.stopped.release();
        });
        return resume(routine) ? routine.result : "sleeps";
    }

    boolean isRunning() {
        return running != null;
    }

    /** The running operation is put by until that comes true. */
    void sleep(BooleanSupplier due) {
        Routine me = running;
        if (me == null) {
            throw new IllegalStateException("somebody sleeps who has no stack of his own");
        }
        me.due = due;
        me.stopped.release();
        me.mayRun.acquireUninterruptibly();
        if (me.over) {
            throw new Over();
        }
    }

    /** Whether it came to its end. */
    private boolean resume(Routine routine) {
        Routine before = running;
        running = routine;
        routine.mayRun.release();
        routine.stopped.acquireUninterruptibly();
        running = before;
        if (routine.thrown instanceof RuntimeException wrong) {
            throw wrong;
        }
        if (routine.thrown instanceof Error error) {
            throw error;
        }
        if (routine.due == null) {
            return true;
        }
        sleeping.add(routine);
        return false;
    }

    private @Nullable Routine nextDue() {
        return sleeping.stream()
                .filter(routine -> routine.due != null && routine.due.getAsBoolean())
                .findFirst()
                .orElse(null);
    }

    boolean isAnyDue() {
        return nextDue() != null;
    }

    /**
     * All whose time has come go on, the one that has slept longest first, until nobody's has. What they answer, and
     * that they are at their end, is noted.
     *
     * @param guard what becomes of an operation that is broken off
     */
    void runDue(List<String> trace, Function<Supplier<String>, String> guard) {
        while (true) {
            Routine next = nextDue();
            if (next == null) {
                return;
            }
            sleeping.remove(next);
            String result = guard.apply(() -> resume(next) ? next.result : "sleeps");
            if (!result.equals("sleeps")) {
                trace.add("ended:" + next.name + " " + result);
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
}
