package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How buffers come by pages, by addresses for them, and give both back. Called by the owner of the buffer's lock. */
final class BufferPages implements Stateful {
    /** {@code PB_PAGES}: a buffer has room for so many itself; more take a list of their own. */
    private static final int PAGES_INSIDE = 2;

    /** {@code HZ/50}: for how long one request without memory waits before it asks again, in jiffies. */
    private static final int NAP_JIFFIES = 20;

    private final PageCache cache;
    private final MappedRanges ranges;
    private final CongestionWait congestion;
    private final BufferObserver observer;
    /** {@code pbr_bsize}: bytes of a block of the file system. Set before anything runs. */
    private int blockSize = PageFrame.SIZE;

    BufferPages(PageCache cache, Vmap vmap, CongestionWait congestion, BufferObserver observer, Scheduler scheduler) {
        this.cache = cache;
        this.ranges = new MappedRanges(vmap, scheduler);
        this.congestion = congestion;
        this.observer = observer;
    }

    PageCache cache() {
        return cache;
    }

    void setBlockSize(int bytes) {
        blockSize = bytes;
    }

    private static int firstPage(PageBuf buffer) {
        return buffer.block / CachedPage.BLOCKS;
    }

    /**
     * {@code _pagebuf_lookup_pages}: finds or makes every page of a new buffer, and notes in its flags what of it is up to date.
     *
     * @return whether there was memory for all; only READ_AHEAD does not wait for it
     */
    boolean lookUp(PageBuf buffer, int flags, Task task) {
        int end = buffer.block + buffer.length + CachedPage.BLOCKS - 1;
        int count = end / CachedPage.BLOCKS - firstPage(buffer);
        List<CachedPage> pages = new ArrayList<>();
        buffer.flags.update(0, PageBufFlags.PAGE_CACHE, task);
        int done = 0;
        for (int i = 0; i < count; i++) {
            CachedPage page = findOrCreate(firstPage(buffer) + i, flags, task);
            if (page == null) {
                buffer.setPagesOwned(pages.toArray(new CachedPage[0]));
                return false;
            }
            pages.add(page);
            if (isDone(buffer, i, page, flags, task)) {
                done++;
            }
        }
        buffer.setPagesOwned(pages.toArray(new CachedPage[0]));
        if (done > 0) {
            int partial = done < count ? PageBufFlags.PARTIAL : 0;
            buffer.flags.update(PageBufFlags.NONE, partial, task);
        }
        return true;
    }

    private @Nullable CachedPage findOrCreate(int index, int flags, Task task) {
        int gfp = PageBufFlags.gfp(flags);
        CachedPage page = cache.findOrCreate(index, gfp, task);
        while (page == null) {
            observer.pageMissing(gfp);
            if ((flags & PageBufFlags.READ_AHEAD) != 0) {
                return null;
            }
            observer.daemonWoken();
            congestion.await(true, NAP_JIFFIES, task);
            page = cache.findOrCreate(index, gfp, task);
        }
        return page;
    }

    /**
     * Whether the buffer's part of a page is up to date. Where the file system's blocks are smaller than pages, that part alone
     * counts. Otherwise the page is read whole, and if it is to be, it stays locked until then.
     */
    private boolean isDone(PageBuf buffer, int position, CachedPage page, int flags, Task task) {
        if (page.isUpToDate(task)) {
            return true;
        }
        if (blockSize >= PageFrame.SIZE) {
            if ((flags & PageBufFlags.READ) != 0) {
                buffer.setPagesLockedOwned(true);
            }
            return false;
        }
        return page.isUpToDate(firstBlock(buffer, position), blocks(buffer, position), task);
    }

    /** The first of the buffer's blocks in one of its pages, counted from the page's first. */
    private static int firstBlock(PageBuf buffer, int position) {
        return position == 0 ? buffer.block % CachedPage.BLOCKS : 0;
    }

    private static int blocks(PageBuf buffer, int position) {
        int start = (firstPage(buffer) + position) * CachedPage.BLOCKS;
        int end = Math.min(buffer.block + buffer.length, start + CachedPage.BLOCKS);
        return end - Math.max(buffer.block, start);
    }

    /** What was read of a buffer is up to date: {@code bio_end_io_pagebuf} for its pages. A write tells nothing new (s45). */
    void setUpToDate(PageBuf buffer, int flags, Task task) {
        boolean whole = blockSize == PageFrame.SIZE;
        boolean ofCache = (flags & PageBufFlags.PAGE_CACHE) != 0;
        for (int i = 0; i < buffer.pageCountOwned(); i++) {
            CachedPage page = buffer.page(i);
            if (page != null && whole) {
                page.setUpToDate(true, task);
            } else if (page != null && ofCache) {
                page.setUpToDate(firstBlock(buffer, i), blocks(buffer, i), task);
            }
        }
    }

    /**
     * {@code _pagebuf_map_pages}: addresses for the buffer. A single page has one already; several are mapped together if the caller
     * wants that.
     *
     * @return whether what was wanted could be had
     */
    boolean map(PageBuf buffer, int flags, Task task) {
        boolean single = buffer.pageCountOwned() == 1;
        if (!single && (flags & PageBufFlags.MAPPED) == 0) {
            return true;
        }
        if (!single && !ranges.map(buffer.pageCountOwned(), task)) {
            return false;
        }
        buffer.flags.update(0, PageBufFlags.MAPPED, task);
        return true;
    }

    /** Gives a buffer's pages back. */
    void release(PageBuf buffer, int flags, Task task) {
        if ((flags & PageBufFlags.MAPPED) != 0 && buffer.pageCountOwned() > 1) {
            ranges.putBy(task);
        }
        for (int i = 0; i < buffer.pageCountOwned(); i++) {
            CachedPage page = buffer.page(i);
            if (page != null) {
                observer.pageReleased(firstPage(buffer) + i);
                cache.release(page, task);
            }
        }
        if (buffer.pageCountOwned() > PAGES_INSIDE) {
            observer.memoryFreed();
        }
    }

    /**
     * {@code kmem_alloc} and {@code pagebuf_associate_memory}: memory of its own for a buffer that has no pages of the cache.
     *
     * @return whether there was any
     */
    boolean allocate(PageBuf buffer, Task task) {
        int order = 0;
        while (PageFrame.SIZE << order < buffer.length * PageBuf.BLOCK_SIZE) {
            order++;
        }
        PageFrame memory = cache.allocator().alloc(Gfp.KERNEL, order, task);
        if (memory == null) {
            return false;
        }
        buffer.setMemoryOwned(memory, order);
        buffer.flags.update(0, PageBufFlags.MAPPED | PageBufFlags.KMEM_ALLOC, task);
        return true;
    }

    /** Gives a buffer's own memory back. */
    void releaseMemory(PageBuf buffer, Task task) {
        PageFrame memory = buffer.memoryOwned();
        if (memory != null) {
            observer.memoryFreed();
            cache.allocator().free(memory, buffer.memoryOrderOwned(), task);
        }
    }

    /** Unmaps what is no longer used. */
    void purge(Task task) {
        ranges.purge(task);
    }

    @Override
    public void writeState(StateSink out) {
        ranges.writeState(out);
        cache.writeState(out);
    }
}
