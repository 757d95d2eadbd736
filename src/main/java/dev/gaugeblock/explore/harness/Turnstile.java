package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;

/**
 * What a lock left out looks like: a section for one that nothing guards, in plain fields and without a scheduling
 * point. It is none of {@code pathfinder}, whose fields Java PathFinder takes for its own. Only an engine that switches
 * tasks at accesses to fields can find two inside.
 */
public final class Turnstile implements ProgramListener {
    /** The violation's id. */
    public static final String ID = "unguarded-section";

    private boolean inside;

    @Override
    public void begins(int program, LitmusOperation operation) {
        if (inside) {
            throw new InvariantBroken(ID, "two programs are in a section for one");
        }
        inside = true;
        inside = false;
    }

    @Override
    public void ended(int program, LitmusOperation operation, String result) {}
}
