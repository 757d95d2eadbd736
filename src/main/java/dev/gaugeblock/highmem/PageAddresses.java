package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/**
 * {@code page_address}: at which address a frame is mapped. For a low frame that is computed; for a high one it is looked up
 * in a hash of 128 chains, each with its lock, whose records come from a pool with a lock of its own (behaviour 10).
 */
public final class PageAddresses implements Stateful {
    /** {@code PA_HASH_ORDER}. */
    public static final int HASH_ORDER = 7;

    private final AddressChain[] chains = new AddressChain[1 << HASH_ORDER];
    private final SpinLock[] chainLocks = new SpinLock[1 << HASH_ORDER];
    private final SpinLock poolLock;
    private final AddressChain pool;

    /** A hash without entries, and a pool of {@code records}. */
    PageAddresses(int records, Scheduler scheduler) {
        for (int i = 0; i < chains.length; i++) {
            chainLocks[i] = new SpinLock("page_address_htable", i, SpinLock.IRQ_SAFE, scheduler);
            chains[i] = new AddressChain(chainLocks[i]);
        }
        poolLock = new SpinLock("pool_lock", SpinLock.IRQ_SAFE, scheduler);
        pool = new AddressChain(poolLock);
        for (int i = 0; i < records; i++) {
            pool.fillBeforeUse(new AddressChain.Record());
        }
    }

    /** Number of the chain that a frame's record belongs to, 0..127. */
    public static int bucket(PageFrame frame) {
        return PageHash.hash(frame, HASH_ORDER);
    }

    /** The frame's address, or 0 if it is a high frame that is not mapped. */
    public long find(PageFrame frame, Task task) {
        if (!frame.isHighmem()) {
            return HighmemLayout.lowAddress(frame);
        }
        int bucket = bucket(frame);
        boolean was = task.cpu.interrupts.save(task);
        chainLocks[bucket].acquire(task);
        long address = chains[bucket].findLocked(frame, task);
        chainLocks[bucket].release(task);
        task.cpu.interrupts.restore(was, task);
        return address;
    }

    /**
     * {@code set_page_address} with an address. Does not look whether the frame has one already.
     *
     * @throws KernelBug {@code not_highmem} for a low frame; {@code map_pool_empty} if every record is in use
     */
    void add(PageFrame frame, long address, Task task) {
        requireHigh(frame);
        boolean was = task.cpu.interrupts.save(task);
        poolLock.acquire(task);
        if (pool.isEmptyLocked(task)) {
            throw new KernelBug("set_page_address", "map_pool_empty");
        }
        AddressChain.Record record = pool.takeFirstLocked(task);
        poolLock.release(task);
        int bucket = bucket(frame);
        chainLocks[bucket].acquire(task);
        chains[bucket].addLocked(record, frame, address, task);
        chainLocks[bucket].release(task);
        task.cpu.interrupts.restore(was, task);
    }

    /** {@code set_page_address} with no address: the record goes back to the pool. Nothing if there is none. */
    void remove(PageFrame frame, Task task) {
        requireHigh(frame);
        int bucket = bucket(frame);
        boolean was = task.cpu.interrupts.save(task);
        chainLocks[bucket].acquire(task);
        AddressChain.Record record = chains[bucket].removeLocked(frame, task);
        chainLocks[bucket].release(task);
        if (record != null) {
            poolLock.acquire(task);
            pool.giveBackLocked(record, task);
            poolLock.release(task);
        }
        task.cpu.interrupts.restore(was, task);
    }

    private static void requireHigh(PageFrame frame) {
        if (!frame.isHighmem()) {
            throw new KernelBug("set_page_address", "not_highmem");
        }
    }

    /** Frames and addresses of a chain in their order, for dumps and invariants while nothing runs. */
    public AddressChain chain(int bucket) {
        return chains[bucket];
    }

    /** Whether no chain and not the pool is being changed. */
    boolean isAtRest() {
        boolean free = poolLock.isFree();
        for (SpinLock lock : chainLocks) {
            free &= lock.isFree();
        }
        return free;
    }

    /** Of the chains, those that are not empty, which are few. */
    @Override
    public void writeState(StateSink out) {
        for (int bucket = 0; bucket < chains.length; bucket++) {
            if (chains[bucket].length() > 0) {
                out.put(bucket);
                chains[bucket].writeState(out);
            }
        }
        out.put(chains.length);
        pool.writeState(out);
    }

    /** Frees all locks: for a harness that goes on after a {@link KernelBug}. */
    void breakLocksOpen() {
        poolLock.breakOpen();
        for (SpinLock lock : chainLocks) {
            lock.breakOpen();
        }
    }
}
