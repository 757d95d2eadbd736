package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.Times;
import java.util.ArrayDeque;
import java.util.Queue;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Remembers which events overlap the ones that are still to be judged, for rejections that come from an overlap. */
final class Overlaps {
    private static final int FEW = 256;

    private final Queue<Running> recent = new ArrayDeque<>();
    /** With so many it is worth looking which of them are over. */
    private int limit = FEW;

    void clear() {
        recent.clear();
    }

    void add(Running now) {
        for (Running first = recent.peek();
                first != null && first.times.end() < now.times.call();
                first = recent.peek()) {
            recent.remove();
        }
        if (recent.size() >= limit) {
            recent.removeIf(each -> each.times.end() < now.times.call());
            limit = Math.max(FEW, 2 * recent.size());
        }
        recent.add(now);
    }

    /** A rejection of an event that ran for so long, with the interval of the event that it collided with, if any. */
    Rejection explained(Rejection rejection, Times times) {
        Running other = other(rejection, times);
        if (other == null) {
            return rejection;
        }
        String more = "; it ran from " + times.call() + " to " + times.end() + ", and overlaps the "
                + other.event.operation() + " of line " + other.event.position().line() + ", from " + other.times.call()
                + " to " + other.times.end();
        return new Rejection(
                rejection.line(),
                rejection.event(),
                rejection.operation(),
                rejection.breach().with(more));
    }

    private @Nullable Running other(Rejection rejection, Times times) {
        Running found = null;
        for (Running each : recent) {
            boolean overlaps = line(each) != rejection.line()
                    && each.times.call() <= times.end()
                    && times.call() <= each.times.end();
            if (!overlaps) {
                continue;
            }
            for (Block block : rejection.breach().involved()) {
                if (block.since() == line(each)) {
                    return each;
                }
            }
            found = found == null ? each : found;
        }
        return found;
    }

    private static long line(Running running) {
        return running.event.position().line();
    }
}
