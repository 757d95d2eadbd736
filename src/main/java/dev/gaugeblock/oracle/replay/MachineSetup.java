package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.Build;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine that is being described and not yet booted. Each method throws {@link IllegalArgumentException} for what
 * no machine has.
 */
public final class MachineSetup {
    private final Build build;
    private @Nullable MemoryLayout layout;
    private int cpus = 1;

    public MachineSetup(Build build) {
        this.build = build;
    }

    public void zones(int[] sizes, int start) {
        if (layout != null) {
            throw new IllegalArgumentException("the zones of this machine were given before");
        }
        layout = new MemoryLayout(start, sizes[Zone.DMA], sizes[Zone.NORMAL], sizes[Zone.HIGHMEM]);
    }

    public void cpus(int count) {
        requireZones();
        cpus = count;
    }

    public void holes(int[] frames) {
        MemoryLayout memory = requireZones();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            memory.holes(zone, frames[zone]);
        }
    }

    public void reserve(int pfn, int count) {
        requireZones().reserve(pfn, count);
    }

    /** The machine, all of whose frames are still reserved. */
    Machine machine() {
        return new Machine(requireZones(), cpus, build);
    }

    /** The memory as it was described; an {@link IllegalArgumentException} if nothing was said yet. */
    private MemoryLayout requireZones() {
        MemoryLayout described = layout;
        if (described == null) {
            throw new IllegalArgumentException("the machine has no memory yet: \"zones\" comes first");
        }
        return described;
    }
}
