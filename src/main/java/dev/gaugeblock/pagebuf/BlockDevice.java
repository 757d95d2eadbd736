package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import java.util.List;

/**
 * What carries requests out. The end of each part that it was given is told to {@link BufferIo#ended}, by an interrupt
 * as a rule.
 */
public interface BlockDevice {
    /**
     * How many pages of a buffer of {@code pages} it takes as one part: 1 or more. (A part never has more than {@link
     * BufferIo#MOST_PAGES}, whatever this says.)
     */
    int pagesAtOnce(int pages);

    /** {@code submit_bio}: takes a part of a request, which the buffer counts already. It may end in here. */
    void submit(Bio bio, Task task);

    /** The buffers that it has parts of under way, for invariants. */
    List<PageBuf> buffers();

    /** Its lock, for invariants: whether it is free. */
    SpinLock lock();

    /** {@code blk_run_address_space}: somebody is going to wait, so the device shall work on what it has. */
    void runQueue(Task task);
}
