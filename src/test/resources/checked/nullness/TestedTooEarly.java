// expect: dereference.of.nullable
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A field is tested, and may be null again after a call. */
final class TestedTooEarly {
    private @Nullable PageFrame last;

    int last(PageAllocator allocator, Task task) {
        if (last == null) {
            return -1;
        }
        forget();
        return last.pfn;
    }

    private void forget() {
        last = null;
    }
}
