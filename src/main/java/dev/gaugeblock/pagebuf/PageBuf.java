package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Mortal;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A buffer, {@code xfs_buf_t}: a run of blocks of the disk, in pages.
 *
 * <p>Its lock is a semaphore, taken by whoever uses the buffer; for asynchronous I/O it goes over to the completion.
 * Who holds a reference, locked or not, keeps the buffer from being freed. The flags and the counts change without any
 * lock.
 */
public final class PageBuf implements Stateful {
    /** Bytes of a block, the unit of places and lengths. */
    public static final int BLOCK_SIZE = 512;

    /** {@code XFS_BUF_DADDR_NULL}: no place on the device is known yet. */
    static final int NO_ADDRESS = -1;

    /** First block, as an offset into the device. */
    public final int block;

    /** Blocks. */
    public final int length;

    final AtomicWord flags;
    /** References. */
    final AtomicWord hold;
    /** Requests under way, and one for whoever still submits them. */
    final AtomicWord ioRemaining;
    /** Why it must not be written yet: changes of the log that are not on the disk. */
    final AtomicWord pins;
    /** What the last failed I/O left here: 0 or a positive error number. */
    final AtomicWord error;
    /** {@code pb_sema}. */
    final Semaphore lock;
    /** {@code pb_iodonesema}. */
    final Semaphore ioDone;
    /** {@code pb_waiters}: those who wait until it is no longer pinned. */
    final WaitQueue unpinned;

    private final Scheduler scheduler;

    /**
     * The chain that it is found in, or {@code null} for a buffer that is found in none. Never changes once it is
     * there.
     */
    @Nullable
    HashChain chain;

    /** Called when I/O has ended, instead of what else would happen. Set by the owner of the lock. */
    @Nullable
    BufferHook doneHook;
    /** Called instead of unlocking and freeing. */
    @Nullable
    BufferHook releaseHook;
    /** Called instead of the request itself. */
    @Nullable
    BufferHook strategyHook;

    private int address = NO_ADDRESS;
    /** What its bytes are in. */
    final BufferMemory memory = new BufferMemory();

    /**
     * {@code pb_list}: what it is on, the queue of delayed writes or what was taken from it; guarded by that queue's
     * lock.
     */
    @Nullable
    WriteList list;

    /** A word, for a harness asks whether a buffer is still there, and who frees it meanwhile makes a difference. */
    private final SharedWord freed;
    /** As the word, for {@link LiveBuffers}: a ghost must not look at words, which is a step of the machine. */
    @Ghost("LiveBuffers reads it; who frees the buffer sets it, once.")
    boolean removed;

    /** The last part of its I/O has ended, and those who wait for that are about to hear of it; for an invariant. */
    @Ghost("The invariant buffer-sleepers-woken reads it; the last part of the I/O alone sets it.")
    private boolean ending;
    /** Likewise, the last pin is gone. */
    @Ghost("The invariant buffer-sleepers-woken reads it; whoever took the last pin alone sets it.")
    private boolean unpinning;

    /**
     * {@code _pagebuf_initialize}: a new buffer, held once and locked by the one who made it.
     *
     * @param given the maker's argument, of which the buffer keeps a part
     */
    PageBuf(int block, int length, int given, Scheduler scheduler) {
        String name = "buffer " + block + "+" + length;
        this.block = block;
        this.length = length;
        this.scheduler = scheduler;
        this.freed = new SharedWord("the end of " + name, scheduler);
        int kept = given & ~PageBufFlags.NOT_STORED | PageBufFlags.NONE;
        this.flags = new AtomicWord("flags of " + name, kept, freed, scheduler);
        this.hold = new AtomicWord("hold of " + name, 1, freed, scheduler);
        this.ioRemaining = new AtomicWord("io_remaining of " + name, 0, freed, scheduler);
        this.pins = new AtomicWord("pin count of " + name, 0, freed, scheduler);
        this.error = new AtomicWord("error of " + name, 0, freed, scheduler);
        this.lock = new Semaphore("the lock of " + name, 0, freed, scheduler);
        this.ioDone = new Semaphore("the end of I/O on " + name, 0, freed, scheduler);
        this.unpinned = new WaitQueue("waiters for the unpinning of " + name, freed, scheduler);
    }

    /** {@code pagebuf_hold}: one more reference. */
    public void hold(Task task) {
        hold.add(1, task);
    }

    /** {@code pagebuf_cond_lock}: takes the lock if it is free, and says whether it did. */
    public boolean tryLock(Task task) {
        return lock.tryDown(task);
    }

    /** {@code pagebuf_unlock}. */
    public void unlock(Task task) {
        lock.up(task);
    }

    /** {@code pagebuf_pin}: forbids writing. */
    public void pin(Task task) {
        pins.add(1, task);
    }

    /** {@code pagebuf_unpin}: allows it again, if nobody else forbids it. */
    public void unpin(Task task) {
        if (pins.add(-1, task) == 0) {
            setUnpinningGhost(true);
            unpinned.wakeUp(null, null, task);
            setUnpinningGhost(false);
        }
    }

    /** Sets flags, as the file system does while it owns the lock. */
    public void mark(int bits, Task task) {
        flags.update(0, bits, task);
    }

    /** {@code pagebuf_ispin}. */
    boolean isPinned(Task task) {
        return pins.get(task) != 0;
    }

    /** {@code _pagebuf_wait_unpin}: sleeps while it is pinned. The device gets its chance to work before each sleep. */
    void waitUntilUnpinned(BlockDevice device, Task task) {
        if (!isPinned(task)) {
            return;
        }
        Waiter waiter = new Waiter(unpinned, task, false, false);
        unpinned.add(waiter);
        while (isPinned(task)) {
            if (ioRemaining.get(task) != 0) {
                device.runQueue(task);
            }
            waiter.sleep(scheduler);
            unpinned.add(waiter);
        }
        unpinned.remove(waiter);
    }

    /** {@code pb_count_desired}: how long it is, in bytes. */
    int bytes() {
        return length * BLOCK_SIZE;
    }

    /** {@code pb_offset}: where it begins in its first page, in bytes. */
    int offset() {
        return block % CachedPage.BLOCKS * BLOCK_SIZE;
    }

    boolean has(int anyOf, Task task) {
        return (flags.get(task) & anyOf) != 0;
    }

    /** Place on the device in blocks. The owner of the lock writes it, as it does all that follows. */
    int address() {
        return address;
    }

    void setAddress(int newAddress) {
        address = newAddress;
    }

    @Ghost
    void setEndingGhost(boolean yes) {
        ending = yes;
    }

    @Ghost
    private void setUnpinningGhost(boolean yes) {
        unpinning = yes;
    }

    /** Its memory goes back, at once for all: whoever touches a part of it later touches what was freed. */
    void markFreed(Task task) {
        freed.setMb(1, task);
    }

    /** Whether it was freed, for whoever is about to use it: a scheduling point. */
    public boolean wasFreed(Task task) {
        return freed.get(task) != 0;
    }

    /** Sets or removes what is called instead of ordinary completion, release and request; {@code null}: nothing. */
    public void setHooks(@Nullable BufferHook done, @Nullable BufferHook release, @Nullable BufferHook strategy) {
        doneHook = done;
        releaseHook = release;
        strategyHook = strategy;
    }

    public @Nullable BufferHook doneHook() {
        return doneHook;
    }

    public @Nullable BufferHook releaseHook() {
        return releaseHook;
    }

    /** The state without scheduling points, for dumps, invariants and tests: {@code pb_flags}. */
    public int flags() {
        return flags.peek();
    }

    /** References. */
    public int holds() {
        return hold.peek();
    }

    /** Requests under way, and one for whoever still submits them. */
    public int ioRemaining() {
        return ioRemaining.peek();
    }

    /** 0 or a positive error number. */
    public int error() {
        return error.peek();
    }

    /** {@code pb_sema}: 1 unlocked, 0 locked. */
    public Semaphore lock() {
        return lock;
    }

    /** {@code pb_iodonesema}: ends of I/O that nobody has waited for. */
    public Semaphore ioDone() {
        return ioDone;
    }

    public int pins() {
        return pins.peek();
    }

    public WaitQueue pinWaiters() {
        return unpinned;
    }

    /** Whether it is on a list of delayed writes: the queue, or what a flush or the daemon has taken from it. */
    public boolean isQueued() {
        return list != null;
    }

    /** {@code pb_locked}: its pages are locked until I/O ends. */
    public boolean hasPagesLocked() {
        return memory.isLocked();
    }

    public int pageCount() {
        return memory.count();
    }

    /** The page at a position, if it has pages. */
    public @Nullable CachedPage page(int position) {
        return memory.page(position);
    }

    /** The same, without a scheduling point. */
    public boolean isFreed() {
        return freed.peek() != 0;
    }

    /**
     * Every word that others may still touch when it was freed, which is an error: for a harness that looks out for
     * that.
     */
    public List<Mortal> words() {
        return List.of(flags, hold, ioRemaining, pins, error, lock, ioDone, unpinned);
    }

    @Override
    public void writeState(StateSink out) {
        writeIdentity(out);
        flags.writeState(out);
        hold.writeState(out);
        ioRemaining.writeState(out);
        pins.writeState(out);
        error.writeState(out);
        lock.writeState(out);
        ioDone.writeState(out);
        unpinned.writeState(out);
        out.put(address);
        out.put((unpinning ? 8 : 0) + (ending ? 4 : 0) + (isFreed() ? 2 : 0) + (list == null ? 0 : 1));
        memory.writeState(out);
    }

    /** Who sleeps although nothing is left to wait for, and no wake-up is on its way; {@code null} if all is well. */
    @Nullable
    String forgottenSleeper() {
        Task forLock = lock.forgottenSleeper();
        if (forLock != null) {
            return forLock + " sleeps for " + lock + ", which is free";
        }
        boolean underWay = ending || ioRemaining.peek() != 0;
        if (!underWay && ioDone.forgottenSleeper() != null) {
            return ioDone.forgottenSleeper() + " sleeps for " + ioDone + ", which has come";
        }
        if (!underWay && ioDone.count() == 0 && ioDone.hasSleepers() && doneHook == null) {
            return "a task sleeps for " + ioDone + ", but no I/O is under way";
        }
        for (Waiter waiter : unpinned.waiters()) {
            if (waiter.isForgotten() && pins.peek() == 0 && !unpinning) {
                return waiter.task + " sleeps until " + this + " is unpinned, which it is";
            }
        }
        return null;
    }

    /** Whether another buffer comes first, by block and then by length. */
    boolean isBehind(PageBuf other) {
        return block > other.block || block == other.block && length > other.length;
    }

    /** Which buffer it is, for a state that tells of the buffers elsewhere. */
    void writeIdentity(StateSink out) {
        out.put(block);
        out.put(length);
    }

    @Override
    public String toString() {
        return "buffer " + block + "+" + length;
    }
}
