package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.program.LitmusOperation;

/** For a search: nobody wants to know. */
final class Silent implements ProgramListener {
    @Override
    public void begins(int program, LitmusOperation operation) {}

    @Override
    public void ended(int program, LitmusOperation operation, String result) {}
}
