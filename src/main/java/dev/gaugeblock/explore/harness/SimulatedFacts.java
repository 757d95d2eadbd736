package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.mm.Zone;

/** The present state of a machine that is there to be asked. Where counts are asked, their guards must be free. */
public final class SimulatedFacts implements Facts {
    private final Simulation simulation;

    public SimulatedFacts(Simulation simulation) {
        this.simulation = simulation;
    }

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
        Processes processes = simulation.processes();
        return processes != null && processes.isKilled(pid);
    }

    @Override
    public boolean hasSlept(int cpu, boolean interrupt) {
        return simulation.hasSlept(cpu, interrupt);
    }

    @Override
    public int freeFrames(int number, boolean onLists) {
        Zone zone = simulation.allocator().memory().zone(number);
        int free = zone.counts.freePages.peek();
        for (int cpu = 0; onLists && cpu < simulation.cpuCount(); cpu++) {
            free += zone.pageset(cpu).hotAtRest().count();
            free += zone.pageset(cpu).coldAtRest().count();
        }
        return free;
    }
}
