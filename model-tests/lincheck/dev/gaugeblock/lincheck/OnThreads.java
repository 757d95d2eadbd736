package dev.gaugeblock.lincheck;

import dev.gaugeblock.explore.stress.Pauses;
import dev.gaugeblock.explore.stress.ThreadsScheduler;
import dev.gaugeblock.machine.Task;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The allocator on the threads that Lincheck gives it. They pause at random, each run in another way: without that an
 * operation is over before another begins, and locks that do nothing pass.
 */
public class OnThreads extends Operations {
    private static final AtomicLong SEEDS = new AtomicLong();

    private final ThreadsScheduler scheduler;

    public OnThreads() {
        this(new ThreadsScheduler());
    }

    OnThreads(ThreadsScheduler scheduler) {
        super(scheduler);
        this.scheduler = scheduler;
        SplittableRandom random = new SplittableRandom(SEEDS.incrementAndGet());
        tasks().forEach(task -> scheduler.add(task, Pauses.from(random)));
        scheduler.start(OnThreads::nobodySleeps);
    }

    private static void nobodySleeps(Task task) {
        throw new IllegalStateException(task + " sleeps, so its operation takes effect at more than one point");
    }

    @Override
    Object perform(Task task, Supplier<Object> operation) {
        scheduler.enter(task);
        try {
            return operation.get();
        } finally {
            scheduler.leave(task);
        }
    }
}
