package dev.gaugeblock.explore.harness.foreign;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The frames of the reference, for whoever asks no foreign allocator. */
public final class ReferenceFrames implements FrameSource {
    private final PageAllocator allocator;

    /** Those that it hands out. */
    public ReferenceFrames(PageAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public @Nullable PageFrame alloc(int gfp, int order, Task task) {
        return allocator.alloc(gfp, order, task);
    }

    @Override
    public void free(PageFrame block, int order, Task task) {
        allocator.free(block, order, task);
    }

    @Override
    public void freeCold(PageFrame frame, Task task) {
        allocator.freeCold(frame, task);
    }

    @Override
    public void get(PageFrame block, Task task) {
        allocator.get(block, task);
    }

    @Override
    public void drain(Task task) {
        allocator.drain(task);
    }
}
