package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Remembers from which places in the allocator's source the blocks come, in memory for those that are live. */
final class Sources {
    private static final int FEW = 1 << 12;

    /** The place, by the line of the event. */
    private final Map<Long, String> places = new HashMap<>();

    /** With so many it is worth looking which blocks are live. */
    private int limit = FEW;

    /** Takes note of an event that is to be judged in a state, {@code null} before there is one. */
    void note(Event event, @Nullable State state) {
        if (!event.has(ContractForm.SOURCE)) {
            return;
        }
        if (places.size() >= limit && state != null) {
            Set<Long> live = new HashSet<>();
            state.blocks().forEach(block -> live.add(block.since()));
            places.keySet().retainAll(live);
            limit = Math.max(FEW, 2 * places.size());
        }
        places.put(event.position().line(), event.text(ContractForm.SOURCE));
    }

    /** A rejection that says the places of its event and of those since which its blocks are owned. */
    Rejection explained(Rejection rejection) {
        StringBuilder more = new StringBuilder();
        String own = places.get(rejection.line());
        more.append(own == null ? "" : "; this is at " + own);
        for (Block block : rejection.breach().involved()) {
            String place = places.get(block.since());
            more.append(place == null ? "" : "; line " + block.since() + " is at " + place);
        }
        return more.isEmpty()
                ? rejection
                : new Rejection(
                        rejection.line(),
                        rejection.event(),
                        rejection.operation(),
                        rejection.breach().with(more.toString()));
    }
}
