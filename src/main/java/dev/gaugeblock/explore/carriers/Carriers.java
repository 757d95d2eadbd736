package dev.gaugeblock.explore.carriers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What carries the tasks of an execution, kept from one execution to the next: coroutines. At any time exactly one of
 * them runs, or the controller, the thread that runs the exploration; and whoever runs says who runs next.
 *
 * <p>There are three kinds, all with the same results. {@link #fastest} takes the JDK's own continuations where the
 * launcher lets us (Java 21 and later, {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}), else virtual
 * threads (21 and later), else platform threads.
 */
public abstract class Carriers implements AutoCloseable {
    /** Stands for the controller where the number of a carrier is asked for. */
    public static final int CONTROLLER = -1;

    public static Carriers fastest() {
        Carriers continuations = ContinuationCarriers.orNull();
        if (continuations != null) {
            return continuations;
        }
        ThreadFactory virtual = virtualThreadsOrNull();
        return new ThreadCarriers(virtual == null ? Thread::new : virtual);
    }

    /**
     * {@code Thread.ofVirtual().factory()}, which cannot be named when compiling for Java 17; {@code null} where there
     * is none.
     */
    static @Nullable ThreadFactory virtualThreadsOrNull() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual))
                    .invoke();
            return (ThreadFactory) lookup.findVirtual(type, "factory", MethodType.methodType(ThreadFactory.class))
                    .invoke(builder);
        } catch (NoSuchMethodException | ClassNotFoundException | UnsupportedOperationException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK has virtual threads but does not give them", e);
        }
    }

    /** Gives a carrier, numbered from 0, its next job, which begins when the carrier is next to run. */
    public abstract void assign(int carrier, Runnable job);

    /** The controller lets a carrier run, and goes on when it is next itself. */
    public abstract void resume(int carrier);

    /** The running carrier lets another run, or the controller, and goes on when it is next itself. */
    public abstract void yieldTo(int next, int self);

    /** The last thing that a job does: it says who is next. */
    public abstract void endWith(int next);

    @Override
    public abstract void close();
}
