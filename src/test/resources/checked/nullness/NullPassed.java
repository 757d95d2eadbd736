// expect: argument
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A block that may not be there is freed. */
final class NullPassed {
    void allocate(PageAllocator allocator, Task task) {
        @Nullable PageFrame frame = allocator.alloc(0, 0, task);
        allocator.free(frame, 0, task);
    }
}
