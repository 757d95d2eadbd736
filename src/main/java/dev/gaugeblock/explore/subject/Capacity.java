package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;

/**
 * How many frames somebody's allocator hands out on a machine, one after the other, until no CPU gets any more. It may
 * keep some for itself for ever; but as many as at boot must be there at the end.
 */
final class Capacity {
    /** A process that may have any frame, must not wait, and has no privilege. */
    private static final int ANY_FRAME = Subject.HIGHMEM;

    private final Instances<Subject> instances;
    private final MachineDescription machine;
    private final int[] nodeOfCpu;
    private int atBoot = -1;

    Capacity(Instances<Subject> instances, MachineDescription machine, int[] nodeOfCpu) {
        this.instances = instances;
        this.machine = machine;
        this.nodeOfCpu = nodeOfCpu;
    }

    MachineDescription machine() {
        return machine;
    }

    /** As many as a machine that has just booted. */
    synchronized int atBoot() {
        if (atBoot < 0) {
            SequentialScheduler scheduler = new SequentialScheduler();
            Cpu[] cpus = Cpu.create(nodeOfCpu, scheduler);
            Subject fresh = instances.make();
            fresh.boot(machine, cpus, scheduler);
            atBoot = takeAll(fresh, cpus);
        }
        return atBoot;
    }

    /** Takes single frames on each CPU until it gets no more. Returns how many. */
    static int takeAll(Subject subject, Cpu[] cpus) {
        int frames = 0;
        for (Cpu cpu : cpus) {
            Task task = Task.process(cpu);
            while (subject.alloc(ANY_FRAME, 0, task) != Subject.NONE) {
                frames++;
            }
        }
        return frames;
    }
}
