package dev.gaugeblock.machines;

import dev.gaugeblock.machines.ModelBuffers.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Behaviour 13: requests and the device below, completions, delayed writes, flush and daemon. */
final class ModelBufferIo {
    /** A part of a request that the device has. */
    record Part(Buffer buffer, int first, int pages, int offset, int bytes, boolean fails) {}

    /** What a thread is to complete, for data or for the log. */
    record Work(Buffer buffer, boolean data) {}

    /** The original goes on behind a {@code BUG}; the model tells of it. */
    static final class Bug extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bug(String what) {
            super("BUG:" + what, null, false, false);
        }
    }

    private static final int STARTS = ModelBuffers.READ
            | ModelBuffers.WRITE
            | ModelBuffers.ASYNC
            | ModelBuffers.READ_AHEAD
            | ModelBuffers.RUN_QUEUES;

    private static final int EIO = 5;

    private final ModelBuffers target;
    private final List<String> trace;
    final List<Buffer> delayed = new ArrayList<>();
    final List<Part> pending = new ArrayList<>();
    final List<Work> work = new ArrayList<>();
    /** Completions that came and that were run, for data and for the log, and who waits for that. */
    private final int[] came = new int[2];

    private final int[] ran = new int[2];
    private final List<List<ModelSleepers.Wake>> flushers = List.of(new ArrayList<>(), new ArrayList<>());
    /** How the device behaves. */
    int parts = 1;

    boolean failing;
    boolean later;

    ModelBufferIo(ModelBuffers target, boolean later) {
        this.target = target;
        this.trace = target.trace;
        this.later = later;
    }

    /** {@code iostart}: the error. */
    int start(Buffer buffer, int argument, int cpu) {
        if ((argument & ModelBuffers.DELWRI) != 0) {
            buffer.change(
                    ModelBuffers.READ | ModelBuffers.WRITE | ModelBuffers.ASYNC,
                    argument & (ModelBuffers.DELWRI | ModelBuffers.ASYNC));
            queue(buffer, true);
            return 0;
        }
        buffer.change(STARTS | ModelBuffers.DELWRI, argument & STARTS);
        request(buffer, cpu);
        return (argument & ModelBuffers.ASYNC) == 0 ? await(buffer) : 0;
    }

    /** {@code iorequest}. */
    private void request(Buffer buffer, int cpu) {
        if (buffer.has(ModelBuffers.DELWRI)) {
            queue(buffer, true);
            return;
        }
        while (buffer.has(ModelBuffers.WRITE) && buffer.pins > 0) {
            if (buffer.remaining != 0) {
                trace.add("run_queue");
            }
            ModelSleepers.Wake me = target.sleepers.new Wake();
            buffer.unpinned.add(me);
            me.sleep();
        }
        buffer.holds++;
        buffer.remaining = 1;
        submit(buffer, cpu);
        if (buffer.has(ModelBuffers.RUN_QUEUES)) {
            buffer.flags &= ~ModelBuffers.RUN_QUEUES;
            if (buffer.remaining > 1) {
                trace.add("run_queue");
            }
        }
        partEnded(buffer, false, cpu);
        target.release(buffer, cpu);
    }

    private boolean readsLockedPages(Buffer buffer) {
        if (!buffer.has(ModelBuffers.READ | ModelBuffers.WRITE)) {
            trace.add("assert:_pagebuf_iolocked");
        }
        return buffer.has(ModelBuffers.READ) && buffer.pagesLocked;
    }

    private void submit(Buffer buffer, int cpu) {
        if (readsLockedPages(buffer) && target.pages.areBlocks() && buffer.bytes() < ModelBuffers.PAGE) {
            submit(new Part(buffer, 0, 1, 0, ModelBuffers.PAGE, failing), cpu);
            return;
        }
        int most = Math.max(1, Math.min(256, (buffer.pageCount + parts - 1) / parts));
        int left = buffer.bytes();
        int offset = buffer.offset();
        for (int first = 0; left > 0; ) {
            int pages = Math.min(most, buffer.pageCount - first);
            pages = Math.min(pages, (offset + left + ModelBuffers.PAGE - 1) / ModelBuffers.PAGE);
            if (pages == 0) {
                buffer.remaining++;
                buffer.error = EIO;
                return;
            }
            int bytes = Math.min(left, pages * ModelBuffers.PAGE - offset);
            submit(new Part(buffer, first, pages, offset, bytes, failing), cpu);
            left -= bytes;
            first += pages;
            offset = 0;
        }
    }

    private void submit(Part part, int cpu) {
        part.buffer.remaining++;
        trace.add("applied:" + (part.buffer.has(ModelBuffers.READ) ? "read" : "write"));
        if (later) {
            pending.add(part);
        } else {
            end(part, cpu);
        }
    }

    private void end(Part part, int cpu) {
        Buffer buffer = part.buffer;
        if (part.fails) {
            buffer.error = EIO;
        }
        int at = part.offset;
        int left = part.bytes;
        for (int i = 0; i < part.pages; i++) {
            ModelPages.Page page = buffer.pages.get(part.first + i);
            int bytes = Math.min(left, ModelBuffers.PAGE - at);
            if (buffer.error == 0) {
                if (target.pages.areBlocks()) {
                    page.upToDate = true;
                } else if (buffer.has(ModelBuffers.PAGE_CACHE)) {
                    page.note(at, bytes);
                }
            }
            if (readsLockedPages(buffer)) {
                target.pages.unlock(page);
            }
            left -= bytes;
            at = 0;
        }
        partEnded(buffer, true, cpu);
    }

    private void partEnded(Buffer buffer, boolean inInterrupt, int cpu) {
        buffer.remaining--;
        if (buffer.remaining != 0) {
            return;
        }
        buffer.pagesLocked = false;
        buffer.flags &= ~(ModelBuffers.READ | ModelBuffers.WRITE);
        if (buffer.error == 0) {
            buffer.flags &= ~ModelBuffers.NOT_DONE;
        }
        if (!buffer.has(ModelBuffers.ASYNC)) {
            buffer.ended.up();
        } else if (inInterrupt) {
            boolean data = buffer.has(ModelBuffers.FS_DATAIOD);
            trace.add("work:" + (data ? "data" : "log"));
            work.add(new Work(buffer, data));
            came[data ? 0 : 1]++;
        } else {
            target.letGo(buffer, cpu);
        }
    }

    /** {@code iowait}. */
    private int await(Buffer buffer) {
        if (buffer.remaining != 0) {
            trace.add("run_queue");
        }
        buffer.ended.down();
        return buffer.error;
    }

    void complete(int cpu) {
        end(pending.remove(0), cpu);
    }

    /** A thread runs the oldest completion. */
    void work(int cpu) {
        Work oldest = work.remove(0);
        if (oldest.buffer.has(ModelBuffers.ASYNC)) {
            target.letGo(oldest.buffer, cpu);
        }
        ran[oldest.data ? 0 : 1]++;
        List<ModelSleepers.Wake> waiting = flushers.get(oldest.data ? 0 : 1);
        waiting.forEach(wake -> wake.due = true);
        waiting.clear();
    }

    // Delayed writes

    private static boolean unlink(Buffer buffer) {
        List<Buffer> list = buffer.list;
        if (list != null) {
            list.remove(buffer);
            buffer.list = null;
        }
        return list != null;
    }

    private void assertDelayed(Buffer buffer, String function) {
        if (!buffer.has(ModelBuffers.DELWRI)) {
            trace.add("assert:" + function);
        }
    }

    void queue(Buffer buffer, boolean unlock) {
        assertDelayed(buffer, "pagebuf_delwri_queue");
        if (unlink(buffer) && unlock) {
            buffer.holds--;
        }
        delayed.add(buffer);
        buffer.list = delayed;
        if (unlock) {
            buffer.lock.up();
        }
    }

    void dequeue(Buffer buffer, int cpu) {
        boolean queued = buffer.has(ModelBuffers.DELWRI) && unlink(buffer);
        buffer.flags &= ~ModelBuffers.DELWRI;
        if (queued) {
            target.release(buffer, cpu);
        }
    }

    int writeLater(Buffer buffer, int cpu) {
        return start(buffer, ModelBuffers.DELWRI | ModelBuffers.ASYNC, cpu);
    }

    int writeAsync(Buffer buffer, int cpu) {
        dequeue(buffer, cpu);
        return start(buffer, ModelBuffers.WRITE | ModelBuffers.ASYNC | ModelBuffers.RUN_QUEUES, cpu);
    }

    /** {@code bwrite} of a buffer that its user has marked WRITE. */
    int write(Buffer buffer, int cpu) {
        boolean waits = !buffer.has(ModelBuffers.ASYNC);
        buffer.flags |= waits ? 0 : ModelBuffers.RUN_QUEUES;
        dequeue(buffer, cpu);
        request(buffer, cpu);
        if (!waits) {
            return 0;
        }
        int error = await(buffer);
        target.letGo(buffer, cpu);
        return error;
    }

    private void take(Buffer buffer, List<Buffer> taken) {
        buffer.change(ModelBuffers.DELWRI, ModelBuffers.WRITE);
        unlink(buffer);
        taken.add(0, buffer);
        buffer.list = taken;
    }

    /** A round of the daemon. */
    void writeOld(int cpu) {
        List<Buffer> taken = new ArrayList<>();
        for (Buffer buffer : List.copyOf(delayed)) {
            assertDelayed(buffer, "pagebuf_daemon");
            if (buffer.pins == 0 && buffer.lock.tryDown()) {
                take(buffer, taken);
            }
        }
        while (!taken.isEmpty()) {
            Buffer buffer = taken.get(0);
            unlink(buffer);
            request(buffer, cpu);
            trace.add("run_queue");
        }
        target.unmapRanges();
    }

    private void awaitWork(int queue) {
        int needed = came[queue];
        while (ran[queue] < needed) {
            ModelSleepers.Wake me = target.sleepers.new Wake();
            flushers.get(queue).add(me);
            me.sleep();
        }
    }

    /** A flush; how many were pinned. */
    int flush(boolean waits, int cpu) {
        awaitWork(0);
        awaitWork(1);
        int pinned = 0;
        List<Buffer> taken = new ArrayList<>();
        for (Buffer buffer : List.copyOf(delayed)) {
            assertDelayed(buffer, "xfs_flush_buftarg");
            if (buffer.pins > 0) {
                pinned++;
            } else {
                take(buffer, taken);
            }
        }
        Buffer buffer = taken.isEmpty() ? null : taken.get(0);
        while (buffer != null) {
            if (buffer.list != taken) {
                throw new Bug("list_left");
            }
            int place = taken.indexOf(buffer);
            Buffer next = place + 1 < taken.size() ? taken.get(place + 1) : null;
            if (waits) {
                buffer.flags &= ~ModelBuffers.ASYNC;
            } else {
                unlink(buffer);
            }
            target.lock(buffer);
            request(buffer, cpu);
            buffer = next;
        }
        while (!taken.isEmpty()) {
            Buffer first = taken.get(0);
            unlink(first);
            await(first);
            target.letGo(first, cpu);
        }
        if (waits) {
            trace.add("run_queue");
        }
        return pinned;
    }
}
