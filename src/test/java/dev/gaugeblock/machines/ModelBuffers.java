package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Behaviour 13: how buffers are found, made, locked, held and freed. */
final class ModelBuffers {
    static final int READ = 1;
    static final int WRITE = 1 << 1;
    static final int MAPPED = 1 << 2;
    static final int PARTIAL = 1 << 3;
    static final int ASYNC = 1 << 4;
    static final int NONE = 1 << 5;
    static final int DELWRI = 1 << 6;
    static final int STALE = 1 << 7;
    static final int FS_MANAGED = 1 << 8;
    static final int FS_DATAIOD = 1 << 9;
    static final int READ_AHEAD = 1 << 12;
    static final int LOCK = 1 << 14;
    static final int TRYLOCK = 1 << 15;
    static final int DONT_BLOCK = 1 << 16;
    static final int PAGE_CACHE = 1 << 17;
    static final int RUN_QUEUES = 1 << 19;
    static final int NOT_DONE = PARTIAL | NONE;
    /** Bytes of a block, and of a page. */
    static final int BLOCK = 512;

    static final int PAGE = 4096;
    /** A buffer has room for the list of so many pages. */
    private static final int PAGES_INSIDE = 2;

    /** A buffer. */
    static final class Buffer {
        final int block;
        final int length;
        int flags;
        int holds = 1;
        int pins;
        int remaining;
        int error;
        final ModelSleepers.Count lock;
        final ModelSleepers.Count ended;
        final List<ModelSleepers.Wake> unpinned = new ArrayList<>();
        /** Its pages stay locked until they are read. */
        boolean pagesLocked;

        boolean freed;
        final List<ModelPages.Page> pages = new ArrayList<>();
        /** Pages that it has, or is still to get. */
        int pageCount;
        /** For so many it has a list. */
        int room;
        /** What it is linked on, the delayed writes or those that a flush or the daemon took. */
        @Nullable
        List<Buffer> list;

        Buffer(int block, int length, int flags, ModelSleepers sleepers) {
            this.block = block;
            this.length = length;
            this.flags = flags;
            this.lock = sleepers.new Count(0);
            this.ended = sleepers.new Count(0);
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        boolean is(int otherBlock, int otherLength) {
            return block == otherBlock && length == otherLength;
        }

        int offset() {
            return block * BLOCK % PAGE;
        }

        int bytes() {
            return length * BLOCK;
        }

        void change(int clear, int set) {
            flags = flags & ~clear | set;
        }

        @Override
        public String toString() {
            return block + "+" + length;
        }
    }

    final ModelSleepers sleepers;
    final List<String> trace;
    final ModelPages pages;
    final ModelBufferIo io;
    final List<Buffer> buffers = new ArrayList<>();
    /** Ranges of addresses that nobody uses, and that are still mapped. */
    private int rangesPutBy;

    ModelBuffers(Model model) {
        this.sleepers = model.sleepers;
        this.trace = model.trace;
        this.pages = new ModelPages(model);
        this.io = new ModelBufferIo(this, model.memory.shape.deferredDevice());
    }

    @Nullable
    Buffer at(int block, int length) {
        return buffers.stream()
                .filter(buffer -> buffer.is(block, length))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Buffer find(int block, int length, int flags, Buffer fresh, int cpu) {
        Buffer found = at(block, length);
        if (found == null) {
            buffers.add(fresh);
            return fresh;
        }
        found.holds++;
        if (!found.lock.tryDown()) {
            if ((flags & TRYLOCK) != 0) {
                release(found, cpu);
                return null;
            }
            lock(found);
        }
        if (found.has(STALE)) {
            found.flags &= MAPPED;
        }
        return found;
    }

    void lock(Buffer buffer) {
        if (buffer.remaining != 0) {
            trace.add("run_queue");
        }
        buffer.lock.down();
    }

    /** {@code xfs_buf_get_flags}; {@code null} for none. */
    @Nullable
    Buffer get(int block, int length, int flags, int cpu) {
        trace.add("km:" + ((flags & DONT_BLOCK) != 0 ? 4 : 1));
        Buffer fresh = new Buffer(block, length, flags & ~(LOCK | MAPPED | DONT_BLOCK | READ_AHEAD) | NONE, sleepers);
        Buffer buffer = find(block, length, flags, fresh, cpu);
        if (buffer != fresh) {
            trace.add("buffer_free");
        }
        if (buffer == null) {
            return null;
        }
        if (buffer == fresh && !pages.lookUp(buffer, flags, cpu)) {
            giveUp(buffer, flags, cpu);
            return null;
        }
        map(buffer, flags);
        return buffer;
    }

    private void map(Buffer buffer, int flags) {
        if (buffer.has(MAPPED) || buffer.pageCount != 1 && (flags & MAPPED) == 0) {
            return;
        }
        if (buffer.pageCount != 1) {
            if (rangesPutBy > 64) {
                unmapRanges();
            }
            trace.add("vmap:" + buffer.pageCount);
        }
        buffer.flags |= MAPPED;
    }

    void unmapRanges() {
        for (; rangesPutBy > 0; rangesPutBy--) {
            trace.add("vunmap");
        }
    }

    /** {@code xfs_buf_read_flags}. */
    @Nullable
    Buffer read(int block, int length, int flags, int cpu) {
        Buffer buffer = get(block, length, flags | READ, cpu);
        if (buffer == null) {
            return null;
        }
        if (buffer.has(NOT_DONE)) {
            io.start(buffer, flags | READ, cpu);
        } else if ((flags & ASYNC) != 0) {
            giveUp(buffer, flags, cpu);
            return null;
        } else {
            buffer.flags &= ~READ;
        }
        return buffer;
    }

    private void giveUp(Buffer buffer, int flags, int cpu) {
        if ((flags & (LOCK | TRYLOCK)) != 0) {
            buffer.lock.up();
        }
        release(buffer, cpu);
    }

    /** {@code relse}. */
    void letGo(Buffer buffer, int cpu) {
        buffer.lock.up();
        release(buffer, cpu);
    }

    /** {@code rele}. */
    void release(Buffer buffer, int cpu) {
        buffer.holds--;
        if (buffer.holds != 0) {
            return;
        }
        if (buffer.has(DELWRI)) {
            buffer.flags |= ASYNC;
            buffer.holds++;
            io.queue(buffer, false);
        } else if (!buffer.has(FS_MANAGED)) {
            free(buffer, cpu);
        }
    }

    private void free(Buffer buffer, int cpu) {
        buffers.remove(buffer);
        buffer.freed = true;
        if (buffer.has(PAGE_CACHE)) {
            if (buffer.has(MAPPED) && buffer.pageCount > 1) {
                rangesPutBy++;
            }
            buffer.pages.forEach(page -> pages.release(page, cpu));
            if (buffer.room > PAGES_INSIDE) {
                trace.add("list_free");
            }
        }
        trace.add("buffer_free");
    }

    /** A macro {@code XFS_BUF_...} on the flags. */
    void mark(String macro, Buffer buffer, int cpu) {
        switch (macro) {
            case "STALE" -> buffer.flags |= STALE;
            case "DELAYWRITE" -> buffer.flags |= DELWRI;
            case "UNDELAYWRITE" -> io.dequeue(buffer, cpu);
            case "DATAIO" -> buffer.flags |= FS_DATAIOD;
            case "UNDATAIO" -> buffer.flags &= ~FS_DATAIOD;
            case "MANAGE" -> buffer.flags |= FS_MANAGED;
            case "UNMANAGE" -> buffer.flags &= ~FS_MANAGED;
            case "DONE" -> buffer.flags &= ~NOT_DONE;
            case "UNDONE" -> buffer.flags |= NOT_DONE;
            case "ZEROFLAGS" -> buffer.flags &= ~(READ | WRITE | ASYNC | DELWRI);
            case "SUPER_STALE" -> {
                buffer.flags |= STALE;
                io.dequeue(buffer, cpu);
                buffer.flags &= ~NOT_DONE;
            }
            default -> throw new IllegalArgumentException(macro);
        }
    }

    void unpin(Buffer buffer) {
        buffer.pins--;
        if (buffer.pins == 0) {
            buffer.unpinned.forEach(wake -> wake.due = true);
            buffer.unpinned.clear();
        }
    }
}
