package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The buffers whose first blocks have the same hash, {@code xfs_bufhash_t}. Who was looked for last stands at the
 * front.
 */
public final class HashChain implements Stateful {
    /** {@code bh_lock}: guards the list. Never taken in interrupts. */
    final SpinLock lock;

    private final List<PageBuf> buffers = new ArrayList<>();

    /**
     * What was ever inserted here, some of it freed since. A buffer leaves its chain before it is freed, and then no
     * lock guards its last steps; so freed ones stay until the next insertion, which the lock does guard.
     */
    @Ghost("LiveBuffers reads it, without the freed ones; whoever adds holds the lock.")
    private final List<PageBuf> inserted = new ArrayList<>();

    HashChain(int index, Scheduler scheduler) {
        this.lock = new SpinLock("bt_hash", index, SpinLock.PROCESS_ONLY, scheduler);
        lock.guards(this);
    }

    /** The buffer of exactly these blocks, held once more and moved to the front; {@code null} if there is none. */
    @Nullable
    PageBuf findLocked(int block, int length, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        for (PageBuf buffer : buffers) {
            if (buffer.block == block && buffer.length == length) {
                buffer.hold(task);
                buffers.remove(buffer);
                buffers.add(0, buffer);
                return buffer;
            }
        }
        return null;
    }

    /** A new buffer, at the front. */
    void addLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        buffer.chain = this;
        buffers.add(0, buffer);
        noteInsertedGhost(buffer);
    }

    @Ghost
    private void noteInsertedGhost(PageBuf buffer) {
        LiveBuffers.addGhost(buffer, inserted);
    }

    /** Takes a buffer out, so that nobody finds it any more. */
    void removeLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        buffers.remove(buffer);
    }

    /** Whether there is nothing here but what the file system keeps. */
    boolean isDrainedLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        for (PageBuf buffer : buffers) {
            if (!buffer.has(PageBufFlags.FS_MANAGED, task)) {
                return false;
            }
        }
        return true;
    }

    /** The buffers from the front, without the lock, for dumps, invariants and tests. */
    public List<PageBuf> buffers() {
        return new ArrayList<>(buffers);
    }

    /** Adds those that were inserted here and are not freed, in the order of their insertion. */
    void copyLive(List<PageBuf> live) {
        LiveBuffers.copyLive(inserted, live);
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(buffers.size());
        for (PageBuf buffer : buffers) {
            buffer.writeIdentity(out);
        }
    }
}
