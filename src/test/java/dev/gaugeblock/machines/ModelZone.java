package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One zone as behaviour 4, 6 and 7 tell of it: its free lists, head first, its per-CPU lists, marks and counts. */
final class ModelZone {
    static final int ORDERS = 11;

    /** A frame's record; flags by the bit numbers of behaviour 1. */
    static final class Frame {
        final int pfn;
        final ModelZone zone;
        int flags;
        int references;
        long privateData;

        Frame(int pfn, ModelZone zone) {
            this.pfn = pfn;
            this.zone = zone;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** A per-CPU list. */
    static final class Cpu {
        int low;
        int high;
        int batch;
        final List<Integer> frames = new ArrayList<>();

        Cpu(int low, int high, int batch) {
            this.low = low;
            this.high = high;
            this.batch = batch;
        }
    }

    final int node;
    final int index;
    final int start;
    final int spanned;
    final int present;
    final List<List<Integer>> free = new ArrayList<>();
    int freePages;
    int min;
    int low;
    int high;
    final int[] reserve = new int[3];
    /** By CPU: hot, cold. */
    final Cpu[][] cpus;

    boolean givenUp;
    int pagesScanned;
    int tempPriority = 12;
    int prevPriority = 12;
    int scanActive;
    int scanInactive;
    /** Head first; looked at from the tail. */
    final List<Integer> active = new ArrayList<>();

    final List<Integer> inactive = new ArrayList<>();
    private final Frame[] frames;

    ModelZone(int node, int index, int start, int spanned, int holes, int cpuCount) {
        this.node = node;
        this.index = index;
        this.start = start;
        this.spanned = spanned;
        this.present = spanned - holes;
        for (int order = 0; order < ORDERS; order++) {
            free.add(new ArrayList<>());
        }
        frames = new Frame[spanned];
        for (int i = 0; i < spanned; i++) {
            frames[i] = new Frame(start + i, this);
            frames[i].flags = ModelBits.RESERVED;
        }
        int batch = Math.max(1, Math.min(present / 1024, 64) / 4);
        cpus = new Cpu[cpuCount][];
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            cpus[cpu] = new Cpu[] {new Cpu(2 * batch, 6 * batch, batch), new Cpu(0, 2 * batch, batch)};
        }
    }

    List<Frame> frames() {
        return Arrays.asList(frames);
    }

    boolean holds(int pfn) {
        return pfn >= start && pfn < start + spanned;
    }

    Frame frame(int pfn) {
        return frames[pfn - start];
    }

    // Behaviour 6

    /** Takes a block; -1 for none. */
    int take(int order) {
        for (int from = order; from < ORDERS; from++) {
            if (!free.get(from).isEmpty()) {
                int pfn = free.get(from).remove(0);
                unmark(pfn);
                freePages -= 1 << order;
                for (int half = from - 1; half >= order; half--) {
                    list(pfn + (1 << half), half);
                }
                return pfn;
            }
        }
        return -1;
    }

    void give(int pfn, int order) {
        int index = pfn - start;
        freePages += 1 << order;
        int size = order;
        while (size < ORDERS - 1) {
            int buddy = start + (index ^ 1 << size);
            if (!holds(buddy) || !isFree(frame(buddy), size)) {
                break;
            }
            free.get(size).remove(Integer.valueOf(buddy));
            unmark(buddy);
            index &= index ^ 1 << size;
            size++;
        }
        list(start + index, size);
    }

    private static boolean isFree(Frame frame, int order) {
        return frame.has(ModelBits.PRIVATE)
                && frame.privateData == order
                && !frame.has(ModelBits.RESERVED)
                && frame.references == 0;
    }

    private void list(int pfn, int order) {
        free.get(order).add(0, pfn);
        frame(pfn).flags |= ModelBits.PRIVATE;
        frame(pfn).privateData = order;
    }

    private void unmark(int pfn) {
        frame(pfn).flags &= ~ModelBits.PRIVATE;
        frame(pfn).privateData = 0;
    }

    /** Any free, of however little, ends giving up. */
    void ends() {
        givenUp = false;
        pagesScanned = 0;
    }

    // Behaviour 7

    /** From a CPU's list; -1 for none. */
    int takeFrom(Cpu list) {
        if (list.frames.size() <= list.low) {
            for (int i = 0; i < list.batch; i++) {
                int pfn = take(0);
                if (pfn < 0) {
                    break;
                }
                list.frames.add(pfn);
            }
        }
        return list.frames.isEmpty() ? take(0) : list.frames.remove(0);
    }

    void putOn(Cpu list, int pfn) {
        if (list.frames.size() >= list.high) {
            giveBack(list, list.batch);
        }
        list.frames.add(0, pfn);
    }

    void giveBack(Cpu list, int count) {
        ends();
        for (int i = 0; i < count && !list.frames.isEmpty(); i++) {
            give(list.frames.remove(list.frames.size() - 1), 0);
        }
    }

    // Behaviour 9

    boolean isAbove(int order, int mark, int classZone, boolean harder, boolean highReserve) {
        int left = freePages - (1 << order) + 1;
        int need = mark;
        if (highReserve) {
            need -= need / 2;
        }
        if (harder) {
            need -= need / 4;
        }
        if (left <= need + reserve[classZone]) {
            return false;
        }
        for (int smaller = 0; smaller < order; smaller++) {
            left -= free.get(smaller).size() << smaller;
            need >>= 1;
            if (left <= need) {
                return false;
            }
        }
        return true;
    }
}
