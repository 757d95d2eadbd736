package dev.gaugeblock.oracle;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.Zone;
import java.util.List;

/** A booted machine with the reference allocator, and what an event can do to it from outside. */
final class Machine {
    final PageAllocator allocator;
    final Node node;
    final MemoryTuning tuning;
    final Surroundings surroundings = new Surroundings(this::perform);

    private final MemoryLayout layout;
    private final Cpu[] cpus;

    Machine(MemoryLayout layout, int cpuCount, boolean hugetlb) {
        Scheduler scheduler = new Scheduler(surroundings);
        this.layout = layout;
        this.cpus = Cpu.create(cpuCount, scheduler);
        this.allocator = Boot.start(layout, cpus, hugetlb, surroundings.collaborators(), scheduler);
        this.node = allocator.node();
        this.tuning = new MemoryTuning(node);
    }

    /** Hands the memory to the allocator, in the order of a boot mode. */
    void free(String bootMode) {
        new BootFreeing(allocator, layout, Task.process(cpus[0])).free(bootMode);
    }

    int cpuCount() {
        return cpus.length;
    }

    /** An ordinary process on a CPU. */
    Task process(int cpu) {
        return Task.process(cpu(cpu));
    }

    /** A task with the bits of {@code alloc}: 1 real-time, 2 in interrupt, 4 PF_MEMALLOC, 8 TIF_MEMDIE. */
    Task task(int cpu, int bits) {
        Task task = new Task("CPU " + cpu, cpu(cpu), (bits & 2) != 0, (bits & 1) != 0);
        task.memalloc = (bits & 4) != 0;
        task.memdie = (bits & 8) != 0;
        return task;
    }

    private Cpu cpu(int number) {
        if (number >= cpus.length) {
            throw new IllegalArgumentException("CPU " + number + " does not exist: the machine has " + cpus.length);
        }
        return cpus[number];
    }

    /** {@code free_pages} of the three zones. */
    List<Object> freePages() {
        return List.of(freePages(Zone.DMA), freePages(Zone.NORMAL), freePages(Zone.HIGHMEM));
    }

    private Object freePages(int zone) {
        return (long) node.zone(zone).counts.freePages.peek();
    }

    /** Throws {@link IllegalArgumentException} if the script has an action that this machine cannot perform. */
    void requireFits(Script script) {
        for (Script.Action action : script.actions()) {
            cpu(action.cpu());
            node.frame(action.pfn());
            int highest = action.cold() ? 0 : BuddyLists.MAX_ORDER - 1; // what is freed cold is a single frame
            if (action.order() > highest) {
                throw new IllegalArgumentException("order " + action.order() + " in a script is not in 0.." + highest);
            }
        }
    }

    private void perform(Script.Action action) {
        Task task = process(action.cpu());
        if (action.cold()) {
            allocator.freeCold(node.frame(action.pfn()), task);
        } else {
            allocator.free(node.frame(action.pfn()), action.order(), task);
        }
    }

    /** After a BUG the memory stays as it was left, but nobody holds a lock or keeps interrupts off any more. */
    void recover() {
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            node.zone(zone).lock.breakOpen();
        }
        for (Cpu cpu : cpus) {
            cpu.interrupts.set(true);
        }
    }

    /** Runs one operation after the other, and notes where one offers its CPU to others. */
    private static final class Scheduler extends SequentialScheduler {
        private final Surroundings surroundings;

        Scheduler(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public void condResched(Task task) {
            surroundings.note("cond_resched");
        }
    }
}
