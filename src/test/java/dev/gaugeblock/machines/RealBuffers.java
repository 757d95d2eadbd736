package dev.gaugeblock.machines;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machines.ModelBufferIo.Part;
import dev.gaugeblock.machines.ModelBuffers.Buffer;
import dev.gaugeblock.machines.ModelPages.Page;
import dev.gaugeblock.pagebuf.BufferObserver;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.CachedPage;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.pagebuf.SimulatedDevice;
import dev.gaugeblock.pagebuf.Vmap;
import java.util.ArrayList;
import java.util.List;

/** The page buffers of the machine's one device. */
final class RealBuffers implements BufferObserver, Vmap {
    final BufferTarget target;
    final SimulatedDevice device;
    final PageCache cache;
    private final List<String> trace;

    RealBuffers(RealMachine machine) {
        trace = machine.trace;
        cache = new PageCache(
                machine.allocator, machine.highmem.waitTable(), machine.shape.keepsPages(), machine.scheduler);
        device = new SimulatedDevice(this, machine.scheduler);
        target = new BufferTarget(
                3,
                device,
                cache,
                this,
                (write, jiffies, task) -> {
                    throw new IllegalStateException("a look-up waits for memory");
                },
                this,
                machine.scheduler);
        device.attach(target.io());
        device.behave(1, false, machine.shape.deferredDevice());
        target.setBlockSize(machine.shape.blockSize());
    }

    // What buffers ask of the world

    @Override
    public void allocated(int km) {
        trace.add("km:" + km);
    }

    @Override
    public void freed(PageBuf buffer) {
        trace.add("buffer_free");
    }

    @Override
    public void pageMissing(int gfp) {
        trace.add("page_missing:" + gfp);
    }

    @Override
    public void pageReleased(int index) {
        trace.add("page_release:" + index);
    }

    @Override
    public void memoryFreed() {
        trace.add("list_free");
    }

    @Override
    public void applied(boolean read) {
        trace.add("applied:" + (read ? "read" : "write"));
    }

    @Override
    public void queueRun() {
        trace.add("run_queue");
    }

    @Override
    public void workQueued(boolean data) {
        trace.add("work:" + (data ? "data" : "log"));
    }

    @Override
    public void assertionFailed(String function) {
        trace.add("assert:" + function);
    }

    @Override
    public boolean map(int pages, Task task) {
        trace.add("vmap:" + pages);
        return true;
    }

    @Override
    public void unmap(Task task) {
        trace.add("vunmap");
    }

    void check(ModelBuffers model) {
        Comparison.same(
                "the buffers", sorted(model.buffers), sorted(target.live().list()));
        for (PageBuf buffer : target.live().list()) {
            Buffer expected = model.at(buffer.block, buffer.length);
            if (expected == null) {
                throw new AssertionError("there is a " + buffer);
            }
            check(expected, buffer);
        }
        Comparison.same(
                "delayed writes",
                names(model.io.delayed),
                names(target.delayed().buffers()));
        Comparison.same(
                "what the device has",
                names(model.io.pending.stream().map(Part::buffer).toList()),
                names(device.buffers()));
        Comparison.same(
                "completions",
                names(model.io.work.stream().map(ModelBufferIo.Work::buffer).toList()),
                names(target.work().buffers()));
        Comparison.same(
                "pages in memory",
                model.pages.pages.stream().map(page -> state(page)).toList(),
                cache.pages().stream().map(page -> state(page)).toList());
        Comparison.invariants(target);
        Comparison.invariants(target.live());
        Comparison.invariants(cache);
        if (model.buffers.stream().allMatch(buffer -> buffer.list == null || buffer.holds > 0)) {
            Comparison.invariants(target.delayed());
        }
    }

    private static void check(Buffer expected, PageBuf buffer) {
        Comparison.same(
                buffer + ": flags, holds, lock, ends of I/O, pins, parts under way, error",
                List.of(
                        Integer.toHexString(expected.flags),
                        expected.holds,
                        expected.lock.value,
                        expected.ended.value,
                        expected.pins,
                        expected.remaining,
                        expected.error),
                List.of(
                        Integer.toHexString(buffer.flags()),
                        buffer.holds(),
                        buffer.lock().count(),
                        buffer.ioDone().count(),
                        buffer.pins(),
                        buffer.ioRemaining(),
                        buffer.error()));
        Comparison.same(
                buffer + ": linked, pages locked",
                List.of(expected.list != null, expected.pagesLocked),
                List.of(buffer.isQueued(), buffer.hasPagesLocked()));
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < buffer.pageCount(); i++) {
            CachedPage page = buffer.page(i);
            if (page != null) {
                pages.add(page.frame.pfn);
            }
        }
        Comparison.same(
                buffer + ": pages",
                expected.pages.stream().map(page -> page.pfn).toList(),
                pages);
        Comparison.same(buffer + ": page count", expected.pageCount, buffer.pageCount());
        Comparison.invariants(buffer);
    }

    /** Number, frame, users, whether it is up to date, and which of its regions are. */
    private static List<Long> state(Page page) {
        return List.of(
                (long) page.index, (long) page.pfn, (long) page.uses, page.upToDate ? 1L : 0L, (long) page.regions);
    }

    private static List<Long> state(CachedPage page) {
        List<Long> state = new ArrayList<>();
        page.writeState(new StateSink() {
            @Override
            public void put(long value) {
                state.add(value);
            }

            @Override
            public void name(Task task) {
                throw new IllegalStateException("a page names " + task);
            }
        });
        return state;
    }

    private static List<String> sorted(List<?> buffers) {
        return names(buffers).stream().sorted().toList();
    }

    private static List<String> names(List<?> buffers) {
        return buffers.stream()
                .map(buffer -> buffer.toString().replace("buffer ", ""))
                .toList();
    }
}
