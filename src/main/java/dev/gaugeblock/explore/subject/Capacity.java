package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Gfp;

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

    /**
     * Has each CPU give back what it has for itself, if it can be told to, and takes single frames on each until it
     * gets no more, neither hot ones nor cold ones; again and again, as taking one may put more on a CPU's list, where
     * no other gets them. Returns how many.
     */
    static int takeAll(Subject subject, Cpu[] cpus) {
        int all = 0;
        int taken = takeOnce(subject, cpus);
        while (taken > 0) {
            all += taken;
            taken = takeOnce(subject, cpus);
        }
        return all;
    }

    private static int takeOnce(Subject subject, Cpu[] cpus) {
        for (Cpu cpu : cpus) {
            if (subject instanceof Subject.Draining) {
                ((Subject.Draining) subject).drain(Task.process(cpu));
            }
        }
        int frames = 0;
        for (Cpu cpu : cpus) {
            frames += take(subject, ANY_FRAME, cpu) + take(subject, ANY_FRAME | Gfp.COLD, cpu);
        }
        return frames;
    }

    private static int take(Subject subject, int gfp, Cpu cpu) {
        Task task = Task.process(cpu);
        int frames = 0;
        while (subject.alloc(gfp, 0, task) != Subject.NONE) {
            frames++;
        }
        return frames;
    }
}
