package org.example;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;

/** Hands out single frames: the first that is free, under one lock. */
public final class FirstFit implements Subject {
    private SpinLock lock;
    private boolean[] free;

    @Override
    public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {
        lock = new SpinLock("first-fit.lock", SpinLock.IRQ_SAFE, scheduler);
        free = new boolean[machine.endFrame()];
        for (int frame = 0; frame < free.length; frame++) {
            free[frame] = machine.isUsable(frame);
        }
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        if (order > 0) {
            return NONE;
        }
        boolean were = task.cpu.interrupts.save(task);
        lock.acquire(task);
        int found = firstFree();
        if (found != NONE) {
            free[found] = false;
        }
        lock.release(task);
        task.cpu.interrupts.restore(were, task);
        return found;
    }

    private int firstFree() {
        for (int frame = 0; frame < free.length; frame++) {
            if (free[frame]) {
                return frame;
            }
        }
        return NONE;
    }

    @Override
    public void free(int first, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        lock.acquire(task);
        free[first] = true;
        lock.release(task);
        task.cpu.interrupts.restore(were, task);
    }
}
