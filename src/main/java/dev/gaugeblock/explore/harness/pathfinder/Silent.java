package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.Operation;
import dev.gaugeblock.explore.harness.ProgramListener;

/** For a search: nobody wants to know. */
final class Silent implements ProgramListener {
    @Override
    public void begins(int program, Operation operation) {}

    @Override
    public void ended(int program, Operation operation, String result) {}
}
