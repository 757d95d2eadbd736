package dev.gaugeblock.contract;

import java.util.List;

/**
 * An event broke a rule.
 *
 * @param reason what is wrong, in a sentence that names the frames
 * @param involved the blocks that are owned already and that it is about
 */
public record Breach(Rule rule, String reason, List<Block> involved) implements Judgement {
    Breach(Rule rule, String reason) {
        this(rule, reason, List.of());
    }

    Breach(Rule rule, String reason, Block involved) {
        this(rule, reason, List.of(involved));
    }
}
