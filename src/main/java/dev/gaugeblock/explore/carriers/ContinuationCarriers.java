package dev.gaugeblock.explore.carriers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Carriers that are {@code jdk.internal.vm.Continuation}s, what the JDK makes virtual threads from: all run on the
 * controller's thread, and a switch is little more than a call. They are internal to the JDK, so nothing is lost where
 * they are not to be had, or one day change.
 */
final class ContinuationCarriers extends Carriers {
    private final MethodHandle make;
    private final MethodHandle run;
    private final MethodHandle pause;
    private final List<@Nullable Object> continuations = new ArrayList<>();
    private int next = CONTROLLER;

    /**
     * Carriers from the JDK's methods.
     *
     * @param make takes a {@code Runnable}, makes a continuation
     * @param run takes a continuation, runs it until it pauses or ends
     * @param pause leaves the running continuation
     */
    private ContinuationCarriers(MethodHandle make, MethodHandle run, MethodHandle pause) {
        this.make = make;
        this.run = run;
        this.pause = pause;
    }

    /** New carriers; {@code null} where this JDK has no continuations, or the launcher does not export them. */
    static @Nullable ContinuationCarriers orNull() {
        try {
            Class<?> scopeType = Class.forName("jdk.internal.vm.ContinuationScope");
            Class<?> type = Class.forName("jdk.internal.vm.Continuation");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object scope = lookup.findConstructor(scopeType, MethodType.methodType(void.class, String.class))
                    .invoke("gaugeblock");
            MethodHandle make =
                    lookup.findConstructor(type, MethodType.methodType(void.class, scopeType, Runnable.class));
            MethodHandle pause = lookup.findStatic(type, "yield", MethodType.methodType(boolean.class, scopeType));
            return new ContinuationCarriers(
                    make.bindTo(scope).asType(MethodType.methodType(Object.class, Runnable.class)),
                    lookup.findVirtual(type, "run", MethodType.methodType(void.class))
                            .asType(MethodType.methodType(void.class, Object.class)),
                    pause.bindTo(scope).asType(MethodType.methodType(void.class)));
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            return null;
        } catch (Throwable thrown) {
            throw new IllegalStateException("this JDK exports continuations but does not give them", thrown);
        }
    }

    @Override
    public void assign(int carrier, Runnable job) {
        while (continuations.size() <= carrier) {
            continuations.add(null);
        }
        try {
            continuations.set(carrier, (Object) make.invokeExact(job));
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    @Override
    public void resume(int carrier) {
        next = carrier;
        while (next != CONTROLLER) {
            Object running = Objects.requireNonNull(continuations.get(next));
            next = CONTROLLER;
            try {
                run.invokeExact(running);
            } catch (Throwable thrown) {
                throw failure(thrown);
            }
        }
    }

    @Override
    public void yieldTo(int other, int self) {
        next = other;
        try {
            pause.invokeExact();
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    @Override
    public void endWith(int other) {
        next = other;
    }

    private static IllegalStateException failure(Throwable thrown) {
        return new IllegalStateException("a continuation of the JDK failed", thrown);
    }

    @Override
    public void close() {
        continuations.clear();
    }
}
