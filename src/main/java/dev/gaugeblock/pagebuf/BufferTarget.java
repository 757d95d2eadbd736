package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The buffers of one device, {@code xfs_buftarg_t}: finds them by their blocks, makes those that are missing, and frees
 * each when its last user lets go, unless it still has to be written or the file system keeps it.
 */
public final class BufferTarget implements Stateful {
    private final BufferHash hash;
    private final LiveBuffers live;
    private final BufferPages pages;
    private final BlockDevice device;
    private final BufferObserver observer;
    private final Scheduler scheduler;
    private final @NotOnlyInitialized DelayedWrites delayed;
    private final @NotOnlyInitialized CompletionWork work;
    private final @NotOnlyInitialized BufferIo io;

    /**
     * A device without buffers.
     *
     * @param hashBits there are 2^{@code hashBits} chains: 8 for a file system, 3 for a log of its own
     */
    public BufferTarget(
            int hashBits,
            BlockDevice device,
            PageCache cache,
            Vmap vmap,
            CongestionWait congestion,
            BufferObserver observer,
            Scheduler scheduler) {
        this.hash = new BufferHash(hashBits, scheduler);
        this.live = new LiveBuffers(hash);
        this.device = device;
        this.observer = observer;
        this.scheduler = scheduler;
        this.pages = new BufferPages(cache, vmap, congestion, observer, scheduler);
        this.delayed = new DelayedWrites(this, observer, scheduler);
        this.work = new CompletionWork(this, observer, scheduler);
        this.io = new BufferIo(this, device, pages, observer);
    }

    /** Bytes of a block of the file system, for a test to choose before anything runs; 4096 at first. */
    public void setBlockSize(int bytes) {
        pages.setBlockSize(bytes);
    }

    public BufferIo io() {
        return io;
    }

    public DelayedWrites delayed() {
        return delayed;
    }

    public CompletionWork work() {
        return work;
    }

    /** Where buffers are found by their blocks. */
    public BufferHash hash() {
        return hash;
    }

    /** The buffers that there are. */
    public LiveBuffers live() {
        return live;
    }

    /**
     * {@code _pagebuf_find}, and without a fresh buffer {@code pagebuf_find}: the buffer of exactly these blocks,
     * locked and held.
     *
     * @param flags with TRYLOCK, a buffer that is locked counts as none
     * @param fresh what to insert if there is none; {@code null}: nothing
     * @return the buffer; {@code fresh} if it was inserted; {@code null} for none
     */
    public @Nullable PageBuf find(int block, int length, int flags, @Nullable PageBuf fresh, Task task) {
        HashChain chain = hash.chainOf(block);
        chain.lock.acquire(task);
        PageBuf found = chain.findLocked(block, length, task);
        scheduler.lookedUp("bt_hash", "buffer at block ", block, found != null, task);
        if (found == null && fresh != null) {
            chain.addLocked(fresh, task);
        }
        chain.lock.release(task);
        if (found == null) {
            return fresh;
        }
        if (!found.tryLock(task)) {
            if ((flags & PageBufFlags.TRYLOCK) != 0) {
                release(found, task);
                return null;
            }
            lock(found, task);
        }
        if (found.has(PageBufFlags.STALE, task)) {
            found.flags.update(~PageBufFlags.MAPPED, 0, task);
        }
        return found;
    }

    /**
     * {@code xfs_buf_get_flags}, of old {@code pagebuf_get}: the buffer of these blocks, locked and held, with pages;
     * what is in them may be anything.
     *
     * @return the buffer, or {@code null}: it is locked and TRYLOCK was given, or memory is short
     */
    public @Nullable PageBuf get(int block, int length, int flags, Task task) {
        observer.allocated(PageBufFlags.km(flags));
        PageBuf fresh = new PageBuf(block, length, flags, scheduler);
        PageBuf buffer = find(block, length, flags, fresh, task);
        if (buffer != fresh) {
            observer.freed(fresh);
        }
        if (buffer == null) {
            return null;
        }
        if (buffer == fresh && !pages.lookUp(buffer, flags, task) || !isMapped(buffer, flags, task)) {
            giveUp(buffer, flags, task);
            return null;
        }
        buffer.setAddress(block);
        return buffer;
    }

    /**
     * {@code pagebuf_get_no_daddr}: a buffer with memory of its own, which nobody finds by its blocks. Unlocked, and
     * held.
     *
     * @param length in blocks
     * @return the buffer, or {@code null} if there is no memory for it
     */
    public @Nullable PageBuf getUncached(int length, Task task) {
        observer.allocated(PageBufFlags.km(0));
        PageBuf buffer = new PageBuf(0, length, PageBufFlags.FORCEIO, scheduler);
        live.addUncachedGhost(buffer);
        if (!pages.allocate(buffer, task)) {
            release(buffer, task);
            return null;
        }
        buffer.unlock(task);
        return buffer;
    }

    private boolean isMapped(PageBuf buffer, int flags, Task task) {
        return buffer.has(PageBufFlags.MAPPED, task) || pages.map(buffer, flags, task);
    }

    /**
     * {@code xfs_buf_read_flags}: the buffer of these blocks, with what is on the disk or newer. Reads it if need be,
     * and waits for that unless ASYNC was given. Then the completion owns the buffer: whoever still looks at what is
     * returned does so at their peril.
     *
     * @return the buffer, or {@code null}: as for {@link #get}, or nothing was left to do for ASYNC
     */
    public @Nullable PageBuf read(int block, int length, int flags, Task task) {
        int withRead = flags | PageBufFlags.READ;
        PageBuf buffer = get(block, length, withRead, task);
        if (buffer == null) {
            return null;
        }
        if (buffer.has(PageBufFlags.NOT_DONE, task)) {
            io.start(buffer, withRead, task);
        } else if ((flags & PageBufFlags.ASYNC) != 0) {
            giveUp(buffer, flags, task);
            return null;
        } else {
            buffer.flags.update(PageBufFlags.READ, 0, task);
        }
        return buffer;
    }

    /** The caller gets nothing: its lock, if it asked for one, and its reference go. */
    private void giveUp(PageBuf buffer, int flags, Task task) {
        if ((flags & (PageBufFlags.LOCK | PageBufFlags.TRYLOCK)) != 0) {
            buffer.unlock(task);
        }
        release(buffer, task);
    }

    /** {@code pagebuf_lock}: waits for the buffer. The device gets its chance to work before. */
    public void lock(PageBuf buffer, Task task) {
        if (buffer.ioRemaining.get(task) != 0) {
            device.runQueue(task);
        }
        buffer.lock.down(task);
    }

    /**
     * {@code pagebuf_rele}: the caller's reference goes. If it was the last, the buffer is freed; but one that is to be
     * written later goes into the queue for that, with a reference for it, and one that the file system manages stays
     * as it is.
     */
    public void release(PageBuf buffer, Task task) {
        HashChain chain = buffer.chain;
        if (chain == null) {
            releaseUncached(buffer, task);
            return;
        }
        if (!buffer.hold.decrementAndLock(chain.lock, task)) {
            return;
        }
        boolean free = true;
        BufferHook hook = buffer.releaseHook;
        if (hook != null) {
            buffer.hold(task);
            chain.lock.release(task);
            hook.run(buffer, task);
            chain.lock.acquire(task);
            free = false;
        }
        int flags = buffer.flags.get(task);
        if ((flags & PageBufFlags.DELWRI) != 0) {
            buffer.flags.update(0, PageBufFlags.ASYNC, task);
            buffer.hold(task);
            delayed.queue(buffer, false, task);
            free = false;
        } else if ((flags & PageBufFlags.FS_MANAGED) != 0) {
            free = false;
        }
        if (free) {
            chain.removeLocked(buffer, task);
        }
        chain.lock.release(task);
        if (free) {
            free(buffer, task);
        }
    }

    private void releaseUncached(PageBuf buffer, Task task) {
        if (buffer.releaseHook != null) {
            observer.assertionFailed("pagebuf_rele");
        }
        if (buffer.hold.add(-1, task) == 0) {
            free(buffer, task);
        }
    }

    /** {@code xfs_buf_relse}: unlocks the buffer and lets go of it. A hook for that does the unlocking itself. */
    public void unlockAndRelease(PageBuf buffer, Task task) {
        if (buffer.releaseHook == null) {
            buffer.unlock(task);
        }
        release(buffer, task);
    }

    /** {@code pagebuf_free}: what the flags say that the buffer has, goes back. */
    private void free(PageBuf buffer, Task task) {
        int flags = buffer.flags.get(task);
        buffer.markFreed(task);
        observer.dies(buffer, task);
        live.removeGhost(buffer);
        if ((flags & PageBufFlags.PAGE_CACHE) != 0) {
            pages.release(buffer, flags, task);
        } else if ((flags & PageBufFlags.KMEM_ALLOC) != 0) {
            pages.releaseMemory(buffer, task);
        }
        observer.freed(buffer);
    }

    /** Unmaps the ranges of buffers that are gone. */
    void purgeRanges(Task task) {
        pages.purge(task);
    }

    /** Whether nobody holds one of the locks around the buffers. */
    public boolean isAtRest() {
        return hash.isAtRest()
                && delayed.lock().isFree()
                && work.lock().isFree()
                && device.lock().isFree()
                && pages.cache().lock().isFree();
    }

    @Invariant(
            id = "buffer-freed-nowhere",
            says =
                    "A freed buffer is in no chain, and neither delayed writes nor completions nor the device know of it.",
            guardedBy = Invariant.BUFFER_LOCKS)
    @Nullable
    String freedBuffersNowhere() {
        for (int i = 0; i < hash.chains(); i++) {
            String freed = freed(hash.chain(i).buffers(), "in its hash chain");
            if (freed != null) {
                return freed;
            }
        }
        String queued = freed(delayed.buffers(), "in the queue of delayed writes");
        String taken = freed(delayed.takenBuffers(), "to be written by who took it from the queue of delayed writes");
        String completing = freed(work.buffers(), "to be completed");
        String underWay = freed(device.buffers(), "under way");
        return queued != null ? queued : taken != null ? taken : completing != null ? completing : underWay;
    }

    /** Whether one of the lists leads to a buffer, though it may have been freed. */
    public boolean knows(PageBuf buffer) {
        return hash.chainOf(buffer.block).buffers().contains(buffer)
                || buffer.isQueued()
                || work.buffers().contains(buffer)
                || device.buffers().contains(buffer);
    }

    private static @Nullable String freed(List<PageBuf> buffers, String where) {
        for (PageBuf buffer : buffers) {
            if (buffer.isFreed()) {
                return buffer + " was freed, but is still " + where;
            }
        }
        return null;
    }

    @Override
    public void writeState(StateSink out) {
        hash.writeState(out);
        live.writeState(out);
        pages.writeState(out);
        delayed.writeState(out);
        work.writeState(out);
    }
}
