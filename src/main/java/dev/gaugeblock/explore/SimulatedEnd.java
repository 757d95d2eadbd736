package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.mm.PageFrame;

/** The end of an execution whose machine is still there to be asked. */
public record SimulatedEnd(Simulation simulation) implements EndState {
    @Override
    public int pfn(int variable) {
        PageFrame frame = simulation.value(variable);
        return frame == null ? -1 : frame.pfn;
    }

    @Override
    public boolean isKswapdAwake() {
        return simulation.isKswapdAwake();
    }

    @Override
    public boolean isKilled(int pid) {
        return simulation.isKilledProcess(pid);
    }

    @Override
    public boolean hasSlept(int cpu, boolean interrupt) {
        return simulation.hasSlept(cpu, interrupt);
    }
}
