package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/**
 * At which address a frame is mapped. For a low frame that is computed; for a high one it is looked up
 * in a hash of 128 chains, each with its lock, whose records come from a pool with a lock of its own (behaviour 10).
 */
public final class PageAddresses implements Stateful {
    /** {@code PA_HASH_ORDER}. */
    public static final int HASH_ORDER = 7;

    private static final String TABLE = "page_address_htable";

    private final AddressChain[] chains = new AddressChain[1 << HASH_ORDER];

    /** The records that no frame has; its lock is {@code pool_lock}. */
    private final AddressChain pool;

    private final Scheduler scheduler;

    /** A hash without entries, and a pool of {@code records}. */
    PageAddresses(int records, Scheduler scheduler) {
        this.scheduler = scheduler;
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new AddressChain(new SpinLock(TABLE, i, SpinLock.IRQ_SAFE, scheduler));
        }
        pool = new AddressChain(new SpinLock("pool_lock", SpinLock.IRQ_SAFE, scheduler));
        for (int i = 0; i < records; i++) {
            pool.recordsAtRest().fillBeforeUse(new AddressRecords.Record());
        }
    }

    /** {@code page_slot}: number of the chain that a frame's record belongs to, 0..127. */
    public static int bucket(PageFrame frame) {
        return PageHash.hash(frame, HASH_ORDER);
    }

    /** {@code page_address}: the frame's address, or 0 if it is a high frame that is not mapped. */
    public long find(PageFrame frame, Task task) {
        if (!frame.isHighmem()) {
            return HighmemLayout.lowAddress(frame);
        }
        AddressChain chain = chains[bucket(frame)];
        boolean was = task.cpu.interrupts.save(task);
        chain.lock.acquire(task);
        long address = chain.records.findLocked(frame, task);
        scheduler.lookedUp(TABLE, "frame ", frame.pfn, address != 0, task);
        chain.lock.release(task);
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
        pool.lock.acquire(task);
        if (pool.records.isEmptyLocked(task)) {
            throw new KernelBug("set_page_address", "map_pool_empty");
        }
        AddressRecords.Record record = pool.records.takeFirstLocked(task);
        pool.lock.release(task);
        AddressChain chain = chains[bucket(frame)];
        chain.lock.acquire(task);
        chain.records.addLocked(record, frame, address, task);
        chain.lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }

    /** {@code set_page_address} with no address: the record goes back to the pool. Nothing if there is none. */
    void remove(PageFrame frame, Task task) {
        requireHigh(frame);
        AddressChain chain = chains[bucket(frame)];
        boolean was = task.cpu.interrupts.save(task);
        chain.lock.acquire(task);
        AddressRecords.Record record = chain.records.removeLocked(frame, task);
        chain.lock.release(task);
        if (record != null) {
            pool.lock.acquire(task);
            pool.records.giveBackLocked(record, task);
            pool.lock.release(task);
        }
        task.cpu.interrupts.restore(was, task);
    }

    private static void requireHigh(PageFrame frame) {
        if (!frame.isHighmem()) {
            throw new KernelBug("set_page_address", "not_highmem");
        }
    }

    /** Frames and addresses of a chain in their order, for dumps and invariants while nothing runs. */
    public AddressRecords chainAtRest(int bucket) {
        return chains[bucket].recordsAtRest();
    }

    /** Whether no chain and not the pool is being changed. */
    boolean isAtRest() {
        boolean free = pool.lock.isFree();
        for (AddressChain chain : chains) {
            free &= chain.lock.isFree();
        }
        return free;
    }

    /** Of the chains, those that are not empty, which are few. */
    @Override
    public void writeState(StateSink out) {
        for (int bucket = 0; bucket < chains.length; bucket++) {
            AddressRecords records = chains[bucket].recordsAtRest();
            if (records.length() > 0) {
                out.put(bucket);
                records.writeState(out);
            }
        }
        out.put(chains.length);
        pool.recordsAtRest().writeState(out);
    }

    /** Frees all locks: for a harness that goes on after a {@link KernelBug}. */
    void breakLocksOpen() {
        pool.lock.breakOpen();
        for (AddressChain chain : chains) {
            chain.lock.breakOpen();
        }
    }
}
