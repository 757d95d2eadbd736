package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;

/** The reference in the place of somebody's allocator. It knows nothing of who explores it. */
public final class ReferenceSubject implements Subject.References, Subject.Draining, Stateful {
    private PageAllocator allocator;
    private int cpuCount;

    /** Around it there is nothing: no kswapd, and nothing to reclaim. */
    private static final class Nobody implements KswapdQueue, KernelLog, AllocationObserver {
        @Override
        public boolean isAsleep(int node, Task task) {
            return false;
        }

        @Override
        public void wakeUp(int node, Task task) {}

        @Override
        public void allocationFailure(int gfp, int order) {}

        @Override
        public void badPage(String function, PageFrame frame) {
            throw new IllegalStateException("bad page state in " + function + ": " + frame);
        }

        @Override
        public void wrongZoneAlignment(Zone zone) {}

        @Override
        public void granted(Zone zone, int gfp, int order, int mark, Task task) {}
    }

    @Override
    public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {
        cpuCount = cpus.length;
        int[] frames = new int[Zone.COUNT];
        for (int zone = 0; zone < machine.zones(); zone++) {
            frames[index(machine.zone(zone))] = machine.zone(zone).frames();
        }
        MemoryLayout memory =
                new MemoryLayout(machine.zone(0).first(), frames[Zone.DMA], frames[Zone.NORMAL], frames[Zone.HIGHMEM]);
        for (int frame = memory.startPfn(); frame < memory.endPfn(); frame++) {
            if (!machine.isUsable(frame)) {
                memory.reserve(frame, 1);
            }
        }
        Nobody nobody = new Nobody();
        Collaborators around = new Collaborators(
                (zones, gfp, order, task) -> 0,
                (gfp, task) -> {
                    throw new IllegalStateException("out of memory");
                },
                nobody,
                (write, jiffies, task) -> {},
                (frame, task) -> {},
                nobody,
                nobody);
        allocator = Boot.start(memory, cpus, false, around, scheduler);
        set(machine);
        new BootFreeing(allocator, memory, Task.process(cpus[0])).free("blocks");
    }

    private static int index(ZoneDescription zone) {
        for (int index = 0; index < Zone.COUNT; index++) {
            if (Zone.name(index).equals(zone.name())) {
                return index;
            }
        }
        throw new IllegalArgumentException(zone + " is none that a machine of one node has");
    }

    private void set(MachineDescription machine) {
        for (int i = 0; i < machine.zones(); i++) {
            ZoneDescription zone = machine.zone(i);
            Zone own = allocator.memory().zone(index(zone));
            own.marks.set(zone.marks()[0], zone.marks()[1], zone.marks()[2]);
            for (int index = 0; index < Zone.COUNT; index++) {
                own.marks.setLowmemReserve(index, zone.reserve()[index]);
            }
            for (int cpu = 0; cpu < cpuCount; cpu++) {
                if (zone.hot().length > 0) {
                    own.pageset(cpu).hotAtRest().setBounds(zone.hot()[0], zone.hot()[1], zone.hot()[2]);
                }
                if (zone.cold().length > 0) {
                    own.pageset(cpu).coldAtRest().setBounds(zone.cold()[0], zone.cold()[1], zone.cold()[2]);
                }
            }
        }
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        PageFrame block = allocator.alloc(gfp, order, task);
        return block == null ? NONE : block.pfn;
    }

    @Override
    public void free(int first, int order, Task task) {
        allocator.free(allocator.memory().frame(first), order, task);
    }

    @Override
    public void get(int first, Task task) {
        allocator.get(allocator.memory().frame(first), task);
    }

    @Override
    public void drain(Task task) {
        allocator.drain(task);
    }

    @Override
    public void writeState(StateSink out) {
        allocator.memory().writeState(out);
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            allocator.memory().writeListsOf(cpu, out);
        }
    }
}
