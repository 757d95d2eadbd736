package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.condition.Reads;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.machine.SharedWord;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Which steps may change what a test's conditions with always can see: what they look at, or whether its guards are
 * free. The order of all these steps matters, so that a reduction comes by every sequence of what can be seen.
 *
 * <p>A variable changes in the step that writes its word. The number of free frames in a zone's free lists changes, and
 * can or cannot be seen, in the steps that take the zone's lock, and in those that are taken with it. What lies on the
 * lists of CPUs, what somebody's allocator counts, what has happened, and which buffers there are can change in the
 * course of any step.
 */
public final class Watch {
    private static final Watch NOTHING = new Watch(false, Set.of());

    private final boolean everything;
    private final Set<String> names;

    /**
     * A watch.
     *
     * @param everything whether every step may change something
     * @param names of the words and locks that matter
     */
    public Watch(boolean everything, Set<String> names) {
        this.everything = everything;
        this.names = Set.copyOf(names);
    }

    /** For the test of a machine that has booted, and has not run any program. */
    public static Watch of(Simulation booted) {
        if (booted.always().length == 0) {
            return NOTHING;
        }
        ForeignAllocator foreign = booted.foreign();
        boolean isWhole = foreign != null && foreign.frames() != null;
        boolean everything = false;
        Set<String> names = new HashSet<>();
        for (Always each : booted.always()) {
            Reads reads = each.reads();
            boolean theyCount = isWhole && !reads.zones().isEmpty();
            everything |= theyCount || reads.countLists() || reads.askWhatHappened();
            for (int zone : reads.zones()) {
                names.add(booted.allocator().memory().zone(zone).lock.toString());
            }
            for (int variable : reads.variables()) {
                SharedWord word = booted.assignments().word(variable);
                everything |= word == null && !booted.assignments().isAssigned(variable);
                names.add(String.valueOf(word));
            }
        }
        return new Watch(everything, names);
    }

    /**
     * Whether a step may change what can be seen.
     *
     * @param held names of the locks that its task holds before it
     */
    public boolean sees(Step step, Set<String> held) {
        return everything || names.contains(step.object()) || !Collections.disjoint(names, held);
    }
}
