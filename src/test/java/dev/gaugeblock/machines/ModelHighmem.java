package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Behaviour 10 and 11: the kmap window, the atomic windows, and the waits for a bit of a frame. */
final class ModelHighmem {
    /** Somebody who waits for a bit of a frame. */
    private record BitWaiter(int pfn, int bit, boolean exclusive, ModelSleepers.Wake wake) {}

    private final SystemShape shape;
    private final ModelMemory memory;
    private final ModelSleepers sleepers;
    private final List<String> trace;
    final int[] counts;
    final int[] frames;
    int hand;
    private final List<ModelSleepers.Wake> mappers = new ArrayList<>();
    private final List<BitWaiter> waiters = new ArrayList<>();
    /** By CPU: what each window maps, -1 for nothing. */
    final List<Map<Integer, Integer>> windows = new ArrayList<>();

    final int[] preempt;

    ModelHighmem(ModelMemory memory, ModelSleepers sleepers, List<String> trace) {
        this.shape = memory.shape;
        this.memory = memory;
        this.sleepers = sleepers;
        this.trace = trace;
        this.counts = new int[shape.pkmap()];
        this.frames = new int[shape.pkmap()];
        java.util.Arrays.fill(frames, -1);
        this.preempt = new int[shape.cpus().size()];
        for (int cpu = 0; cpu < preempt.length; cpu++) {
            windows.add(new LinkedHashMap<>());
        }
    }

    boolean isHigh(int pfn) {
        return memory.frame(pfn).has(ModelBits.HIGHMEM);
    }

    private int slotOf(int pfn) {
        for (int slot = 0; slot < frames.length; slot++) {
            if (frames[slot] == pfn) {
                return slot;
            }
        }
        return -1;
    }

    private long address(int slot) {
        return 0xff800000L + (shape.pkmap() < 1024 ? 0x400000L : 0) + 4096L * slot;
    }

    /** The address of a frame whose mapping came about, or "sleeps". */
    String kmap(int pfn) {
        if (!isHigh(pfn)) {
            return "mapped:" + (0xC0000000L + 4096L * pfn);
        }
        int slot = map(pfn);
        return slot >= 0
                ? "mapped:" + address(slot)
                : sleepers.run("kmap " + pfn, () -> "mapped:" + address(mapAfterSleep(pfn)));
    }

    private int mapAfterSleep(int pfn) {
        int slot = -1;
        while (slot < 0) {
            ModelSleepers.Wake me = sleepers.new Wake();
            mappers.add(me);
            me.sleep();
            slot = map(pfn);
        }
        return slot;
    }

    private int map(int pfn) {
        int slot = slotOf(pfn);
        for (int tries = counts.length; slot < 0 && tries > 0; ) {
            hand = (hand + 1) % counts.length;
            if (hand == 0) {
                flush();
                tries = counts.length;
            }
            if (counts[hand] == 0) {
                slot = hand;
                frames[slot] = pfn;
                counts[slot] = 1;
            }
            tries--;
        }
        if (slot >= 0) {
            counts[slot]++;
        }
        return slot;
    }

    private void flush() {
        for (int slot = 0; slot < counts.length; slot++) {
            if (counts[slot] == 1) {
                counts[slot] = 0;
                frames[slot] = -1;
            }
        }
        trace.add("flush_range");
    }

    void kunmap(int pfn) {
        if (!isHigh(pfn)) {
            return;
        }
        int slot = slotOf(pfn);
        counts[slot]--;
        if (counts[slot] == 1) {
            mappers.forEach(wake -> wake.due = true);
            mappers.clear();
        }
    }

    boolean isMapped(int pfn) {
        int slot = slotOf(pfn);
        return slot >= 0 && counts[slot] > 1;
    }

    private long window(int cpu, int type) {
        int types = shape.debugHighmem() ? 27 : 13;
        int number = shape.debugHighmem() ? 2 * type + 1 : type;
        return 0xfffff000L - (11L + (long) types * cpu + number) * 4096;
    }

    String mapAtomically(int pfn, int type, int cpu) {
        preempt[cpu]++;
        if (!isHigh(pfn)) {
            return Long.toString(0xC0000000L + 4096L * pfn);
        }
        windows.get(cpu).put(type, pfn);
        trace.add("flush_one:" + window(cpu, type));
        return Long.toString(window(cpu, type));
    }

    void unmapAtomically(int pfn, int type, int cpu) {
        preempt[cpu]--;
        if (isHigh(pfn) && shape.debugHighmem()) {
            windows.get(cpu).remove(type);
            trace.add("flush_one:" + window(cpu, type));
        }
    }

    // Behaviour 11

    String lockPage(int pfn) {
        return isOver(pfn, ModelBits.LOCKED, true) ? "" : sleepFor("lock ", pfn, ModelBits.LOCKED, true);
    }

    String waitForPage(int pfn, int bit) {
        return isOver(pfn, bit, false) ? "" : sleepFor("wait ", pfn, bit, false);
    }

    private String sleepFor(String what, int pfn, int bit, boolean exclusive) {
        return sleepers.run(what + pfn, () -> {
            await(pfn, bit, exclusive);
            return "";
        });
    }

    private boolean isOver(int pfn, int bit, boolean exclusive) {
        if (memory.frame(pfn).has(bit)) {
            return false;
        }
        if (exclusive) {
            memory.frame(pfn).flags |= bit;
        }
        return true;
    }

    /** Sleeps until the bit is clear; with {@code exclusive} sets it then. Plain waiters stand before those. */
    void await(int pfn, int bit, boolean exclusive) {
        while (!isOver(pfn, bit, exclusive)) {
            ModelSleepers.Wake me = sleepers.new Wake();
            waiters.add(exclusive ? waiters.size() : 0, new BitWaiter(pfn, bit, exclusive, me));
            me.sleep();
        }
    }

    /** {@code unlock_page}, or the end of write-back. */
    void clear(int pfn, int bit) {
        memory.frame(pfn).flags &= ~bit;
        for (BitWaiter waiter : List.copyOf(waiters)) {
            if (waiter.pfn == pfn && waiter.bit == bit) {
                waiters.remove(waiter);
                waiter.wake.due = true;
                if (waiter.exclusive) {
                    return;
                }
            }
        }
    }
}
