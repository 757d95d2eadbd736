package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Behaviour 13, for buffers of one page each, on a device that ends what it is asked for within the request, or later.
 */
final class ModelBuffers {
    // The bits that are compared.
    static final int READ = 1;
    static final int WRITE = 1 << 1;
    static final int MAPPED = 1 << 2;
    static final int PARTIAL = 1 << 3;
    static final int ASYNC = 1 << 4;
    static final int NONE = 1 << 5;
    static final int DELWRI = 1 << 6;
    static final int STALE = 1 << 7;
    static final int TRYLOCK = 1 << 15;
    static final int PAGE_CACHE = 1 << 17;

    /** Somebody who waits for a buffer's lock, for its write to be allowed, for the end of its I/O. */
    private enum For {
        LOCK,
        UNPIN,
        END
    }

    /** A buffer. */
    static final class Buffer {
        final int block;
        int flags;
        int holds = 1;
        int lock;
        int pins;
        int ended;
        boolean underWay;
        int page = -1;
        private final Map<ModelSleepers.Sleeper, For> sleepers = new LinkedHashMap<>();

        Buffer(int block) {
            this.block = block;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        private void wake(For what, boolean all) {
            for (Map.Entry<ModelSleepers.Sleeper, For> each : List.copyOf(sleepers.entrySet())) {
                if (each.getValue() == what && !each.getKey().due) {
                    each.getKey().due = true;
                    sleepers.remove(each.getKey());
                    if (!all) {
                        return;
                    }
                }
            }
        }
    }

    private final ModelMemory memory;
    private final ModelAllocator allocator;
    private final ModelSleepers sleepers;
    /** By block. */
    final Map<Integer, Buffer> buffers = new LinkedHashMap<>();

    final List<Buffer> delayed = new ArrayList<>();
    final List<Buffer> pending = new ArrayList<>();
    final List<Buffer> work = new ArrayList<>();
    /** Frames that have been pages of buffers: whether they are up to date is no matter of this model. */
    final Set<Integer> pages = new HashSet<>();

    ModelBuffers(Model model) {
        this.memory = model.memory;
        this.allocator = model.allocator;
        this.sleepers = model.sleepers;
    }

    private String await(
            Buffer buffer, For what, String name, java.util.function.Predicate<ModelSleepers.Sleeper> then) {
        buffer.sleepers.put(sleepers.park(name, then), what);
        return "sleeps";
    }

    /** "none", "sleeps", or the buffer is there. */
    String get(int block, boolean read, boolean tryLock, int cpu) {
        int flags = (read ? READ : 0) | (tryLock ? TRYLOCK : 0);
        Buffer buffer = buffers.get(block);
        if (buffer == null) {
            Buffer fresh = new Buffer(block);
            fresh.flags = flags | NONE | PAGE_CACHE | MAPPED;
            buffers.put(block, fresh);
            fresh.page = allocator.alloc(0x2d0, 0, ModelTask.process(cpu));
            // The page cache has a reference, too.
            memory.frame(fresh.page).references++;
            pages.add(fresh.page);
            return read ? readIn(fresh, block, cpu) : "given";
        }
        if (buffer.lock == 0) {
            if (tryLock) {
                return "none";
            }
            buffer.holds++;
            return lock(buffer, (read ? "read-buf " : "get-buf ") + block, read, cpu);
        }
        buffer.holds++;
        buffer.lock--;
        return locked(buffer, read, cpu);
    }

    private String lock(Buffer buffer, String name, boolean read, int cpu) {
        return await(buffer, For.LOCK, name, sleeper -> {
            if (buffer.lock == 0) {
                sleeper.sleepAgain();
                buffer.sleepers.put(sleeper, For.LOCK);
                return false;
            }
            buffer.lock--;
            String outcome = locked(buffer, read, cpu);
            if (!outcome.equals("sleeps")) {
                memory.trace.add(outcome);
                return true;
            }
            return false;
        });
    }

    private String locked(Buffer buffer, boolean read, int cpu) {
        if (buffer.has(STALE)) {
            buffer.flags &= MAPPED;
        }
        buffer.flags |= MAPPED;
        if (!read) {
            return "given";
        }
        if (buffer.has(PARTIAL | NONE)) {
            return readIn(buffer, buffer.block, cpu);
        }
        buffer.flags &= ~READ;
        return "given";
    }

    private String readIn(Buffer buffer, int block, int cpu) {
        buffer.flags = buffer.flags & ~(READ | WRITE | ASYNC | DELWRI) | READ;
        return request(buffer, "read-buf " + block, "given", cpu);
    }

    /** Submits what the flags say; then waits for it, unless it is asynchronous. */
    private String request(Buffer buffer, String name, String then, int cpu) {
        if (buffer.has(WRITE) && buffer.pins > 0) {
            return await(buffer, For.UNPIN, name, sleeper -> {
                if (buffer.pins > 0) {
                    sleeper.sleepAgain();
                    buffer.sleepers.put(sleeper, For.UNPIN);
                    return false;
                }
                return submit(buffer, name, then, cpu, sleeper);
            });
        }
        return submit(buffer, name, then, cpu, null) ? then : "sleeps";
    }

    private boolean submit(Buffer buffer, String name, String then, int cpu, ModelSleepers.Sleeper self) {
        if (!memory.shape.deferredDevice()) {
            boolean asynchronous = buffer.has(ASYNC);
            done(buffer, false, cpu);
            return asynchronous ? ended(then, self) : finish(buffer, then, cpu, self);
        }
        buffer.underWay = true;
        pending.add(buffer);
        if (buffer.has(ASYNC)) {
            return ended(then, self);
        }
        java.util.function.Predicate<ModelSleepers.Sleeper> onwards = sleeper -> {
            buffer.ended--;
            return finish(buffer, then, cpu, sleeper);
        };
        ModelSleepers.Sleeper sleeper = sleepers.park(name, onwards);
        buffer.sleepers.put(sleeper, For.END);
        return false;
    }

    private boolean ended(String then, ModelSleepers.Sleeper self) {
        if (self != null && !then.isEmpty()) {
            memory.trace.add(then);
        }
        return true;
    }

    private boolean finish(Buffer buffer, String then, int cpu, ModelSleepers.Sleeper self) {
        if (then.isEmpty()) {
            letGo(buffer, cpu);
        }
        return ended(then, self);
    }

    /** {@code iodone}. */
    private void done(Buffer buffer, boolean later, int cpu) {
        buffer.flags &= ~(READ | WRITE | PARTIAL | NONE);
        buffer.underWay = false;
        if (!buffer.has(ASYNC)) {
            if (later) {
                buffer.ended++;
                buffer.wake(For.END, false);
            }
        } else if (later) {
            work.add(buffer);
        } else {
            letGo(buffer, cpu);
        }
    }

    void complete(int cpu) {
        done(pending.remove(0), true, cpu);
    }

    void work(int cpu) {
        letGo(work.remove(0), cpu);
    }

    void unlock(Buffer buffer) {
        buffer.lock++;
        buffer.wake(For.LOCK, false);
    }

    /** {@code relse}. */
    void letGo(Buffer buffer, int cpu) {
        unlock(buffer);
        release(buffer, cpu);
    }

    /** {@code rele}. */
    void release(Buffer buffer, int cpu) {
        buffer.holds--;
        if (buffer.holds > 0) {
            return;
        }
        if (buffer.has(DELWRI)) {
            buffer.flags |= ASYNC;
            buffer.holds++;
            queue(buffer);
            return;
        }
        buffers.remove(buffer.block);
        if (buffer.has(PAGE_CACHE)) {
            memory.free(buffer.page, 0, false, cpu);
            memory.free(buffer.page, 0, false, cpu);
        }
    }

    private void queue(Buffer buffer) {
        delayed.remove(buffer);
        delayed.add(buffer);
    }

    /** {@code bdwrite}. */
    void writeLater(Buffer buffer) {
        buffer.flags = buffer.flags & ~(READ | WRITE | ASYNC) | DELWRI | ASYNC;
        if (delayed.contains(buffer)) {
            buffer.holds--;
        }
        queue(buffer);
        unlock(buffer);
    }

    /** {@code bawrite}. */
    String writeAsync(Buffer buffer, int cpu) {
        dequeue(buffer, cpu);
        buffer.flags = buffer.flags & ~(READ | WRITE | ASYNC | DELWRI) | WRITE | ASYNC;
        return request(buffer, "bawrite " + buffer.block, "", cpu);
    }

    private void dequeue(Buffer buffer, int cpu) {
        boolean queued = buffer.has(DELWRI) && delayed.remove(buffer);
        buffer.flags &= ~DELWRI;
        if (queued) {
            release(buffer, cpu);
        }
    }

    /**
     * {@code bwrite} of a buffer that its user has marked WRITE: written, waited for unless it is ASYNC, and let go.
     */
    String write(Buffer buffer, int cpu) {
        buffer.flags |= WRITE;
        dequeue(buffer, cpu);
        return request(buffer, "bwrite " + buffer.block, "", cpu);
    }

    /** A round of the daemon: whatever is neither pinned nor locked, the newest first. */
    void writeOld(int cpu) {
        List<Buffer> taken = new ArrayList<>();
        for (Buffer buffer : delayed) {
            if (buffer.pins == 0 && buffer.lock > 0) {
                buffer.lock--;
                buffer.flags = buffer.flags & ~DELWRI | WRITE;
                taken.add(0, buffer);
            }
        }
        for (Buffer buffer : taken) {
            delayed.remove(buffer);
            request(buffer, "daemon " + buffer.block, "", cpu);
        }
    }

    void unpin(Buffer buffer) {
        buffer.pins--;
        if (buffer.pins == 0) {
            buffer.wake(For.UNPIN, true);
        }
    }
}
