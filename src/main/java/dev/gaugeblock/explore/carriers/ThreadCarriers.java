package dev.gaugeblock.explore.carriers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Carriers that are threads, platform or virtual ones. All but one of them are parked. */
final class ThreadCarriers extends Carriers {
    private final ThreadFactory threads;
    private final List<Carrier> carriers = new ArrayList<>();
    private final Baton controller = new Baton(Thread.currentThread());

    ThreadCarriers(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public void assign(int index, Runnable job) {
        while (carriers.size() <= index) {
            carriers.add(new Carrier().start(threads));
        }
        carriers.get(index).job = job;
    }

    @Override
    public void resume(int carrier) {
        controller.owner = Thread.currentThread();
        carriers.get(carrier).baton.pass();
        controller.await();
    }

    @Override
    public void yieldTo(int next, int self) {
        endWith(next);
        carriers.get(self).baton.await();
    }

    @Override
    public void endWith(int next) {
        Baton baton = next == CONTROLLER ? controller : carriers.get(next).baton;
        baton.pass();
    }

    /** Ends the threads. To be called by the controller, when no job is under way. */
    @Override
    public void close() {
        for (Carrier carrier : carriers) {
            carrier.job = null;
            carrier.baton.pass();
        }
        carriers.clear();
    }

    /** A thread that runs one job after the other, each when the baton is passed to it. */
    private static final class Carrier implements Runnable {
        final Baton baton = new Baton(Thread.currentThread());
        /** {@code null} is the order to end. Takes effect when the baton is passed. */
        @Nullable
        Runnable job;

        /** Begins to wait for the first job on a thread of its own. */
        Carrier start(ThreadFactory threads) {
            Thread thread = Objects.requireNonNull(threads.newThread(this));
            baton.owner = thread;
            thread.setDaemon(true);
            thread.start();
            return this;
        }

        @Override
        public void run() {
            baton.await();
            for (Runnable next = job; next != null; next = job) {
                next.run();
                baton.await();
            }
        }
    }

    /** The right to run, of one thread. */
    private static final class Baton {
        private Thread owner;
        private volatile boolean here;

        Baton(Thread owner) {
            this.owner = owner;
        }

        void pass() {
            Thread wakes = owner;
            here = true;
            LockSupport.unpark(wakes);
        }

        /** Waits until the baton is passed to the calling thread, and takes it. */
        void await() {
            while (!here) {
                LockSupport.park(this);
            }
            here = false;
        }
    }
}
