package dev.gaugeblock.explore;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that carry the tasks of an execution, kept from one execution to the next. They are coroutines in effect: at any
 * time exactly one of them, or the thread that runs the exploration, is awake, and it says who wakes next.
 *
 * <p>Virtual threads where the running JDK has them (21 and later), platform threads elsewhere.
 */
final class Carriers implements AutoCloseable {
    private static final ThreadFactory THREADS = threads();

    private final List<Carrier> carriers = new ArrayList<>();

    /** The carrier with an index, started if it is new. */
    Carrier carrier(int index) {
        while (carriers.size() <= index) {
            Carrier carrier = new Carrier();
            carrier.thread = THREADS.newThread(carrier);
            carrier.thread.setDaemon(true);
            carrier.thread.start();
            carriers.add(carrier);
        }
        return carriers.get(index);
    }

    @Override
    public void close() {
        for (Carrier carrier : carriers) {
            carrier.assign(null);
            carrier.baton.pass(carrier.thread);
        }
        carriers.clear();
    }

    /** {@code Thread.ofVirtual().factory()}, which cannot be named when compiling for Java 17; else plain threads. */
    private static ThreadFactory threads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return Thread::new;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JDK has virtual threads but does not give them", e);
        }
    }

    /** A thread that runs one job after the other, each when the baton is passed to it. */
    static final class Carrier implements Runnable {
        final Baton baton = new Baton();
        private Thread thread;
        private Runnable job;

        /** Gives the next job, or with {@code null} the order to end; takes effect when the baton is passed. */
        void assign(Runnable next) {
            job = next;
        }

        /** Wakes this carrier. The caller then waits on its own baton, or has nothing left to do. */
        void wake() {
            baton.pass(thread);
        }

        @Override
        public void run() {
            while (true) {
                baton.await();
                Runnable next = job;
                if (next == null) {
                    return;
                }
                next.run();
            }
        }
    }

    /** The right to run, of one thread. */
    static final class Baton {
        private volatile boolean here;

        void pass(Thread owner) {
            here = true;
            LockSupport.unpark(owner);
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
