package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.DeviceSpec;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Mortal;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.pagebuf.BufferObserver;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.CachedPage;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.pagebuf.PageBufFlags;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.pagebuf.SimulatedDevice;
import dev.gaugeblock.pagebuf.Vmap;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The page buffers of a litmus test with a device: what its programs do with them, and which references are theirs. */
public final class BufferUses implements BufferObserver, Vmap, Stateful {
    /** {@code hash_long(block, 3)}: 8 chains. */
    private static final int HASH_BITS = 3;

    private final PageCache cache;
    private final SimulatedDevice device;
    private final BufferTarget target;
    /** As many as there is room for; {@code null}: for any number. Nobody sleeps for one. */
    private final @Nullable Semaphore ranges;

    private final @Nullable PageBuf[] values;
    /**
     * Buffers that programs have references to, once for each: what the users believe, as {@link LiveBlocks} for
     * blocks.
     */
    @Ghost("Invariants read it, and its state by buffer; additions and removals commute.")
    private final List<PageBuf> references = new ArrayList<>();

    @Ghost("A message reads it; each buffer is freed once.")
    private final List<FreedBy> freed = new ArrayList<>();

    // Those that it makes keep it, and call it when the programs run.
    @SuppressWarnings({"nullness:argument", "nullness:assignment"})
    BufferUses(
            DeviceSpec spec,
            PageAllocator allocator,
            PageWaitTable pageLocks,
            CongestionWait congestion,
            int variables,
            Scheduler scheduler) {
        this.cache = new PageCache(allocator, pageLocks, false, scheduler);
        this.device = new SimulatedDevice(this, scheduler);
        this.target = new BufferTarget(HASH_BITS, device, cache, this, congestion, this, scheduler);
        this.ranges = spec.ranges == DeviceSpec.ANY_NUMBER
                ? null
                : new Semaphore("the ranges to map buffers in", spec.ranges, scheduler);
        this.values = new PageBuf[variables];
        device.attach(target.io());
        device.behave(1, spec.failing, spec.deferred);
        target.setBlockSize(spec.blockSize);
    }

    /** Carries an operation out. One on a buffer does nothing if its variable is NULL. */
    void perform(LitmusOperation operation, BufferCall call, Task task) {
        if (call.obtains()) {
            obtain(operation, call, task);
        } else if (call.isAboutNone()) {
            work(call, task);
        } else {
            PageBuf buffer = values[operation.target];
            if (buffer != null) {
                performOn(buffer, operation, call, task);
            }
        }
    }

    @Override
    public void dies(PageBuf buffer, Task task) {
        FreedBy listener = new FreedBy(buffer, task + (task.doing.isEmpty() ? "" : ", " + task.doing));
        noteFreedGhost(listener);
        for (Mortal word : buffer.words()) {
            word.freedGhost(listener);
        }
    }

    @Ghost
    private void noteFreedGhost(FreedBy end) {
        freed.add(end);
    }

    private void obtain(LitmusOperation operation, BufferCall call, Task task) {
        PageBuf buffer =
                switch (call.kind) {
                    case BufferCall.GET -> target.get(call.block, call.length, call.flags, task);
                    case BufferCall.READ -> target.read(call.block, call.length, call.flags, task);
                    default -> target.find(call.block, call.length, call.flags, null, task);
                };
        boolean givenAway = call.kind == BufferCall.READ && (call.flags & PageBufFlags.ASYNC) != 0;
        values[operation.target] = buffer;
        // An asynchronous read that has begun owns the buffer: the program has only its address.
        if (buffer != null && !givenAway) {
            addReferenceGhost(buffer);
        }
    }

    @Ghost
    private void addReferenceGhost(PageBuf buffer) {
        references.add(buffer);
    }

    private void work(BufferCall call, Task task) {
        switch (call.kind) {
            case BufferCall.DAEMON -> target.delayed().writeOld(task);
            case BufferCall.FLUSH -> target.delayed().flush(false, task);
            case BufferCall.FLUSH_AND_WAIT -> target.delayed().flush(true, task);
            case BufferCall.WORK -> target.work().run(task);
            default -> {
                if (task.inInterrupt) {
                    device.complete(task);
                } else {
                    device.awaitAndComplete(task);
                }
            }
        }
    }

    private void performOn(PageBuf buffer, LitmusOperation operation, BufferCall call, Task task) {
        if (buffer.wasFreed(task)) {
            throw new InvariantBroken(
                    "buffer-used-after-free",
                    "\"" + operation + "\" of " + task + " uses " + buffer + ", which was freed by ",
                    new WhoFreed(buffer));
        }
        beginGhost(buffer, call);
        switch (call.kind) {
            case BufferCall.START -> target.io().start(buffer, call.flags, task);
            case BufferCall.WRITE -> target.io().write(buffer, task);
            case BufferCall.WRITE_LATER -> target.io().writeLater(buffer, task);
            case BufferCall.WRITE_ASYNC -> target.io().writeAsync(buffer, task);
            case BufferCall.LOCK -> target.lock(buffer, task);
            case BufferCall.UNLOCK -> buffer.unlock(task);
            case BufferCall.HOLD -> buffer.hold(task);
            case BufferCall.RELEASE -> target.release(buffer, task);
            case BufferCall.UNLOCK_AND_RELEASE -> target.unlockAndRelease(buffer, task);
            case BufferCall.PIN -> buffer.pin(task);
            case BufferCall.UNPIN -> buffer.unpin(task);
            case BufferCall.DEQUEUE -> target.delayed().dequeue(buffer, task);
            case BufferCall.MARK -> buffer.mark(call.flags, task);
            default -> throw new IllegalArgumentException("call kind " + call.kind + " of \"" + operation + "\"");
        }
    }

    /** The program's reference goes with the operation that gives it up, before others can notice. */
    @Ghost
    private void beginGhost(PageBuf buffer, BufferCall call) {
        boolean givesUp =
                switch (call.kind) {
                    case BufferCall.WRITE,
                            BufferCall.WRITE_LATER,
                            BufferCall.WRITE_ASYNC,
                            BufferCall.RELEASE,
                            BufferCall.UNLOCK_AND_RELEASE -> true;
                    case BufferCall.START -> (call.flags & (PageBufFlags.ASYNC | PageBufFlags.DELWRI)) != 0;
                    default -> false;
                };
        if (givesUp) {
            references.remove(buffer);
        } else if (call.kind == BufferCall.HOLD) {
            references.add(buffer);
        }
    }

    @Invariant(
            id = "buffer-references",
            says =
                    "A buffer is held once by each program that has a reference to it, once by the queue of delayed writes if it is"
                            + " there, and once by its asynchronous I/O if that is under way.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String everyHoldHasAHolder() {
        for (PageBuf reference : references) {
            if (reference.isFreed()) {
                return reference + " was freed, but a program has a reference to it";
            }
        }
        for (PageBuf buffer : target.live().list()) {
            int holders = (buffer.isQueued() ? 1 : 0) + referencesTo(buffer);
            boolean asynchronous = (buffer.flags() & PageBufFlags.ASYNC) != 0;
            boolean underWay =
                    buffer.ioRemaining() != 0 || target.work().buffers().contains(buffer);
            holders += asynchronous && underWay ? 1 : 0;
            if (buffer.holds() != holders) {
                return buffer + " has a hold count of " + buffer.holds() + ", but " + holders + " holders";
            }
        }
        return null;
    }

    /** Whether a live buffer has the frame with this number in one of its pages, or as memory of its own. */
    boolean isInUse(int pfn) {
        for (PageBuf buffer : target.live().list()) {
            for (int i = 0; i < buffer.pageCount(); i++) {
                CachedPage page = buffer.page(i);
                if (page != null && page.frame.pfn == pfn) {
                    return true;
                }
            }
        }
        return isLeftLocked(pfn);
    }

    /** Whether a page that no buffer uses is still there, as it was left locked. */
    private boolean isLeftLocked(int pfn) {
        for (CachedPage page : cache.pages()) {
            if (page.frame.pfn == pfn && !page.isUsed()) {
                return true;
            }
        }
        return false;
    }

    /** The buffer that a variable was given; {@code null} for none. */
    @Nullable
    PageBuf value(int variable) {
        return values[variable];
    }

    /** The device's buffers. */
    public BufferTarget target() {
        return target;
    }

    /** The device's pages in memory. */
    public PageCache cache() {
        return cache;
    }

    public SimulatedDevice device() {
        return device;
    }

    /**
     * The buffers that programs have references to, once for each reference; some may have been freed, which is wrong.
     */
    public List<PageBuf> referenced() {
        return new ArrayList<>(references);
    }

    /** How many references programs have to a buffer. */
    public int referencesTo(PageBuf buffer) {
        int count = 0;
        for (PageBuf reference : references) {
            count += reference == buffer ? 1 : 0;
        }
        return count;
    }

    /** How the buffers were left, by block, each with its state; the delayed writes in their order. */
    void append(StringBuilder line) {
        for (PageBuf buffer : target.live().sorted()) {
            line.append("; buffer ").append(buffer.block).append('+').append(buffer.length);
            line.append(" flags ").append(Integer.toHexString(buffer.flags()));
            line.append(" hold ")
                    .append(buffer.holds())
                    .append(" lock ")
                    .append(buffer.lock().count());
            line.append(buffer.error() == 0 ? "" : " error " + buffer.error());
        }
        String separator = "; delayed ";
        for (PageBuf buffer : target.delayed().buffers()) {
            line.append(separator).append(buffer.block).append('+').append(buffer.length);
            separator = " ";
        }
    }

    @Override
    public void assertionFailed(String function) {
        throw new InvariantBroken("buffer-assertion", "an assertion in " + function + " does not hold");
    }

    @Override
    public boolean map(int pages, Task task) {
        return ranges == null || ranges.tryDown(task);
    }

    @Override
    public void unmap(Task task) {
        if (ranges != null) {
            ranges.up(task);
        }
    }

    @Override
    public void writeState(StateSink out) {
        target.writeState(out);
        device.writeState(out);
        if (ranges != null) {
            ranges.writeState(out);
        }
        for (PageBuf value : values) {
            write(value, out);
        }
        List<PageBuf> live = target.live().sorted();
        for (PageBuf buffer : live) {
            out.put(referencesTo(buffer));
        }
        out.put(references.size());
    }

    private static void write(@Nullable PageBuf value, StateSink out) {
        out.put(value == null ? -1 : value.block);
        out.put(value == null ? -1 : value.length);
        out.put(value != null && value.isFreed() ? 1 : 0);
    }

    /** Hears of each touch of a freed buffer, and says who had freed it. */
    private static final class FreedBy implements Mortal.AfterFree {
        private final PageBuf buffer;
        private final String text;

        FreedBy(PageBuf buffer, String text) {
            this.buffer = buffer;
            this.text = text;
        }

        @Override
        public void touched(Mortal word, Task task) {
            throw new InvariantBroken(
                    "buffer-used-after-free", task + " touches " + word + ", which was freed by " + text);
        }
    }

    /** Who freed a buffer, for the end of a message. */
    private final class WhoFreed {
        private final PageBuf buffer;

        WhoFreed(PageBuf buffer) {
            this.buffer = buffer;
        }

        @Override
        public String toString() {
            for (FreedBy end : freed) {
                if (end.buffer == buffer) {
                    return end.text;
                }
            }
            return "nobody";
        }
    }
}
