package dev.gaugeblock.machines;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.pagebuf.BufferObserver;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.pagebuf.PageBufFlags;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.pagebuf.SimulatedDevice;
import dev.gaugeblock.pagebuf.Vmap;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The page buffers of the machine's one device. */
final class RealBuffers implements BufferObserver, Vmap {
    static final int LENGTH = 8;
    private static final int COMPARED = ModelBuffers.READ
            | ModelBuffers.WRITE
            | ModelBuffers.MAPPED
            | ModelBuffers.PARTIAL
            | ModelBuffers.ASYNC
            | ModelBuffers.NONE
            | ModelBuffers.DELWRI
            | ModelBuffers.STALE
            | ModelBuffers.TRYLOCK
            | ModelBuffers.PAGE_CACHE;

    final BufferTarget target;
    final SimulatedDevice device;
    private final PageCache cache;

    RealBuffers(RealMachine machine) {
        cache = new PageCache(machine.allocator, machine.highmem.waitTable(), false, machine.scheduler);
        device = new SimulatedDevice(this, machine.scheduler);
        target = new BufferTarget(
                3,
                device,
                cache,
                this,
                (write, jiffies, task) -> machine.trace.add("congestion"),
                this,
                machine.scheduler);
        device.attach(target.io());
        device.behave(1, false, machine.shape.deferredDevice());
    }

    @Nullable
    PageBuf get(int block, boolean read, boolean tryLock, Task task) {
        int flags = PageBufFlags.LOCK | PageBufFlags.MAPPED | (tryLock ? PageBufFlags.TRYLOCK : 0);
        return read ? target.read(block, LENGTH, flags, task) : target.get(block, LENGTH, flags, task);
    }

    @Override
    public void assertionFailed(String function) {
        throw new AssertionError("an assertion in " + function + " does not hold");
    }

    @Override
    public boolean map(int pages, Task task) {
        return true;
    }

    @Override
    public void unmap(Task task) {}

    void check(ModelBuffers model) {
        Comparison.same(
                "the buffers",
                model.buffers.keySet().stream().sorted().toList(),
                target.live().list().stream()
                        .map(buffer -> buffer.block)
                        .sorted()
                        .toList());
        for (PageBuf buffer : target.live().list()) {
            ModelBuffers.Buffer expected = model.buffers.get(buffer.block);
            if (expected == null) {
                throw new AssertionError("there is a buffer at " + buffer.block);
            }
            Comparison.same(
                    buffer + ": flags, holds, lock, pins, I/O under way, page",
                    List.of(
                            expected.flags,
                            expected.holds,
                            expected.lock,
                            expected.pins,
                            expected.underWay,
                            expected.page),
                    List.of(
                            buffer.flags() & COMPARED,
                            buffer.holds(),
                            buffer.lock().count(),
                            buffer.pins(),
                            buffer.ioRemaining() > 0,
                            buffer.page(0) == null ? -1 : buffer.page(0).frame.pfn));
            Comparison.invariants(buffer);
        }
        Comparison.same(
                "delayed writes", blocks(model.delayed), of(target.delayed().buffers()));
        Comparison.same("what the device has", blocks(model.pending), of(device.buffers()));
        Comparison.same("completions", blocks(model.work), of(target.work().buffers()));
        Comparison.invariants(target);
        Comparison.invariants(target.delayed());
        Comparison.invariants(cache);
    }

    private static List<Integer> blocks(List<ModelBuffers.Buffer> buffers) {
        return buffers.stream().map(buffer -> buffer.block).toList();
    }

    private static List<Integer> of(List<PageBuf> buffers) {
        return buffers.stream().map(buffer -> buffer.block).toList();
    }
}
