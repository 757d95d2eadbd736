package dev.gaugeblock.api;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;

/**
 * A machine with the reference allocator, booted, to be called by one thread: the oracle of somebody's own tests. Each
 * CPU runs one process. Nothing can be reclaimed on it, so a request that would have to wait for memory is an error.
 */
public final class ReferenceMachine {
    private final MachineDescription description;
    private final PageAllocator allocator;
    private final Task[] tasks;

    private ReferenceMachine(MachineDescription description, PageAllocator allocator, Task[] tasks) {
        this.description = description;
        this.allocator = allocator;
        this.tasks = tasks;
    }

    /**
     * Boots a machine: its usable frames are free, in blocks as large as can be.
     *
     * @param description the machine, of one node
     * @return the machine
     * @throws IllegalArgumentException if a zone is none of DMA, Normal and HighMem of the only node, or they are out
     *     of order
     */
    public static ReferenceMachine boot(MachineDescription description) {
        int[] frames = new int[Zone.COUNT];
        int last = -1;
        for (int i = 0; i < description.zones(); i++) {
            ZoneDescription zone = description.zone(i);
            int index = indexOf(zone);
            if (index <= last || zone.node() != 0) {
                throw new IllegalArgumentException(zone + " is out of place: the zones are DMA, Normal and HighMem, in"
                        + " this order, of node 0");
            }
            frames[index] = zone.frames();
            last = index;
        }
        MemoryLayout memory = new MemoryLayout(
                description.zone(0).first(), frames[Zone.DMA], frames[Zone.NORMAL], frames[Zone.HIGHMEM]);
        for (int frame = memory.startPfn(); frame < memory.endPfn(); frame++) {
            if (!description.isUsable(frame)) {
                memory.reserve(frame, 1);
            }
        }
        SequentialScheduler scheduler = new SequentialScheduler();
        Cpu[] cpus = Cpu.create(description.cpus(), scheduler);
        PageAllocator allocator =
                Boot.start(MachineLayout.of(memory), cpus, false, NoReclaim.collaborators(), scheduler);
        Task[] tasks = new Task[cpus.length];
        for (int cpu = 0; cpu < tasks.length; cpu++) {
            tasks[cpu] = Task.process(cpus[cpu]);
        }
        new BootFreeing(allocator, memory, tasks[0]).free("blocks");
        ReferenceMachine machine = new ReferenceMachine(description, allocator, tasks);
        machine.set(description);
        return machine;
    }

    private static int indexOf(ZoneDescription zone) {
        for (int index = 0; index < Zone.COUNT; index++) {
            if (Zone.name(index).equals(zone.name())) {
                return index;
            }
        }
        throw new IllegalArgumentException(zone + " is none of DMA, Normal and HighMem");
    }

    private void set(MachineDescription described) {
        for (int i = 0; i < described.zones(); i++) {
            ZoneDescription zone = described.zone(i);
            Zone own = allocator.memory().zone(indexOf(zone));
            own.marks.set(zone.marks()[0], zone.marks()[1], zone.marks()[2]);
            for (int index = 0; index < Zone.COUNT; index++) {
                own.marks.setLowmemReserve(index, zone.reserve()[index]);
            }
            for (int cpu = 0; cpu < tasks.length; cpu++) {
                if (zone.hot().length > 0) {
                    own.pageset(cpu).hotAtRest().setBounds(zone.hot()[0], zone.hot()[1], zone.hot()[2]);
                }
                if (zone.cold().length > 0) {
                    own.pageset(cpu).coldAtRest().setBounds(zone.cold()[0], zone.cold()[1], zone.cold()[2]);
                }
            }
        }
    }

    /**
     * {@code alloc_pages} by the process of a CPU.
     *
     * @param cpu number of the CPU, from 0
     * @param gfp a request's bits as Linux has them, among them those of {@link Subject}
     * @param order 0 or more
     * @return the block's first frame, or {@link Subject#NONE}
     * @throws IllegalStateException if it would wait for memory
     */
    public int alloc(int cpu, int gfp, int order) {
        PageFrame block = allocator.alloc(gfp, order, tasks[cpu]);
        return block == null ? Subject.NONE : block.pfn;
    }

    /**
     * {@code __free_pages} by the process of a CPU.
     *
     * @param cpu number of the CPU, from 0
     * @param first first frame of a block
     * @param order that it was allocated with
     * @throws dev.gaugeblock.machine.KernelBug if nobody holds a reference to it
     */
    public void free(int cpu, int first, int order) {
        allocator.free(allocator.memory().frame(first), order, tasks[cpu]);
    }

    /**
     * {@code get_page}: one more reference to a block, by its first frame.
     *
     * @param cpu number of the CPU, from 0
     * @param first first frame of a block
     */
    public void get(int cpu, int first) {
        allocator.get(allocator.memory().frame(first), tasks[cpu]);
    }

    /**
     * {@code drain_local_pages}: what a CPU has for itself goes back to the free lists.
     *
     * @param cpu number of the CPU, from 0
     */
    public void drain(int cpu) {
        allocator.drain(tasks[cpu]);
    }

    /**
     * {@return how many frames of a zone, by its index, are free: in its free lists and on all CPUs' own lists}
     *
     * @param zone index of the zone, from 0
     */
    public int freeFrames(int zone) {
        Zone own = allocator.memory().zone(indexOf(description.zone(zone)));
        int free = 0;
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            free += own.buddyAtRest().freeBlocks(order).length << order;
        }
        for (int cpu = 0; cpu < tasks.length; cpu++) {
            free += own.pageset(cpu).hotAtRest().count()
                    + own.pageset(cpu).coldAtRest().count();
        }
        return free;
    }

    /**
     * {@return the first frames of a zone's free blocks of an order, 0..10, in the order of its list}
     *
     * @param zone index of the zone, from 0
     * @param order 0..10
     */
    public int[] freeBlocks(int zone, int order) {
        return allocator
                .memory()
                .zone(indexOf(description.zone(zone)))
                .buddyAtRest()
                .freeBlocks(order);
    }
}
