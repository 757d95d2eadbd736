package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import java.util.List;

/** What carries out requests. Whoever submits one has counted it in {@code io_remaining}; its end is told to {@link BufferIo}. */
public interface BlockDevice {
    /**
     * Takes a request of a buffer in: as many parts as it wants to split it into, each counted in the buffer.
     *
     * @param read whether to read; otherwise to write
     */
    void submit(PageBuf buffer, boolean read, Task task);

    /** Called when a buffer's request is in: a device that does not let anybody wait ends it now. */
    void submitted(PageBuf buffer, Task task);

    /** The buffers whose requests it has under way, for invariants. */
    List<PageBuf> buffers();

    /** Its lock, for invariants: whether it is free. */
    SpinLock lock();

    /** {@code blk_run_address_space}: somebody is going to wait, so the device shall work on what it has. */
    void runQueue(Task task);
}
