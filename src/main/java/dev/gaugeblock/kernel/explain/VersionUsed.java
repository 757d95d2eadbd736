package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.rule.KernelVersion;

/**
 * The version whose rule was used.
 *
 * @param source how it is known
 * @param because what the assumption rests on; empty if nothing was assumed
 */
public record VersionUsed(KernelVersion version, Source source, String because) {
    /** How a version is known. */
    public enum Source {
        GIVEN("given"),
        LOG("from the log"),
        ASSUMED("assumed");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
