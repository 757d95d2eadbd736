package dev.gaugeblock.machine;

import java.util.Arrays;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * The translations that one CPU remembers, from addresses to frame numbers. It is filled when an address is used, and
 * forgets only what a flush covers: the page table may say something else meanwhile.
 *
 * <p>A CPU fills its own; others flush it, by interrupting the CPU and waiting until it has done so. Each use is announced
 * to the scheduler first, as that of a word that no lock protects.
 */
public final class Tlb implements Stateful {
    /** What {@link #lookUp} says of an address that is not remembered. */
    public static final int MISS = -1;

    private final @NotOnlyInitialized Cpu cpu;
    private long[] addresses = new long[4];
    private int[] pfns = new int[4];
    private int size;

    Tlb(@UnderInitialization Cpu cpu) {
        this.cpu = cpu;
    }

    /** The frame number remembered for an address of a page's first byte, or {@link #MISS}. */
    public int lookUpOwned(long address) {
        int at = indexOf(address);
        return at < 0 ? MISS : pfns[at];
    }

    /** Remembers a translation. */
    public void fillOwned(long address, int pfn) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            pfns = Arrays.copyOf(pfns, 2 * size);
        }
        addresses[size] = address;
        pfns[size] = pfn;
        size++;
    }

    /** Forgets the addresses from {@code start} up to but not including {@code end}. */
    public void flushOwned(long start, long end) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (addresses[i] < start || addresses[i] >= end) {
                addresses[kept] = addresses[i];
                pfns[kept] = pfns[i];
                kept++;
            }
        }
        size = kept;
    }

    /** By rising address: the order in which they were filled in means nothing. */
    @Override
    public void writeState(StateSink out) {
        out.put(size);
        long last = Long.MIN_VALUE;
        for (int written = 0; written < size; written++) {
            int next = -1;
            for (int i = 0; i < size; i++) {
                if (addresses[i] > last && (next < 0 || addresses[i] < addresses[next])) {
                    next = i;
                }
            }
            last = addresses[next];
            out.put(last);
            out.put(pfns[next]);
        }
    }

    private int indexOf(long address) {
        for (int i = 0; i < size; i++) {
            if (addresses[i] == address) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString(@GuardSatisfied Tlb this) {
        return "TLB of " + cpu;
    }
}
