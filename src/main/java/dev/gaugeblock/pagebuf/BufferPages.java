package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How buffers come by pages, by addresses for them, and give both back. Called by the owner of the buffer's lock. */
final class BufferPages implements Stateful {
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
     * {@code _pagebuf_lookup_pages}: finds or makes every page of a new buffer, and notes in its flags what of it is up to date. Each
     * page is locked when it is found, and stays so if one of them is to be read; otherwise all are unlocked in the end.
     *
     * @return whether there was memory for all; only READ_AHEAD does not wait for it
     */
    boolean lookUp(PageBuf buffer, int flags, Task task) {
        BufferMemory memory = buffer.memory;
        memory.makeRoom(pagesOf(buffer.offset() + buffer.bytes()));
        buffer.flags.update(0, PageBufFlags.PAGE_CACHE, task);
        int done = 0;
        for (int i = 0; i < memory.count(); i++) {
            CachedPage page = findOrCreate(firstPage(buffer) + i, flags, task);
            if (page == null) {
                memory.cut(i);
                unlock(memory, task);
                return false;
            }
            if (isDone(buffer, i, page, flags, task)) {
                done++;
            }
            memory.putPage(i, page);
        }
        if (!memory.isLocked()) {
            unlock(memory, task);
        }
        if (done > 0) {
            int partial = done < memory.count() ? PageBufFlags.PARTIAL : 0;
            buffer.flags.update(PageBufFlags.NONE, partial, task);
        }
        return true;
    }

    private static int pagesOf(int bytes) {
        return (bytes + PageFrame.SIZE - 1) / PageFrame.SIZE;
    }

    private void unlock(BufferMemory memory, Task task) {
        for (int i = 0; i < memory.count(); i++) {
            CachedPage page = memory.page(i);
            if (page != null) {
                cache.unlock(page, task);
            }
        }
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
     * counts. Otherwise the page is read whole, and if it is to be, the buffer's pages stay locked until then.
     */
    private boolean isDone(PageBuf buffer, int position, CachedPage page, int flags, Task task) {
        if (page.isUpToDate(task)) {
            return true;
        }
        if (blockSize >= PageFrame.SIZE) {
            if ((flags & PageBufFlags.READ) != 0) {
                buffer.memory.setLocked(true);
            }
            return false;
        }
        int offset = position == 0 ? buffer.offset() : 0;
        int end = buffer.offset() + buffer.bytes() - position * PageFrame.SIZE;
        return page.isUpToDate(offset, Math.min(end, PageFrame.SIZE) - offset, task);
    }

    /** Whether a block of the file system is a page: then what is less than a page is read with the whole of it. */
    boolean areBlocks() {
        return blockSize == PageFrame.SIZE;
    }

    /**
     * What a part of a request has brought, or taken away, of one of its pages is up to date. Where blocks are not pages, that is
     * noted for pages of the cache, and for the bytes that the part had.
     *
     * @param position the page's place in {@code bio}
     */
    void setUpToDate(Bio bio, int position, Task task) {
        CachedPage page = bio.buffer.page(bio.first + position);
        if (page != null && areBlocks()) {
            page.setUpToDate(true, task);
        } else if (page != null && bio.buffer.has(PageBufFlags.PAGE_CACHE, task)) {
            page.setUpToDate(bio.offset(position), bio.bytes(position), task);
        }
    }

    /**
     * Unlocks a page that has been read.
     *
     * @throws KernelBug {@code bug} if it was not locked
     */
    void unlock(PageBuf buffer, int position, Task task) {
        CachedPage page = buffer.page(position);
        if (page != null) {
            cache.unlock(page, task);
        }
    }

    /**
     * {@code _pagebuf_map_pages}: addresses for the buffer. A single page has one already; several are mapped together if the caller
     * wants that.
     *
     * @return whether what was wanted could be had
     */
    boolean map(PageBuf buffer, int flags, Task task) {
        boolean single = buffer.memory.count() == 1;
        if (!single && (flags & PageBufFlags.MAPPED) == 0) {
            return true;
        }
        if (!single && !ranges.map(buffer.memory.count(), task)) {
            return false;
        }
        buffer.flags.update(0, PageBufFlags.MAPPED, task);
        return true;
    }

    /** Gives a buffer's pages back. */
    void release(PageBuf buffer, int flags, Task task) {
        if ((flags & PageBufFlags.MAPPED) != 0 && buffer.memory.count() > 1) {
            ranges.putBy(task);
        }
        for (int i = 0; i < buffer.memory.count(); i++) {
            CachedPage page = buffer.page(i);
            if (page != null) {
                observer.pageReleased(firstPage(buffer) + i);
                cache.release(page, task);
            }
        }
        releaseList(buffer);
    }

    /** {@code _pagebuf_free_pages}: the list of pages, which a lookup that gave up has made as long as any other. */
    private void releaseList(PageBuf buffer) {
        if (buffer.memory.hasList()) {
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
        while (PageFrame.SIZE << order < buffer.bytes()) {
            order++;
        }
        PageFrame memory = cache.allocator().alloc(Gfp.KERNEL, order, task);
        if (memory == null) {
            return false;
        }
        buffer.memory.putOwn(memory, order);
        buffer.memory.makeRoom(pagesOf(buffer.bytes()));
        buffer.flags.update(0, PageBufFlags.MAPPED | PageBufFlags.KMEM_ALLOC, task);
        return true;
    }

    /** Gives a buffer's own memory back. */
    void releaseMemory(PageBuf buffer, Task task) {
        PageFrame memory = buffer.memory.own();
        if (memory != null) {
            observer.memoryFreed();
            cache.allocator().free(memory, buffer.memory.ownOrder(), task);
        }
        releaseList(buffer);
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
