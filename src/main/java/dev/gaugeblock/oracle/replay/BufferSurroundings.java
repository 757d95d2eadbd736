package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.pagebuf.BufferHook;
import dev.gaugeblock.pagebuf.BufferObserver;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.CachedPage;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.pagebuf.SimulatedDevice;
import dev.gaugeblock.pagebuf.Vmap;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Everything around the page buffers, as the vectors were taken with: memory, a device, and a trace of the calls that
 * leave the buffers' code, in the words of {@code tr}. It also numbers the buffers.
 */
final class BufferSurroundings implements BufferObserver, Vmap {
    /** The device of the vectors has so many pages; a higher number is one of them again. */
    private static final int PAGES = 1024;

    /** {@code hash_long(block, 3)}: 8 chains. */
    private static final int HASH_BITS = 3;

    private final List<Object> trace = new ArrayList<>();
    private final Scheduler scheduler = new Scheduler();
    private final Task task;
    private final PageWaitTable pageLocks;
    private final Pages pages;
    private final SimulatedDevice device;
    private final BufferTarget target;
    private final Map<PageBuf, Integer> numbers = new IdentityHashMap<>();
    private final List<@Nullable PageBuf> buffers = new ArrayList<>();

    @SuppressWarnings("nullness:methodref.receiver.bound") // Called in operations only.
    private final BufferHook strategy = this::traceAndRequest;

    private final FreedBuffers freedBuffers = new FreedBuffers();

    private int vmapsToFail;

    // What it makes keeps it, and calls it in operations.
    @SuppressWarnings({"nullness:argument", "nullness:assignment", "nullness:method.invocation"})
    BufferSurroundings() {
        Cpu[] cpus = Cpu.create(1, scheduler);
        task = Task.process(cpus[0]);
        device = new SimulatedDevice(this, scheduler);
        PageAllocator allocator = booted(cpus);
        pageLocks = new PageWaitTable(allocator.memory(), scheduler);
        pages = new Pages(allocator, pageLocks, scheduler);
        target = new BufferTarget(
                HASH_BITS, device, pages, this, (write, jiffies, sleeper) -> note("congestion_wait"), this, scheduler);
        device.attach(target.io());
    }

    /** Enough memory for every page of the device at once. */
    private PageAllocator booted(Cpu[] cpus) {
        MemoryLayout layout = new MemoryLayout(0, 0, 2 * PAGES, 0);
        ScriptedSurroundings ofMemory = new ScriptedSurroundings(action -> {
            throw new IllegalStateException("files about page buffers have no scripts");
        });
        PageAllocator allocator =
                Boot.start(layout, cpus, false, ofMemory.collaborators((frame, clearer) -> {}), scheduler);
        new BootFreeing(allocator, layout, Task.process(cpus[0])).free("blocks");
        return allocator;
    }

    BufferTarget target() {
        return target;
    }

    Task task() {
        return task;
    }

    // What events set

    /** A new event begins. */
    void begin() {
        trace.clear();
        freedBuffers.forgetUnreachable(target);
    }

    void behave(int parts, boolean failing, boolean deferred) {
        device.behave(parts, failing, deferred);
    }

    /** The next lookups of a page, and the next vmaps, are to fail. */
    void fail(int lookups, int vmaps) {
        pages.lookupsToFail = lookups;
        vmapsToFail = vmaps;
    }

    void setUpToDate(int page, boolean yes) {
        pages.made(page % PAGES, task).setUpToDate(yes, task);
    }

    /** Ends everything that the device has under way. */
    void pump() {
        boolean more = device.pending() > 0;
        while (more) {
            more = device.complete(task);
        }
    }

    /** Runs the oldest completion, if there is one. */
    void work() {
        if (target.work().length() > 0) {
            target.work().run(task);
        }
    }

    int pending() {
        return device.pending();
    }

    void setHooks(PageBuf buffer, boolean done, boolean release, boolean strategic) {
        buffer.setHooks(
                done ? this::traceDone : null, release ? this::traceRelease : null, strategic ? strategy : null);
    }

    /** As every delayed or asynchronous write of a file system does. */
    void setStrategy(PageBuf buffer) {
        buffer.setHooks(buffer.doneHook(), buffer.releaseHook(), strategy);
    }

    private int traceDone(PageBuf buffer, Task caller) {
        note("iodone_hook");
        return 0;
    }

    private int traceRelease(PageBuf buffer, Task caller) {
        note("relse_hook");
        return 0;
    }

    private int traceAndRequest(PageBuf buffer, Task caller) {
        note("strat");
        return target.io().request(buffer, caller);
    }

    // The numbers of buffers

    /** The number of a buffer that an operation has given; the next one if it has none yet. */
    int number(PageBuf buffer) {
        return numbers.computeIfAbsent(buffer, fresh -> {
            buffers.add(fresh);
            return buffers.size() - 1;
        });
    }

    /**
     * The buffer with a number, or {@code null} if it was freed since it was given out, or never was.
     *
     * @throws BeyondReferenceException if it was freed before it was given out
     */
    @Nullable
    PageBuf buffer(int number) {
        PageBuf buffer = number < buffers.size() ? buffers.get(number) : null;
        if (buffer != null && buffer.isFreed()) {
            throw FreedBuffers.used(buffer);
        }
        return buffer;
    }

    /** Whether a buffer has a number. One that was freed before it got it has one, as nobody noticed. */
    boolean isThere(PageBuf buffer) {
        return numbers.containsKey(buffer);
    }

    /** The numbers of the buffers of a list; -1 for one that was never given out. */
    List<Object> numbers(List<PageBuf> some) {
        List<Object> list = new ArrayList<>();
        for (PageBuf buffer : some) {
            list.add((long) numbers.getOrDefault(buffer, -1));
        }
        return list;
    }

    // What the buffers call

    void note(String call) {
        trace.add(call);
    }

    void addTrace(Answers answers) {
        if (!trace.isEmpty()) {
            answers.put("tr", List.copyOf(trace));
        }
    }

    @Override
    public boolean map(int count, Task caller) {
        note("vmap:" + count);
        if (vmapsToFail == 0) {
            return true;
        }
        vmapsToFail--;
        return false;
    }

    @Override
    public void unmap(Task caller) {
        note("vunmap");
    }

    @Override
    public void allocated(int km) {
        note("km:" + km);
    }

    @Override
    public void freed(PageBuf buffer) {
        Integer number = numbers.remove(buffer);
        note("free:" + (number == null ? "new" : number.toString()));
        freedBuffers.add(buffer);
        if (number != null) {
            buffers.set(number, null);
        }
    }

    @Override
    public void pageMissing(int gfp) {
        note("nopage:" + Integer.toHexString(gfp));
    }

    @Override
    public void daemonWoken() {
        note("daemon_wakeup");
    }

    @Override
    public void pageReleased(int index) {
        note("release_page:" + index);
    }

    @Override
    public void memoryFreed() {
        note("kmem_free");
    }

    @Override
    public void applied(boolean read) {
        note(read ? "apply:READ" : "apply:WRITE");
    }

    @Override
    public void queueRun() {
        note("run_queue");
    }

    @Override
    public void workQueued(boolean data) {
        note(data ? "queue_work:data" : "queue_work:log");
    }

    @Override
    public void assertionFailed(String function) {
        note("ASSERT:" + function);
    }

    /** A call would sleep for ever: it is given up half-way. */
    static final class Blocked extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The pages of a small device; requests for one can be made to fail. */
    private static final class Pages extends PageCache {
        private int lookupsToFail;

        Pages(PageAllocator allocator, PageWaitTable locks, Scheduler scheduler) {
            super(allocator, locks, true, scheduler);
        }

        @Override
        public @Nullable CachedPage findOrCreate(int index, int gfp, Task caller) {
            if (lookupsToFail > 0) {
                lookupsToFail--;
                return null;
            }
            return super.findOrCreate(index % PAGES, gfp, caller);
        }

        /** A page, whoever has locked it; a new one if there is none yet. */
        CachedPage made(int index, Task caller) {
            CachedPage here = page(index);
            if (here != null) {
                return here;
            }
            CachedPage fresh = super.findOrCreate(index, 0, caller);
            if (fresh == null) {
                throw new IllegalStateException("there is memory for every page of the device");
            }
            unlock(fresh, caller);
            release(fresh, caller);
            return fresh;
        }
    }

    /**
     * Runs one operation after the other. Who has to sleep on a semaphore or for a page has the device end everything
     * first, and who has to wait for completions has them run.
     */
    private final class Scheduler extends SequentialScheduler {
        @Override
        public void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task user) {
            freedBuffers.requireNone(word);
        }

        @Override
        public void sleepUntil(Wakeup wakeup, Task sleeper) {
            Object word = wakeup.word();
            boolean forDevice = word instanceof Semaphore || isOfPages(word);
            if (!wakeup.isDue() && forDevice) {
                pump();
            } else if (word == target.work().done(true) || word == target.work().done(false)) {
                target.work().runAll(word == target.work().done(true), sleeper);
            }
            if (!wakeup.isDue()) {
                note(word instanceof Semaphore ? "blocked:down" : forDevice ? "blocked:lock_page" : "blocked:schedule");
                giveUp(word);
                throw new Blocked();
            }
        }

        private boolean isOfPages(Object word) {
            return word instanceof WaitQueue && pageLocks.queues().contains(word);
        }

        private void giveUp(Object sleptOn) {
            if (sleptOn instanceof Semaphore semaphore) {
                semaphore.clear();
            } else if (sleptOn instanceof WaitQueue queue) {
                queue.clear();
            }
        }

        @Override
        protected void wokeUp(WaitQueue queue) {
            for (PageBuf buffer : target.live().list()) {
                if (buffer.pinWaiters() == queue) {
                    note("wake_up_all");
                }
            }
        }
    }
}
