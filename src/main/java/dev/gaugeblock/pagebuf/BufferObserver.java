package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Task;

/** Is told what buffers ask of the rest of the kernel. By default it does not care. */
public interface BufferObserver {
    /** A buffer was allocated by the slab allocator, asked with {@code KM_...} flags. */
    default void allocated(int km) {}

    /** A buffer is about to be freed: from now on nobody may touch it. */
    default void dies(PageBuf buffer, Task task) {}

    /** A buffer was given back. */
    default void freed(PageBuf buffer) {}

    /** There was no page for a request with these {@code __GFP} bits. */
    default void pageMissing(int gfp) {}

    /** The daemon that writes buffers was asked to help. */
    default void daemonWoken() {}

    /** A buffer gave a page back, by its number in the device. */
    default void pageReleased(int index) {}

    /** The list of the pages of a large buffer was given back, or memory that was a buffer's own. */
    default void memoryFreed() {}

    /** The device is given a part of a request: a read, or a write. */
    default void applied(boolean read) {}

    /** The device was told to work on what it has. */
    default void queueRun() {}

    /** A completion went into the queue for data, or that for the log. */
    default void workQueued(boolean data) {}

    /**
     * An assertion of the original does not hold; it goes on.
     *
     * @param function the function that it stands in, as the vectors call it
     */
    default void assertionFailed(String function) {}
}
