// expect: nothing
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Whether there was memory is looked at before the frame is. */
final class NullTested {
    private @Nullable PageFrame last;

    int allocate(PageAllocator allocator, Task task) {
        PageFrame frame = allocator.alloc(0, 0, task);
        if (frame == null) {
            return -1;
        }
        last = frame;
        return frame.pfn;
    }

    int last() {
        PageFrame frame = last;
        return frame == null ? -1 : frame.pfn;
    }
}
