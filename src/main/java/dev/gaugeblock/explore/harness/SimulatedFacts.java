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
    public boolean hasSlept(int program) {
        return simulation.hasSlept(program);
    }

    @Override
    public int freeFrames(int zone, boolean onLists) {
        return simulation.source().freeFrames(zone, onLists);
    }

    @Override
    public int priority(int zone, boolean last) {
        Zone asked = simulation.allocator().memory().zone(zone);
        return last ? asked.prevPriority.peek() : asked.tempPriority.peek();
    }

    @Override
    public boolean isGivenUp(int zone) {
        return simulation.allocator().memory().zone(zone).allUnreclaimable.peek() != 0;
    }

    @Override
    public boolean isSettled(int zone) {
        return simulation.source().isCounted(zone, simulation.isIdle());
    }
}
