package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.ZoneLru;

/**
 * How an execution ended, as one canonical line: what each variable got, and the whole state of the memory, lists in
 * their order. Two executions have the same outcome if their lines are equal, whatever engine ran them.
 */
public final class Outcome {
    private Outcome() {}

    /**
     * The line for a simulation in which nothing runs.
     *
     * @param variables names, by variable number
     */
    public static String of(Simulation simulation, String[] variables) {
        return of(simulation, variables, numbers(variables.length), numbers(simulation.cpuCount()));
    }

    /**
     * The line that there would be if variables and CPUs had other numbers.
     *
     * @param values for each variable of {@code variables}, the number of that whose value it would have
     * @param cpus for each CPU, the number of that whose lists it would have
     */
    public static String of(Simulation simulation, String[] variables, int[] values, int[] cpus) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < variables.length; i++) {
            if (simulation.assignments().isAssigned(values[i])) {
                int value = simulation.number(values[i]);
                line.append(variables[i]).append('=');
                line.append(value < 0 ? "NULL" : Integer.toString(value));
                line.append(' ');
            }
        }
        Memory memory = simulation.allocator().memory();
        for (int node = 0; node < memory.nodes(); node++) {
            if (simulation.isKswapdAwake(node)) {
                line.append("kswapd").append(memory.nodes() == 1 ? "" : Integer.toString(node));
                line.append("-woken:").append(memory.node(node).kswapdMaxOrder.peek());
                line.append(' ');
            }
        }
        Processes processes = simulation.processes();
        line.append(processes == null ? "" : processes.killed());
        appendMemory(line.append("| "), simulation, cpus);
        return line.toString();
    }

    /** The state of the memory alone, in the same form. */
    public static String memory(Simulation simulation) {
        StringBuilder line = new StringBuilder();
        appendMemory(line, simulation, numbers(simulation.cpuCount()));
        return line.toString();
    }

    private static int[] numbers(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static void appendMemory(StringBuilder line, Simulation simulation, int[] cpus) {
        Memory memory = simulation.allocator().memory();
        String separator = "";
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (zone.spanned == 0) {
                continue;
            }
            line.append(separator).append(zone.name()).append(" free ").append(free(zone, simulation));
            separator = "; ";
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                append(line, " order " + order, zone.buddyAtRest().freeBlocks(order));
            }
            for (int cpu = 0; cpu < cpus.length; cpu++) {
                append(line, " hot" + cpu, zone.pageset(cpus[cpu]).hotAtRest());
                append(line, " cold" + cpu, zone.pageset(cpus[cpu]).coldAtRest());
            }
            Reclaimers reclaimers = simulation.reclaimers();
            if (reclaimers != null) {
                appendReclaim(line, zone, reclaimers);
            }
        }
        appendWindow(line, simulation);
        BufferUses buffers = simulation.buffers();
        if (buffers != null) {
            buffers.append(line);
        }
    }

    /** What the buddy lists have; of somebody's allocator, all that it counts, if it can be asked. */
    private static String free(Zone zone, Simulation simulation) {
        ForeignAllocator foreign = simulation.foreign();
        if (foreign == null || foreign.frames() == null) {
            return Integer.toString(zone.counts.freePages.peek());
        }
        return simulation.source().isCounted(zone.number, simulation.isIdle())
                ? Integer.toString(simulation.source().freeFrames(zone.number, true))
                : "?";
    }

    /** What is left to reclaim in a zone, and what the next reclaim starts from; what is as at boot is left out. */
    private static void appendReclaim(StringBuilder line, Zone zone, Reclaimers reclaimers) {
        append(line, " active", reclaimers.lists(zone.number).active());
        append(line, " inactive", reclaimers.lists(zone.number).inactive());
        ZoneLru counts = reclaimers.counts(zone.number);
        append(line, " put-off-active ", counts.scanActive.peek(), 0);
        append(line, " put-off-inactive ", counts.scanInactive.peek(), 0);
        append(line, " temp-priority ", zone.tempPriority.peek(), Zone.DEF_PRIORITY);
        append(line, " prev-priority ", zone.prevPriority.peek(), Zone.DEF_PRIORITY);
        append(line, " scanned ", zone.pagesScanned.peek(), 0);
        line.append(zone.allUnreclaimable.peek() != 0 ? " given-up" : "");
    }

    private static void append(StringBuilder line, String name, int value, int usual) {
        if (value != usual) {
            line.append(name).append(value);
        }
    }

    /** Each slot's count and frame, if any was used, and where the hand stands. */
    private static void appendWindow(StringBuilder line, Simulation simulation) {
        Kmap kmap = simulation.highmem().kmap();
        int slots = simulation.highmem().layout().lastPkmap();
        boolean used = kmap.hand() != 0;
        for (int slot = 0; slot < slots; slot++) {
            used |= kmap.mappedPfn(slot) >= 0;
        }
        if (!used) {
            return;
        }
        line.append("; kmap hand ").append(kmap.hand());
        for (int slot = 0; slot < slots; slot++) {
            if (kmap.mappedPfn(slot) >= 0) {
                line.append(" slot").append(slot).append(" [").append(kmap.mappedPfn(slot));
                line.append(" count ").append(kmap.count(slot)).append(']');
            }
        }
    }

    private static void append(StringBuilder line, String name, PerCpuPages list) {
        append(line, name, list.pfns());
    }

    private static void append(StringBuilder line, String name, int[] pfns) {
        if (pfns.length == 0) {
            return;
        }
        line.append(name).append(" [");
        for (int i = 0; i < pfns.length; i++) {
            line.append(i == 0 ? "" : " ").append(pfns[i]);
        }
        line.append(']');
    }
}
