package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.mm.FreeListKeeper;
import dev.gaugeblock.mm.MachineLayout;

/** The reference with somebody's free lists in its zones. */
final class ForeignFreeLists extends ForeignAllocator implements FreeListKeeper.Maker {
    private final Instances<FreeLists> instances;
    private final MachineLayout layout;

    ForeignFreeLists(Instances<FreeLists> instances, MachineLayout layout) {
        this.instances = instances;
        this.layout = layout;
    }

    @Override
    public FreeListKeeper.Maker keepers() {
        return this;
    }

    @Override
    public FreeListKeeper make(String zone, int startPfn, int frames) {
        int node = 0;
        while (startPfn >= layout.node(node).endPfn()) {
            node++;
        }
        return new CheckedLists(instances.make(), new ZoneDescription(zone, node, startPfn, frames));
    }

    /** Each zone has its lists checked, when its lock is free. */
    @Override
    public void check(boolean isIdle, int held) {}

    /** Each zone writes its lists. */
    @Override
    public void writeState(StateSink out) {}
}
