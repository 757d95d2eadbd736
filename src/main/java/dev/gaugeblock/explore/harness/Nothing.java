package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;

/** What a lock of a test's own guards. */
final class Nothing implements Stateful {
    @Override
    public void writeState(StateSink out) {}
}
