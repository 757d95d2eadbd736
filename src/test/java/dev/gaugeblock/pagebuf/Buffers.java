package dev.gaugeblock.pagebuf;

import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.LockMisuse;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;

/** Page buffers of one device on a small machine, for tests, and what they call. */
final class Buffers implements BufferObserver, Vmap {
    static final int FRAMES = 16;

    /** What was called, in the words of the vectors. */
    final List<String> calls = new ArrayList<>();

    /** What happens when a task has to sleep; it must make its wake-up due. */
    Runnable whileAsleep = () -> {};

    boolean vmapWorks = true;

    private final SequentialScheduler scheduler = new SequentialScheduler() {
        @Override
        public void sleepUntil(Wakeup wakeup, Task sleeper) {
            if (!wakeup.isDue()) {
                whileAsleep.run();
            }
            super.sleepUntil(wakeup, sleeper);
        }
    };
    private final Cpu[] cpus = Cpu.create(1, scheduler);
    final Task task = Task.process(cpus[0]);
    final Task interrupt = Task.interrupt(cpus[0]);
    final PageAllocator allocator = booted();
    /** How many of the next page lookups find no memory. */
    int lookupsToFail;

    final PageWaitTable pageLocks = new PageWaitTable(allocator.memory(), scheduler);
    final PageCache cache;
    final SimulatedDevice device = new SimulatedDevice(this, scheduler);
    final BufferTarget target;

    /** A machine whose page cache drops what no buffer uses, so that a frame that is not free is a buffer's. */
    Buffers() {
        this(false);
    }

    Buffers(boolean keepsUnused) {
        cache = new FailingCache(keepsUnused);
        target = new BufferTarget(
                3,
                device,
                cache,
                this,
                (write, jiffies, sleeper) -> calls.add("congestion_wait:" + jiffies),
                this,
                scheduler);
        device.attach(target.io());
    }

    private PageAllocator booted() {
        MemoryLayout layout = new MemoryLayout(0, 0, FRAMES, 0);
        Collaborators none = new Collaborators(
                (zones, gfp, order, reclaimer) -> 0,
                (gfp, killer) -> {},
                new Asleep(),
                (write, jiffies, sleeper) -> {},
                (frame, clearer) -> {},
                new Silent(),
                (zone, gfp, order, mark, granted) -> {});
        PageAllocator booted = Boot.start(layout, cpus, false, none, scheduler);
        new BootFreeing(booted, layout, task).free("blocks");
        return booted;
    }

    /** A page of the cache, with a reference and unlocked. */
    CachedPage page(int index) {
        CachedPage page = cache.findOrCreate(index, 0, task);
        cache.unlock(page, task);
        return page;
    }

    /** Frames that nobody has; drained first, so that none hides in a list of the CPU. */
    int freeFrames() {
        allocator.drain(task);
        return allocator.memory().freePages();
    }

    /** A buffer of one page, locked and held, on block 8 * {@code page}. */
    PageBuf get(int page, int flags) {
        return target.get(8 * page, 8, flags, task);
    }

    /** The calls since this was asked last. */
    List<String> calls() {
        List<String> so = List.copyOf(calls);
        calls.clear();
        return so;
    }

    /** Whether something would sleep for ever. */
    boolean sleepsForEver(Runnable call) {
        try {
            call.run();
            return false;
        } catch (LockMisuse expected) {
            return true;
        }
    }

    @Override
    public boolean map(int pages, Task caller) {
        calls.add("vmap:" + pages);
        return vmapWorks;
    }

    @Override
    public void unmap(Task caller) {
        calls.add("vunmap");
    }

    @Override
    public void allocated(int km) {
        calls.add("km:" + km);
    }

    @Override
    public void freed(PageBuf buffer) {
        calls.add("free:" + buffer.block);
    }

    @Override
    public void pageMissing(int gfp) {
        calls.add("nopage:" + Integer.toHexString(gfp));
    }

    @Override
    public void daemonWoken() {
        calls.add("daemon_wakeup");
    }

    @Override
    public void pageReleased(int index) {
        calls.add("release_page:" + index);
    }

    @Override
    public void memoryFreed() {
        calls.add("kmem_free");
    }

    @Override
    public void applied(boolean read) {
        calls.add(read ? "apply:READ" : "apply:WRITE");
    }

    @Override
    public void queueRun() {
        calls.add("run_queue");
    }

    @Override
    public void workQueued(boolean data) {
        calls.add(data ? "queue_work:data" : "queue_work:log");
    }

    @Override
    public void assertionFailed(String function) {
        calls.add("ASSERT:" + function);
    }

    private final class FailingCache extends PageCache {
        FailingCache(boolean keepsUnused) {
            super(Buffers.this.allocator, pageLocks, keepsUnused, scheduler);
        }

        @Override
        public CachedPage findOrCreate(int index, int gfp, Task caller) {
            if (lookupsToFail > 0) {
                lookupsToFail--;
                return null;
            }
            return super.findOrCreate(index, gfp, caller);
        }
    }

    private static final class Asleep implements KswapdQueue {
        @Override
        public boolean isAsleep(int node, Task task) {
            return true;
        }

        @Override
        public void wakeUp(int node, Task task) {}
    }

    private static final class Silent implements KernelLog {
        @Override
        public void allocationFailure(int gfp, int order) {}

        @Override
        public void badPage(String function, PageFrame frame) {
            throw new AssertionError(function + " found " + frame + " in a bad state");
        }

        @Override
        public void wrongZoneAlignment(Zone zone) {}
    }
}
