package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Times;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An event on a timeline that has been called. */
final class Running {
    final Event event;
    final Times times;
    final List<Call> calls;
    boolean alone;
    boolean done;

    /** The block that it gave back when it took effect, {@code null} if it did not give one back. */
    @Nullable
    Block released;

    /** What others may have had since its call, if it is a request that failed. */
    final Contract.@Nullable Meanwhile meanwhile;

    Running(Event event, Times times, List<Call> calls, boolean alone) {
        this.event = event;
        this.times = times;
        this.calls = calls;
        this.alone = alone;
        boolean failed =
                calls.get(0) instanceof Call.Alloc alloc && alloc.result().kind() == Result.Kind.NOTHING;
        this.meanwhile = failed ? new Contract.Meanwhile() : null;
    }

    Call first() {
        return calls.get(0);
    }

    /** Takes note of an event that overlaps it. */
    void meet(Running other) {
        if (meanwhile != null) {
            meanwhile.add(other.first());
            if (other.released != null) {
                meanwhile.add(other.released);
            }
        }
    }
}
