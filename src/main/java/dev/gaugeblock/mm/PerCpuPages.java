package dev.gaugeblock.mm;

import dev.gaugeblock.machine.BrokenStructure;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Discreet;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One per-CPU list of single frames, {@code per_cpu_pages} (behaviour 7): it saves taking the zone's lock for each
 * frame. Guarded by the CPU's interrupts being off. The head is the hottest frame, the tail the coldest.
 */
public final class PerCpuPages implements Discreet {
    private final Zone zone;
    private final Cpu cpu;
    private final String name;
    private final PageList list = new PageList();

    /** {@code count}: frames on the list. */
    private int count;

    /** {@code low}: with so many frames or fewer, a refill comes first. */
    private int low;

    /** {@code high}: with so many frames or more, a batch goes back first. */
    private int high;

    /** {@code batch}: frames that go to or come from the buddy lists at a time. */
    private int batch;

    PerCpuPages(Zone zone, Cpu cpu, String temperature, int low, int high, int batch) {
        this.zone = zone;
        this.cpu = cpu;
        this.name = temperature + " list of CPU " + cpu.id + " in zone " + zone.name();
        this.low = low;
        this.high = high;
        this.batch = batch;
    }

    /**
     * Takes a frame from the head, after one refill of a batch if there are only a few ({@link #low}); {@code null} if
     * none.
     */
    @Nullable
    PageFrame takeLocked(@GuardSatisfied PerCpuPages this, Task task) {
        assert cpu.interrupts.areOff() : unguarded(task);
        task.looksInto(this);
        PageFrame frame = take(task);
        task.learns(PageFrame.numberOf(frame));
        return frame;
    }

    private @Nullable PageFrame take(@GuardSatisfied PerCpuPages this, Task task) {
        if (count <= low) {
            count += refill(task);
        }
        if (count == 0) {
            return null;
        }
        PageFrame frame = first();
        frame.unlink();
        count--;
        return frame;
    }

    private PageFrame first(@GuardSatisfied PerCpuPages this) {
        if (list.isEmpty()) {
            throw new BrokenStructure(
                    "a frame is taken from the " + name + ", which is empty; its count says " + count);
        }
        return list.first();
    }

    /** Puts a frame at the head, after giving a batch back if there are already many ({@link #high}). */
    void putLocked(@GuardSatisfied PerCpuPages this, PageFrame frame, Task task) {
        assert cpu.interrupts.areOff() : unguarded(task);
        task.looksInto(this);
        if (count >= high) {
            giveBack(batch, task);
        }
        list.addFirst(frame);
        count++;
        task.learns(0);
    }

    /** Gives every frame back to the buddy lists, from the tail. */
    void drainLocked(@GuardSatisfied PerCpuPages this, Task task) {
        assert cpu.interrupts.areOff() : unguarded(task);
        task.looksInto(this);
        giveBack(count, task);
        task.learns(0);
    }

    /**
     * {@code rmqueue_bulk}: appends up to a batch of single frames at the tail. Returns how many, to be counted only
     * now (s51).
     */
    private int refill(@GuardSatisfied PerCpuPages this, Task task) {
        zone.lock.acquire(task);
        int got = 0;
        while (got < batch) {
            PageFrame frame = zone.buddy.takeLocked(0, task);
            if (frame == null) {
                break;
            }
            list.addLast(frame);
            got++;
        }
        zone.lock.release(task);
        return got;
    }

    private void giveBack(@GuardSatisfied PerCpuPages this, int frames, Task task) {
        zone.lock.acquire(task);
        count -= zone.buddy.freeBulkLocked(list, frames, 0, task);
        zone.lock.release(task);
    }

    private String unguarded(@GuardSatisfied PerCpuPages this, Task task) {
        return task + " touches the " + name + " with interrupts on";
    }

    /** Sets the bounds, in frames. */
    public void setBounds(int newLow, int newHigh, int newBatch) {
        low = newLow;
        high = newHigh;
        batch = newBatch;
    }

    public int count() {
        return count;
    }

    public int low() {
        return low;
    }

    public int high() {
        return high;
    }

    public int batch() {
        return batch;
    }

    /** Frame numbers from head to tail; for dumps and digests while nothing runs. */
    public int[] pfns() {
        return list.pfns(zone.spanned);
    }

    @Override
    public void writeState(StateSink out) {
        out.put(count);
        list.writeState(out);
    }

    @Override
    public String toString(@GuardSatisfied PerCpuPages this) {
        return name;
    }

    @Invariant(
            id = "pcp-count",
            says = "A per-CPU list is a closed ring of links, its count is its length, and lies in 0..high.",
            guardedBy = Invariant.INTERRUPTS)
    @Nullable
    String countWithinBounds() {
        String broken = list.brokenLink(zone.spanned);
        if (broken != null) {
            return name + ": " + broken;
        }
        int length = pfns().length;
        if (length != count) {
            return "the " + name + " has " + length + " frames, its count says " + count;
        }
        return count > high ? "the " + name + " has " + count + " frames, more than high, " + high : null;
    }

    @Invariant(
            id = "pcp-home",
            says = "A frame on a per-CPU list names the list's zone and node in its flags.",
            guardedBy = Invariant.INTERRUPTS)
    @Nullable
    String framesAtHome() {
        for (int pfn : pfns()) {
            if (zone.frameOrNull(pfn - zone.startPfn) == null) {
                return "frame " + pfn + " on the " + name + " is none of those of " + zone;
            }
        }
        return null;
    }

    @Invariant(
            id = "pcp-clean",
            says =
                    "A frame on a per-CPU list has no references, no mapping, and none of the flags that only a frame in use has.",
            guardedBy = Invariant.INTERRUPTS)
    @Nullable
    String framesClean() {
        for (int pfn : pfns()) {
            PageFrame frame = zone.frameOrNull(pfn - zone.startPfn);
            String left = frame == null ? null : frame.leftOfUse();
            if (left != null) {
                return frame + " on the " + name + " " + left;
            }
        }
        return null;
    }
}
