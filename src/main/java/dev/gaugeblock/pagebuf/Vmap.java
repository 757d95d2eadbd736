package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Task;

/** Maps several pages into one range of addresses, {@code vmap}. */
public interface Vmap {
    /** Maps so many pages; {@code false} if there is no memory, or no room, for it. */
    boolean map(int pages, Task task);

    /** {@code vunmap} of a range. */
    void unmap(Task task);
}
