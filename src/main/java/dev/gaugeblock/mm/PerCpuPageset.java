package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;

/** What one CPU keeps of one zone, {@code struct per_cpu_pageset}: a list of cache-hot frames and one of cold ones. */
public final class PerCpuPageset {
    public final PerCpuPages hot;
    public final PerCpuPages cold;

    private final Cpu cpu;

    PerCpuPageset(Zone zone, Cpu cpu) {
        this.cpu = cpu;
        hot = new PerCpuPages(zone, cpu, "hot");
        cold = new PerCpuPages(zone, cpu, "cold");
        int batch = batchFor(zone.present);
        hot.setBounds(2 * batch, 6 * batch, batch);
        cold.setBounds(0, 2 * batch, batch);
    }

    /** The list for a request or a free that wants, or leaves, a cold frame, or a hot one. */
    PerCpuPages list(boolean wantsCold) {
        return wantsCold ? cold : hot;
    }

    /** Gives all frames of both lists back to the buddy lists, the hot ones first. */
    void drainLocked(Task task) {
        assert cpu.interrupts.areOff() : task + " drains lists of " + cpu + " with interrupts on";
        hot.drainLocked(task);
        cold.drainLocked(task);
    }

    /** A quarter of a thousandth of the zone's present frames, capped at 256 KiB before the quarter: 1..16 (behaviour 4). */
    static int batchFor(int present) {
        int batch = present / 1024;
        if ((long) batch * PageFrame.SIZE > 256 * 1024) {
            batch = 256 * 1024 / PageFrame.SIZE;
        }
        return Math.max(batch / 4, 1);
    }
}
