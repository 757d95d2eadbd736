package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.SimulatedFacts;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.explore.state.Renaming;
import java.util.Arrays;

/**
 * How an execution would have ended, had alike CPUs had other numbers.
 *
 * @param back from the numbers that they would have had to those that they have
 */
public record RenamedEnd(Simulation simulation, Renaming back) implements Facts {
    /** The outcome's line. */
    public String outcome(String[] variables) {
        int[] cpus = new int[simulation.cpuCount()];
        Arrays.setAll(cpus, back::cpu);
        int[] values = new int[variables.length];
        Arrays.setAll(values, back::variable);
        return Outcome.of(simulation, variables, values, cpus);
    }

    private SimulatedFacts facts() {
        return new SimulatedFacts(simulation);
    }

    @Override
    public int pfn(int variable) {
        return facts().pfn(back.variable(variable));
    }

    @Override
    public boolean isKswapdAwake(int node) {
        return simulation.isKswapdAwake(node);
    }

    @Override
    public boolean hasSlept(int program) {
        return simulation.hasSlept(back.program(program));
    }

    @Override
    public boolean isKilled(int pid) {
        return facts().isKilled(pid);
    }

    @Override
    public int freeFrames(int zone, boolean onLists) {
        return facts().freeFrames(zone, onLists);
    }

    @Override
    public int priority(int zone, boolean last) {
        return facts().priority(zone, last);
    }

    @Override
    public boolean isGivenUp(int zone) {
        return facts().isGivenUp(zone);
    }
}
