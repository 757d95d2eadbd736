// expect: lock.not.held
package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The allocator's own free lists, without the zone's lock. */
final class FreeListsUnlocked {
    private FreeListsUnlocked() {}

    static @Nullable PageFrame take(Zone zone, Task task) {
        return zone.buddy.takeLocked(0, task);
    }
}
