package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The frames of somebody else's allocator, held against the contract. Where its operations take effect nobody knows; so
 * the contract steps when a request returns with a block, and when a free is called: what another task is given in
 * between is the allocator's to answer for.
 */
public final class ForeignFrames implements FrameSource {
    private final FrameSource source;
    private final FrameContract contract;

    /** All frames of the machine that exist and are not reserved are free at first. */
    public ForeignFrames(FrameSource source, MachineLayout layout) {
        this.source = source;
        boolean[] reserved = new boolean[layout.endPfn() - layout.startPfn()];
        for (int i = 0; i < reserved.length; i++) {
            int pfn = layout.startPfn() + i;
            reserved[i] = !layout.exists(pfn) || layout.isReserved(pfn);
        }
        this.contract = new FrameContract(layout.startPfn(), reserved);
    }

    /** Who has which frame, by the contract. */
    public FrameContract contract() {
        return contract;
    }

    @Override
    public @Nullable PageFrame alloc(int node, int gfp, int order, Task task) {
        PageFrame block = source.alloc(node, gfp, order, task);
        if (block != null) {
            isGivenGhost(block, order);
        }
        return block;
    }

    @Ghost
    private void isGivenGhost(PageFrame block, int order) {
        require(contract.allocateGhost(block.pfn, order));
    }

    @Override
    public void free(PageFrame block, int order, Task task) {
        isDroppedGhost(block, order);
        source.free(block, order, task);
    }

    @Override
    public void put(PageFrame block, int order, boolean cold, Task task) {
        isDroppedGhost(block, order);
        source.put(block, order, cold, task);
    }

    @Ghost
    private void isDroppedGhost(PageFrame block, int order) {
        boolean isLast = contract.references(block.pfn) < 2;
        require(isLast ? contract.freeGhost(block.pfn, order) : contract.dropGhost(block.pfn));
    }

    @Override
    public void get(PageFrame block, Task task) {
        isTakenGhost(block);
        source.get(block, task);
    }

    @Ghost
    private void isTakenGhost(PageFrame block) {
        require(contract.getGhost(block.pfn));
    }

    @Override
    public void drain(Task task) {
        source.drain(task);
    }

    @Override
    public int freeFrames(int zone, boolean onLists) {
        return source.freeFrames(zone, onLists);
    }

    @Override
    public boolean isCounted(int zone, boolean isIdle) {
        return source.isCounted(zone, isIdle);
    }

    /** What the contract says begins with the id of its rule. */
    @Ghost
    private static void require(@Nullable String why) {
        if (why != null) {
            int end = why.indexOf(": ");
            throw new InvariantBroken(why.substring(0, end), why.substring(end + 2));
        }
    }
}
