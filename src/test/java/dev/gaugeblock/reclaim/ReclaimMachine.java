package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;

/** A booted machine with one zone, DMA, its LRU lists, and the simplest shrinkers. One thing happens at a time. */
final class ReclaimMachine {
    final SequentialScheduler scheduler = new SequentialScheduler();
    final Task task = Task.process(Cpu.create(1, scheduler)[0]);
    final PageAllocator allocator;
    final Zone zone;
    final ZoneLru[] counts;
    final LruLists lists;
    final PageShrinker shrinker;

    ReclaimMachine(int frames) {
        MemoryLayout layout = new MemoryLayout(0, frames, 0, 0);
        Collaborators none = new Collaborators(
                (zones, gfp, order, reclaimer) -> 0,
                (gfp, killer) -> {},
                new Awake(),
                (write, jiffies, sleeper) -> {},
                (frame, clearer) -> {},
                new Strict(),
                (granted, gfp, order, mark, to) -> {});
        allocator = Boot.start(layout, new Cpu[] {task.cpu}, false, none, scheduler);
        new BootFreeing(allocator, layout, task).free("blocks");
        zone = allocator.memory().zone(Zone.DMA);
        counts = ZoneLru.of(allocator.memory(), scheduler);
        LruLists[] all = LruLists.of(allocator.memory(), counts);
        lists = all[Zone.DMA];
        shrinker = new PageShrinker(allocator, all);
    }

    /** A frame straight from the free lists. */
    PageFrame allocate() {
        return allocator.takeUnprepared(zone, 0, task);
    }

    ReclaimMachine active(int frames) {
        for (int i = 0; i < frames; i++) {
            lists.addActive(allocate(), task);
        }
        return this;
    }

    ReclaimMachine inactive(int frames) {
        for (int i = 0; i < frames; i++) {
            lists.addInactive(allocate(), task);
        }
        return this;
    }

    /** A kswapd of the only node, over the shrinkers. */
    Kswapd kswapd() {
        NodeBalance balance = new NodeBalance(
                allocator.memory().node(0),
                counts,
                shrinker,
                (write, jiffies, sleeper) -> {},
                allocator.observer(),
                scheduler);
        return new Kswapd(allocator.memory().node(0), balance, allocator.observer(), task, scheduler);
    }

    private static final class Awake implements KswapdQueue {
        @Override
        public boolean isAsleep(int node, Task task) {
            return false;
        }

        @Override
        public void wakeUp(int node, Task task) {
            throw new AssertionError("it is awake");
        }
    }

    private static final class Strict implements KernelLog {
        @Override
        public void allocationFailure(int gfp, int order) {
            throw new AssertionError("no memory");
        }

        @Override
        public void badPage(String function, PageFrame frame) {
            throw new AssertionError(function + ": " + frame);
        }

        @Override
        public void wrongZoneAlignment(Zone zone) {}
    }
}
