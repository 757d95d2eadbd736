package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Simulation;

/** The end of an execution whose machine is still there to be asked. */
public record SimulatedEnd(Simulation simulation) implements EndState {
    @Override
    public int pfn(int variable) {
        return simulation.number(variable);
    }

    @Override
    public boolean isKswapdAwake(int node) {
        return simulation.isKswapdAwake(node);
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
