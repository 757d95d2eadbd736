package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Every buffer from its making to its freeing. The kernel has no such list; what must hold of each buffer, and the
 * state, need it.
 */
@Ghost("Invariants and the state read it, by block; additions and removals of different buffers commute.")
public final class LiveBuffers implements Stateful {
    private final List<PageBuf> buffers = new ArrayList<>();

    void addGhost(PageBuf buffer) {
        buffers.add(buffer);
    }

    void removeGhost(PageBuf buffer) {
        buffers.remove(buffer);
    }

    /** Every buffer that was made and not yet freed, for invariants and tests. */
    public List<PageBuf> list() {
        return new ArrayList<>(buffers);
    }

    @Invariant(
            id = "buffer-sleepers-woken",
            says =
                    "Nobody sleeps for the lock, the end of I/O, or the unpinning of a buffer when there is nothing left to wait for,"
                            + " unless a wake-up is on its way.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nobodyForgotten() {
        for (PageBuf buffer : buffers) {
            String forgotten = buffer.forgottenSleeper();
            if (forgotten != null) {
                return forgotten;
            }
        }
        return null;
    }

    @Invariant(
            id = "buffer-argument-flags",
            says = "LOCK and DONT_BLOCK are only arguments: no buffer has them.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String noArgumentStored() {
        for (PageBuf buffer : buffers) {
            if ((buffer.flags() & (PageBufFlags.LOCK | PageBufFlags.DONT_BLOCK)) != 0) {
                return buffer + " has the flags 0x" + Integer.toHexString(buffer.flags())
                        + ", with LOCK or DONT_BLOCK among them";
            }
        }
        return null;
    }

    @Invariant(
            id = "buffer-unlocked-once",
            says = "Nobody unlocks a buffer that is not locked: its lock is taken by one task at a time.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String noLockFreeTwice() {
        for (PageBuf buffer : buffers) {
            if (buffer.lock().count() > 1) {
                return buffer.lock() + " is free " + buffer.lock().count() + " times over";
            }
        }
        return null;
    }

    /**
     * The buffers that were made and not yet freed, by block and length rather than in the order in which they were
     * made.
     */
    public List<PageBuf> sorted() {
        List<PageBuf> sorted = new ArrayList<>();
        for (PageBuf buffer : buffers) {
            int place = sorted.size();
            while (place > 0 && sorted.get(place - 1).isBehind(buffer)) {
                place--;
            }
            sorted.add(place, buffer);
        }
        return sorted;
    }

    @Override
    public void writeState(StateSink out) {
        for (PageBuf buffer : sorted()) {
            buffer.writeState(out);
        }
        out.put(buffers.size());
    }
}
