package dev.gaugeblock.mm;

import dev.gaugeblock.machine.AtRest;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/**
 * What one CPU counts of allocations and frees, {@code struct page_state}; guarded by the CPU's interrupts being off.
 */
final class VmEvents {
    private final Cpu cpu;
    private final @GuardedBy("cpu.interrupts") Counts counts;

    VmEvents(Cpu cpu) {
        this.cpu = cpu;
        this.counts = new Counts(cpu);
    }

    /** {@code pgalloc_*}: frames handed out from a zone. */
    void countAllocated(int zone, int frames, Task task) {
        boolean was = cpu.interrupts.save(task);
        counts.addAllocatedLocked(zone, frames);
        cpu.interrupts.restore(was, task);
    }

    /** {@code pgfree}: frames given back. */
    void countFreed(int frames, Task task) {
        boolean was = cpu.interrupts.save(task);
        counts.addFreedLocked(frames);
        cpu.interrupts.restore(was, task);
    }

    /** A task reclaims memory on its own time. */
    void countStall(Task task) {
        boolean was = cpu.interrupts.save(task);
        counts.addStallLocked();
        cpu.interrupts.restore(was, task);
    }

    /** Frames handed out from a zone so far; as the frames given back for dumps, while nothing runs. */
    long allocatedAtRest(int zone) {
        return AtRest.of(counts).allocated[zone];
    }

    long freedAtRest() {
        return AtRest.of(counts).freed;
    }

    long stallsAtRest() {
        return AtRest.of(counts).stalls;
    }

    private static final class Counts {
        private final Cpu cpu;
        private final long[] allocated = new long[Zone.COUNT];
        private long freed;
        private long stalls;

        Counts(Cpu cpu) {
            this.cpu = cpu;
        }

        void addAllocatedLocked(@GuardSatisfied Counts this, int zone, int frames) {
            assert cpu.interrupts.areOff() : cpu + " counts allocations with interrupts on";
            allocated[zone] += frames;
        }

        void addFreedLocked(@GuardSatisfied Counts this, int frames) {
            assert cpu.interrupts.areOff() : cpu + " counts frees with interrupts on";
            freed += frames;
        }

        void addStallLocked(@GuardSatisfied Counts this) {
            assert cpu.interrupts.areOff() : cpu + " counts a stall with interrupts on";
            stalls++;
        }
    }
}
