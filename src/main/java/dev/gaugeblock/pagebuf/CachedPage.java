package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/** A page of the device in the page cache, and which of its eight blocks are as on the disk, or newer. */
public final class CachedPage implements Stateful {
    static final int BLOCKS = PageFrame.SIZE / PageBuf.BLOCK_SIZE;
    private static final int ALL = (1 << BLOCKS) - 1;

    /** The frame that holds it. */
    public final PageFrame frame;

    /** Number of the page in the cache. */
    final int index;

    /** Buffers that use it; guarded by the cache's lock. */
    int uses;

    /** One bit for each block; all of them: {@code PG_uptodate}. */
    private final AtomicWord upToDate;

    CachedPage(int index, PageFrame frame, Scheduler scheduler) {
        this.index = index;
        this.frame = frame;
        this.upToDate = new AtomicWord("blocks of page " + index, 0, scheduler);
    }

    /** Whether all of it is up to date. */
    boolean isUpToDate(Task task) {
        return upToDate.get(task) == ALL;
    }

    /** {@code test_page_region}: whether a run of its blocks is. */
    boolean isUpToDate(int first, int count, Task task) {
        int region = region(first, count);
        return (upToDate.get(task) & region) == region;
    }

    /** {@code set_page_region}: a run of its blocks was read or written. */
    void setUpToDate(int first, int count, Task task) {
        upToDate.update(0, region(first, count), task);
    }

    /** Says of the whole page whether it is up to date. */
    public void setUpToDate(boolean yes, Task task) {
        upToDate.update(ALL, yes ? ALL : 0, task);
    }

    private static int region(int first, int count) {
        return (1 << count) - 1 << first;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(index);
        out.put(frame.pfn);
        out.put(uses);
        upToDate.writeState(out);
    }

    @Override
    public String toString() {
        return "page " + index;
    }
}
