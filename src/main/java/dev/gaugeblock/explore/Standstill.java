package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.LitmusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notices that somebody's allocator runs and runs without coming to a scheduling point: no explorer can end that, so
 * its test is given up. An execution takes milliseconds.
 */
public final class Standstill {
    /** How long somebody's allocator may run without that anything is seen of it. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<LitmusTest, Watched> watched = new HashMap<>();

    private static final class Watched {
        final Explorer explorer;
        long heartbeat = -1;
        long since;

        Watched(Explorer explorer) {
            this.explorer = explorer;
        }
    }

    /** Somebody explores a test from now on. */
    public synchronized void begins(LitmusTest test, Explorer explorer) {
        watched.put(test, new Watched(explorer));
    }

    /** Nobody does any more. */
    public synchronized void ended(LitmusTest test) {
        watched.remove(test);
    }

    /** Whether the exploration of a test has stood still for too long; to be asked again and again. */
    public synchronized boolean isAt(LitmusTest test) {
        Watched each = watched.get(test);
        if (each == null || test.machine().allocator == null) {
            return false;
        }
        long now = System.nanoTime();
        long heartbeat = each.explorer.heartbeat();
        if (heartbeat != each.heartbeat) {
            each.heartbeat = heartbeat;
            each.since = now;
        }
        return now - each.since > PATIENCE.toNanos();
    }

    /** What comes of a test that stands still. */
    public static Exploration given(LitmusTest test) {
        String allocator =
                test.machine().allocator == null ? "" : test.machine().allocator.className();
        return Exploration.bounded(
                test,
                "inconclusive: " + allocator + " ran " + PATIENCE.toSeconds()
                        + " s without coming to a scheduling point; it was " + whereIs(allocator),
                PATIENCE);
    }

    /** The line that some thread is at in a class, or in one inside it. */
    public static String whereIs(String className) {
        Map<Long, StackTraceElement[]> stacks = new TreeMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> stacks.put(thread.getId(), stack));
        for (StackTraceElement[] stack : stacks.values()) {
            for (StackTraceElement frame : stack) {
                if (frame.getClassName().equals(className)
                        || frame.getClassName().startsWith(className + "$")) {
                    return "in " + frame.getMethodName() + ", line " + frame.getLineNumber();
                }
            }
        }
        return "in code that it calls";
    }
}
