package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the rule says of one zone.
 *
 * @param dump the zone, as it was printed
 * @param numbers what was put into the rule, {@code null} if it was not asked
 * @param result what came of it, likewise
 * @param margin by how many pages the dump is inexact here; {@code null} if that is not known
 * @param says the reason, in a sentence
 */
public record ZoneAnswer(
        ZoneDump dump,
        State state,
        @Nullable ZoneNumbers numbers,
        @Nullable WatermarkResult result,
        @Nullable Long margin,
        String says) {
    /** How a zone stands to a request. */
    public enum State {
        PASSES("passes"),
        REFUSED("refused"),
        UNKNOWN("not known"),
        NOT_PERMITTED("not permitted"),
        OTHER_NODE("other node"),
        EMPTY("empty");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
