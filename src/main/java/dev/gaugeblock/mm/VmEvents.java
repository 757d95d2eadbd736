package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;

/** What one CPU counts of allocations and frees, {@code struct page_state}; guarded by the CPU's interrupts being off. */
final class VmEvents {
    private final Cpu cpu;
    private final long[] allocated = new long[Zone.COUNT];
    private long freed;

    VmEvents(Cpu cpu) {
        this.cpu = cpu;
    }

    /** {@code pgalloc_*}: frames handed out from a zone. */
    void countAllocated(int zone, int frames, Task task) {
        boolean was = cpu.interrupts.save(task);
        countAllocatedLocked(zone, frames);
        cpu.interrupts.restore(was, task);
    }

    /** {@code pgfree}: frames given back. */
    void countFreed(int frames, Task task) {
        boolean was = cpu.interrupts.save(task);
        countFreedLocked(frames);
        cpu.interrupts.restore(was, task);
    }

    private void countAllocatedLocked(int zone, int frames) {
        assert cpu.interrupts.areOff() : cpu + " counts allocations with interrupts on";
        allocated[zone] += frames;
    }

    private void countFreedLocked(int frames) {
        assert cpu.interrupts.areOff() : cpu + " counts frees with interrupts on";
        freed += frames;
    }

    long allocated(int zone) {
        return allocated[zone];
    }

    long freed() {
        return freed;
    }
}
