package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Block;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Times;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Remembers which events overlap the ones that are still to be judged, for rejections that come from an overlap. */
final class Overlaps {
    /** One event, as far as rejections name it. */
    private record Timed(long line, String operation, Times times) {}

    private static final int FEW = 256;

    private final List<Timed> recent = new ArrayList<>();
    /** With so many it is worth looking which of them are over. */
    private int limit = FEW;

    void clear() {
        recent.clear();
    }

    void add(Event event, Times times) {
        if (recent.size() >= limit) {
            recent.removeIf(each -> each.times.end() < times.call());
            limit = Math.max(FEW, 2 * recent.size());
        }
        recent.add(new Timed(event.position().line(), event.operation(), times));
    }

    /** A rejection of an event that ran for so long, with the interval of the event that it collided with, if any. */
    Rejection explained(Rejection rejection, Times times) {
        Timed other = other(rejection, times);
        if (other == null) {
            return rejection;
        }
        String more = "; it ran from " + times.call() + " to " + times.end() + ", and overlaps the " + other.operation
                + " of line " + other.line + ", from " + other.times.call() + " to " + other.times.end();
        return new Rejection(
                rejection.line(),
                rejection.event(),
                rejection.operation(),
                rejection.breach().with(more));
    }

    private @Nullable Timed other(Rejection rejection, Times times) {
        Timed found = null;
        for (Timed each : recent) {
            boolean overlaps = each.line != rejection.line()
                    && each.times.call() <= times.end()
                    && times.call() <= each.times.end();
            if (!overlaps) {
                continue;
            }
            for (Block block : rejection.breach().involved()) {
                if (block.since() == each.line) {
                    return each;
                }
            }
            found = found == null ? each : found;
        }
        return found;
    }
}
