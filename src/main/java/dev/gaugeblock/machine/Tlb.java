package dev.gaugeblock.machine;

import java.util.Arrays;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * The translations that one CPU remembers, from addresses to frame numbers. It is filled when an address is used, and
 * forgets only what a flush covers: the page table may say something else meanwhile.
 *
 * <p>A CPU fills its own; others flush it, by interrupting the CPU and waiting until it has done so. Each use is a
 * scheduling point.
 */
public final class Tlb implements Stateful {
    /** What {@link #lookUp} says of an address that is not remembered. */
    public static final int MISS = -1;

    private final @NotOnlyInitialized Cpu cpu;
    private final Scheduler scheduler;
    private long[] addresses = new long[4];
    private int[] pfns = new int[4];
    private int size;

    Tlb(@UnderInitialization Cpu cpu, Scheduler scheduler) {
        this.cpu = cpu;
        this.scheduler = scheduler;
    }

    /**
     * What the CPU remembers of an address. A scheduling point; no lock guards it.
     *
     * @param address of a page's first byte
     * @param task who asks, on this CPU
     * @return the frame number remembered, or {@link #MISS}
     */
    public int lookUp(long address, Task task) {
        scheduler.beforeAccess(this, false, task);
        return lookUpOwned(address);
    }

    /**
     * The hardware fetches a translation that it lacks from the page table's entry, and remembers it, in one step. What
     * it remembers already it uses; then the entry is only compared.
     *
     * @param address of a page's first byte
     * @param remembered what {@link #lookUp} said
     * @param entry of the page table, for this address: a frame number
     * @param unmapped what an entry holds that maps nothing: that is not remembered
     * @param task who fetches, on this CPU
     * @return what the entry holds
     */
    public int fetch(long address, int remembered, SharedWord entry, int unmapped, Task task) {
        scheduler.beforeAccess(this, remembered == MISS, entry, task);
        return fetchOwned(address, remembered, entry, unmapped);
    }

    /**
     * Forgets a range of addresses. A scheduling point.
     *
     * @param start the first address
     * @param end the one after the last
     * @param task who flushes, on whatever CPU: it has interrupted this one, which waits meanwhile
     */
    public void flush(long start, long end, Task task) {
        scheduler.beforeAccess(this, true, task);
        flushOwned(start, end);
    }

    /**
     * Remembers a translation without a scheduling point: for tests.
     *
     * @param address of a page's first byte
     * @param pfn its frame number
     */
    public void init(long address, int pfn) {
        remember(address, pfn);
    }

    /**
     * Like {@link #lookUp}, without a scheduling point: for invariants and dumps.
     *
     * @param address of a page's first byte
     * @return the frame number remembered, or {@link #MISS}
     */
    public int peek(long address) {
        int at = indexOf(address);
        return at < 0 ? MISS : pfns[at];
    }

    /**
     * How many translations it remembers; without a scheduling point, as {@link #peek}.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    private int fetchOwned(long address, int remembered, SharedWord entry, int unmapped) {
        int mapped = entry.peekBy(cpu);
        if (remembered == MISS && mapped != unmapped) {
            remember(address, mapped);
        }
        return mapped;
    }

    private int lookUpOwned(long address) {
        int at = indexOf(address);
        return at < 0 ? MISS : pfns[at];
    }

    private void remember(long address, int pfn) {
        int at = indexOf(address);
        if (at >= 0) { // An interrupt has filled it in since the look-up.
            pfns[at] = pfn;
            return;
        }
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            pfns = Arrays.copyOf(pfns, 2 * size);
        }
        addresses[size] = address;
        pfns[size] = pfn;
        size++;
    }

    private void flushOwned(long start, long end) {
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
