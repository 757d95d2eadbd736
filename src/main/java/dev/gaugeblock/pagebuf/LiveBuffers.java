package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Every buffer from its insertion into the hash table, or its making without blocks, to its freeing. The kernel has no
 * such list; what must hold of each buffer, and the state, need it.
 */
@Ghost("Invariants and the state read it, by block; additions and removals of different buffers commute.")
public final class LiveBuffers implements Stateful {
    private final BufferHash hash;
    /** Those that no chain has, some of them freed since. */
    private final List<PageBuf> uncached = new ArrayList<>();

    LiveBuffers(BufferHash hash) {
        this.hash = hash;
    }

    /** Adds to a list of made buffers, and takes the freed ones out of it. */
    static void addGhost(PageBuf buffer, List<PageBuf> made) {
        for (int i = made.size() - 1; i >= 0; i--) {
            if (made.get(i).removed) {
                made.remove(i);
            }
        }
        made.add(buffer);
    }

    /** A buffer was made that nobody finds by its blocks. */
    void addUncachedGhost(PageBuf buffer) {
        addGhost(buffer, uncached);
    }

    /** A buffer is freed; its list lets go of it at the next addition, under that list's lock. */
    void removeGhost(PageBuf buffer) {
        buffer.removed = true;
    }

    /** Adds those of {@code made} that are not freed. */
    static void copyLive(List<PageBuf> made, List<PageBuf> live) {
        for (PageBuf buffer : made) {
            if (!buffer.removed) {
                live.add(buffer);
            }
        }
    }

    /** Every buffer that was made and not yet freed, by chain, for invariants and tests. */
    public List<PageBuf> list() {
        List<PageBuf> live = new ArrayList<>();
        for (int i = 0; i < hash.chains(); i++) {
            hash.chain(i).copyLive(live);
        }
        copyLive(uncached, live);
        return live;
    }

    @Invariant(
            id = "buffer-sleepers-woken",
            says =
                    "Nobody sleeps for the lock, the end of I/O, or the unpinning of a buffer when there is nothing left to wait for,"
                            + " unless a wake-up is on its way.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nobodyForgotten() {
        for (PageBuf buffer : list()) {
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
        for (PageBuf buffer : list()) {
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
        for (PageBuf buffer : list()) {
            if (buffer.lock().count() > 1) {
                return buffer.lock() + " is free " + buffer.lock().count() + " times over";
            }
        }
        return null;
    }

    @Invariant(
            id = "cached-page-shared",
            says = "Buffers that use a page of the same index use the same page.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nobodyUsesAPageThatIsNoLongerInTheCache() {
        List<CachedPage> used = new ArrayList<>();
        for (PageBuf buffer : list()) {
            for (int position = 0; position < buffer.memory.count(); position++) {
                CachedPage page = buffer.page(position);
                if (page != null && page.uses > 0) {
                    used.add(page);
                }
            }
        }
        for (CachedPage one : used) {
            for (CachedPage other : used) {
                if (one != other && one.index == other.index) {
                    return "buffers use two pages of index " + one.index + ", in " + one.frame + " and in "
                            + other.frame;
                }
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
        for (PageBuf buffer : list()) {
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
        List<PageBuf> live = sorted();
        for (PageBuf buffer : live) {
            buffer.writeState(out);
        }
        out.put(live.size());
    }
}
