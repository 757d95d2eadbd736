package dev.gaugeblock.mm;

import dev.gaugeblock.machine.AtRest;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.Holding;

/** What one CPU keeps of one zone, {@code per_cpu_pageset}: a list of cache-hot frames and one of cold ones. */
public final class PerCpuPageset {
    final Cpu cpu;
    private final @GuardedBy("cpu.interrupts") PerCpuPages hot;
    private final @GuardedBy("cpu.interrupts") PerCpuPages cold;

    PerCpuPageset(Zone zone, Cpu cpu) {
        this.cpu = cpu;
        int batch = batchFor(zone.present);
        hot = new PerCpuPages(zone, cpu, "hot", 2 * batch, 6 * batch, batch);
        cold = new PerCpuPages(zone, cpu, "cold", 0, 2 * batch, batch);
    }

    /** {@code pcp}: the list for a request or a free that wants, or leaves, a cold frame, or a hot one. */
    @GuardedBy("cpu.interrupts")
    PerCpuPages list(boolean wantsCold) {
        return wantsCold ? cold : hot;
    }

    /** The hot list; as the cold one for set-up, dumps and invariants, while nothing runs. */
    public PerCpuPages hotAtRest() {
        return AtRest.of(hot);
    }

    public PerCpuPages coldAtRest() {
        return AtRest.of(cold);
    }

    /** Gives all frames of both lists back to the buddy lists, the hot ones first. */
    @Holding("cpu.interrupts")
    void drainLocked(Task task) {
        assert cpu.interrupts.areOff() : task + " drains lists of " + cpu + " with interrupts on";
        hot.drainLocked(task);
        cold.drainLocked(task);
    }

    /**
     * A quarter of a thousandth of the zone's present frames, capped at 256 KiB before the quarter: 1..16 (behaviour
     * 4).
     */
    static int batchFor(int present) {
        int batch = present / 1024;
        if ((long) batch * PageFrame.SIZE > 256 * 1024) {
            batch = 256 * 1024 / PageFrame.SIZE;
        }
        return Math.max(batch / 4, 1);
    }
}
