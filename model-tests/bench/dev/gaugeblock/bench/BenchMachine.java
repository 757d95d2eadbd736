package dev.gaugeblock.bench;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A machine of one CPU and 1 GiB, all of it free in the largest blocks, with the watermarks that the kernel would set.
 *
 * <p>A case that needs frames in use extends it: of two states of a benchmark, each would get a machine of its own.
 */
@State(Scope.Thread)
public class BenchMachine {
    private static final int SEED = 0x2611;

    final PageAllocator allocator;
    final Memory memory;
    final Task task;
    private int random = SEED;

    public BenchMachine() {
        Scheduler scheduler = new SequentialScheduler();
        Cpu[] cpus = Cpu.create(1, scheduler);
        MemoryLayout layout = new MemoryLayout(0, 4096, 225_280, 32_768);
        task = Task.process(cpus[0]);
        allocator = Boot.start(layout, cpus, false, new NeverCalled().collaborators(), scheduler);
        memory = allocator.memory();
        new BootFreeing(allocator, layout, task).free("blocks");
        allocator.tuning().initialise(task);
    }

    /** A block of zone Normal. */
    PageFrame alloc(int order) {
        return allocator.alloc(Gfp.KERNEL, order, task);
    }

    void free(PageFrame block, int order) {
        allocator.free(block, order, task);
    }

    /** A number in 0..bound-1 (xorshift): the same ones in the same order on every machine. */
    int random(int bound) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return (int) ((random & 0xffff_ffffL) * bound >>> 32);
    }
}
