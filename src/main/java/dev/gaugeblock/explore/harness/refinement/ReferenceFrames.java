package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The frames of the reference; what is asked of it, and what it answers, is told to the contract. */
public final class ReferenceFrames implements FrameSource {
    private final PageAllocator allocator;
    private final Cpu[] cpus;
    private final Refinement refinement;

    /** Those that it hands out. */
    public ReferenceFrames(PageAllocator allocator, Cpu[] cpus, Refinement refinement) {
        this.allocator = allocator;
        this.cpus = cpus;
        this.refinement = refinement;
    }

    @Override
    public @Nullable PageFrame alloc(int node, int gfp, int order, Task task) {
        refinement.asksGhost(gfp, order, task);
        PageFrame block = allocator.allocOnNode(node, gfp, order, task);
        refinement.isAnsweredGhost(block, task);
        return block;
    }

    @Override
    public void free(PageFrame block, int order, Task task) {
        allocator.free(block, order, task);
    }

    @Override
    public void put(PageFrame block, int order, boolean cold, Task task) {
        refinement.putsGhost(true, task);
        if (cold) {
            allocator.freeCold(block, task);
        } else {
            allocator.free(block, order, task);
        }
        refinement.putsGhost(false, task);
    }

    @Override
    public void get(PageFrame block, Task task) {
        allocator.get(block, task);
    }

    @Override
    public void drain(Task task) {
        refinement.movesGhost();
        allocator.drain(task);
        refinement.movesGhost();
    }

    @Override
    public int freeFrames(int number, boolean onLists) {
        Zone zone = allocator.memory().zone(number);
        int free = zone.counts.freePages.peek();
        for (int cpu = 0; onLists && cpu < cpus.length; cpu++) {
            free += zone.pageset(cpu).hotAtRest().count();
            free += zone.pageset(cpu).coldAtRest().count();
        }
        return free;
    }

    /** A CPU that has its interrupts off moves frames between its lists and the zone with the zone's lock alone. */
    @Override
    public boolean isCounted(int number, boolean isIdle) {
        return allocator.memory().zone(number).lock.isFree();
    }
}
