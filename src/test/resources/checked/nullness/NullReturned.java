// expect: return
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A method that promises a frame returns none. */
final class NullReturned {
    PageFrame allocate(PageAllocator allocator, Task task) {
        @Nullable PageFrame frame = allocator.alloc(0, 0, task);
        return frame;
    }
}
