package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import java.util.List;

/**
 * A rule that an implementation broke.
 *
 * @param reason what is wrong, with the numbers
 * @param involved the live blocks that are in question
 * @param lifts what the implementation might declare so that it would be right, as in a file:
 *     {@code "max_order":11}; empty if nothing would
 */
public record Breach(Rule rule, String reason, List<Block> involved, String lifts) {
    Breach(Rule rule, String reason) {
        this(rule, reason, List.of(), "");
    }

    Breach(Rule rule, String reason, Block involved) {
        this(rule, reason, List.of(involved), "");
    }

    Breach(Rule rule, String reason, List<Block> involved) {
        this(rule, reason, involved, "");
    }

    /** The same, which would be none if that were declared. */
    Breach liftedBy(String declaration) {
        return new Breach(rule, reason, involved, declaration);
    }

    /** The same, with more about what is wrong. */
    public Breach with(String more) {
        return new Breach(rule, reason + more, involved, lifts);
    }
}
