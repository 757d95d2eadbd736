// expect: dereference.of.nullable
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** There may be no memory, and nobody looks. */
final class NullDereferenced {
    private @Nullable PageFrame last;

    int allocate(PageAllocator allocator, Task task) {
        last = allocator.alloc(0, 0, task);
        return allocator.alloc(0, 0, task).pfn;
    }
}
