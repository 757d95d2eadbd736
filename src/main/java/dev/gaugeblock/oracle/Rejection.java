package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonText;
import java.util.stream.Collectors;

/**
 * Where an implementation broke the contract.
 *
 * @param line of the file, from 1
 * @param event number of the event, from 0
 * @param operation the event as JSON
 */
public record Rejection(long line, long event, String operation, Breach breach) {
    static Rejection of(Event event, Breach breach) {
        return new Rejection(event.position().line(), event.number(), JsonText.of(event.fields()), breach);
    }

    /** The rule, what is wrong, and since when the blocks in question are owned. */
    public String text() {
        String involved = breach.involved().stream().map(Block::toString).collect(Collectors.joining(", "));
        return breach.rule().id() + ": " + breach.reason() + (involved.isEmpty() ? "" : "; live: " + involved)
                + (breach.lifts().isEmpty() ? "" : "; right if the allocator declares " + breach.lifts());
    }
}
