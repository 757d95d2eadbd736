package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/**
 * A page of the device in the page cache, and what of it is as on the disk, or newer: all, or some of its regions.
 * There are 32 regions of 128 bytes. They are for file systems whose blocks are smaller than a page, and are noted and
 * asked for by runs of bytes, of which the last region never counts: so no number of runs makes a page up to date as a
 * whole.
 */
public final class CachedPage implements Stateful {
    /** Blocks of a page. */
    static final int BLOCKS = PageFrame.SIZE / PageBuf.BLOCK_SIZE;

    /** Bytes of a region. */
    private static final int REGION = PageFrame.SIZE / Integer.SIZE;

    /** The frame that holds it. Its lock bit is the page's: who has set it is at work on the contents. */
    public final PageFrame frame;

    /** Number of the page in the cache. */
    final int index;

    /** Buffers that use it; guarded by the cache's lock. */
    int uses;

    /** {@code PG_uptodate}: 1 if all of it is up to date. */
    private final AtomicWord upToDate;
    /** {@code page->private}: one bit for each region that is. */
    private final AtomicWord regions;

    CachedPage(int index, PageFrame frame, Scheduler scheduler) {
        this.index = index;
        this.frame = frame;
        this.upToDate = new AtomicWord("PG_uptodate of page " + index, 0, scheduler);
        this.regions = new AtomicWord("regions of page " + index, 0, scheduler);
    }

    /** Whether a buffer uses it; without the cache's lock, for invariants. */
    public boolean isUsed() {
        return uses > 0;
    }

    /** Whether all of it is up to date. Its regions do not matter. */
    boolean isUpToDate(Task task) {
        return upToDate.get(task) != 0;
    }

    /** Says of the whole page whether it is up to date. Its regions stay as they are. */
    public void setUpToDate(boolean yes, Task task) {
        upToDate.set(yes ? 1 : 0, task);
    }

    /** {@code test_page_region}: whether a run of bytes is up to date; one too short to count never is. */
    boolean isUpToDate(int offset, int bytes, Task task) {
        int asked = regions(offset, bytes);
        return asked != 0 && (regions.get(task) & asked) == asked;
    }

    /**
     * {@code set_page_region}: a run of bytes was read or written. This is a load and a store: of two ends of I/O on
     * different CPUs, one may undo what the other has noted.
     */
    void setUpToDate(int offset, int bytes, Task task) {
        regions.set(regions.get(task) | regions(offset, bytes), task);
    }

    /**
     * {@code page_region_mask}: from the first region that begins in the run, up to that of its last byte, which is
     * left out.
     */
    static int regions(int offset, int bytes) {
        int first = (offset + REGION - 1) / REGION;
        int end = (offset + bytes - 1) / REGION;
        return end <= first ? 0 : below(end) & ~below(first);
    }

    /** The regions before that one, which is at most the last of 32. */
    private static int below(int region) {
        return (1 << region) - 1;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(index);
        out.put(frame.pfn);
        out.put(uses);
        upToDate.writeState(out);
        regions.writeState(out);
    }

    @Override
    public String toString() {
        return "page " + index;
    }
}
