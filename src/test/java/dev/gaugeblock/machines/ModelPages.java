package dev.gaugeblock.machines;

import dev.gaugeblock.machines.ModelBuffers.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Behaviour 13: the pages of the device in memory, and what of them is up to date. */
final class ModelPages {
    /** A page. */
    static final class Page {
        final int index;
        final int pfn;
        int uses = 1;
        boolean upToDate;
        int regions;

        Page(int index, int pfn) {
            this.index = index;
            this.pfn = pfn;
        }

        boolean has(int offset, int bytes) {
            int asked = mask(offset, bytes);
            return asked != 0 && (regions & asked) == asked;
        }

        void note(int offset, int bytes) {
            regions |= mask(offset, bytes);
        }

        /** Regions of 128 bytes, from the first that begins in the run, without the one that its last byte is in. */
        private static int mask(int offset, int bytes) {
            int mask = 0;
            for (int region = (offset + 127) / 128; region < (offset + bytes - 1) / 128; region++) {
                mask |= 1 << region;
            }
            return mask;
        }
    }

    final List<Page> pages = new ArrayList<>();
    private final ModelMemory memory;
    private final ModelAllocator allocator;
    private final ModelHighmem waits;
    private final List<String> trace;

    ModelPages(Model model) {
        this.memory = model.memory;
        this.allocator = model.allocator;
        this.waits = model.highmem;
        this.trace = model.trace;
    }

    boolean areBlocks() {
        return memory.shape.blockSize() == ModelBuffers.PAGE;
    }

    private @Nullable Page at(int index) {
        return pages.stream().filter(page -> page.index == index).findFirst().orElse(null);
    }

    private @Nullable Page findOrMake(int index, int gfp, int cpu) {
        Page page = at(index);
        if (page != null) {
            page.uses++;
            memory.frame(page.pfn).references++;
            waits.await(page.pfn, ModelBits.LOCKED, true);
            return page;
        }
        int pfn = allocator.alloc(gfp, 0, ModelAllocator.Asker.process(cpu));
        if (pfn < 0) {
            return null;
        }
        // The cache has a reference, too.
        memory.frame(pfn).references++;
        memory.frame(pfn).flags |= ModelBits.LOCKED;
        Page made = new Page(index, pfn);
        pages.add(made);
        return made;
    }

    /** Whether there was memory for all. */
    boolean lookUp(Buffer buffer, int flags, int cpu) {
        int gfp = 0x200
                | ((flags & ModelBuffers.READ_AHEAD) != 0
                        ? 0x1000
                        : (flags & ModelBuffers.DONT_BLOCK) != 0 ? 0x50 : 0xd0);
        buffer.flags |= ModelBuffers.PAGE_CACHE;
        int first = buffer.block * ModelBuffers.BLOCK / ModelBuffers.PAGE;
        int last = ((buffer.block + buffer.length) * ModelBuffers.BLOCK - 1) / ModelBuffers.PAGE;
        buffer.room = last - first + 1;
        buffer.pageCount = buffer.room;
        int done = 0;
        for (int index = first; index <= last; index++) {
            Page page = findOrMake(index, gfp, cpu);
            if (page == null) {
                trace.add("page_missing:" + gfp);
                buffer.pageCount = index - first;
                if ((flags & ModelBuffers.READ_AHEAD) == 0) {
                    throw new IllegalStateException("the model has no memory for a page, and waits for none");
                }
                buffer.pages.forEach(this::unlock);
                return false;
            }
            if (isDone(buffer, page, index - first, flags)) {
                done++;
            }
            buffer.pages.add(page);
        }
        if (!buffer.pagesLocked) {
            buffer.pages.forEach(this::unlock);
        }
        if (done > 0) {
            buffer.change(ModelBuffers.NONE, done < buffer.pageCount ? ModelBuffers.PARTIAL : 0);
        }
        return true;
    }

    private boolean isDone(Buffer buffer, Page page, int position, int flags) {
        if (page.upToDate) {
            return true;
        }
        if (areBlocks()) {
            buffer.pagesLocked |= (flags & ModelBuffers.READ) != 0;
            return false;
        }
        int begin = Math.max(0, buffer.offset() - position * ModelBuffers.PAGE);
        int end = Math.min(ModelBuffers.PAGE, buffer.offset() + buffer.bytes() - position * ModelBuffers.PAGE);
        return page.has(begin, end - begin);
    }

    void unlock(Page page) {
        waits.clear(page.pfn, ModelBits.LOCKED);
    }

    /** A buffer that is freed lets go of it. */
    void release(Page page, int cpu) {
        trace.add("page_release:" + page.index);
        page.uses--;
        memory.free(page.pfn, 0, false, cpu);
        boolean stays = memory.shape.keepsPages() || memory.frame(page.pfn).has(ModelBits.LOCKED);
        if (page.uses == 0 && !stays) {
            pages.remove(page);
            memory.free(page.pfn, 0, false, cpu);
        }
    }
}
