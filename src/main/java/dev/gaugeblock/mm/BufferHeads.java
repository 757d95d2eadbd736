package dev.gaugeblock.mm;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;

/**
 * What users of a frame with buffer heads make of its {@code PG_private} and {@code private}, the same two that say of
 * a free frame which block it heads. They change both without {@code zone.lock}, so each access is a scheduling point.
 *
 * <p>What the buddy lists have put there is not here, for that lock guards it ({@link PageFrame#markFree}). A frame is
 * never in use and in the buddy lists at once, so one of the two says nothing at any time.
 */
final class BufferHeads implements Stateful {
    /** Where the first of a frame's heads is: no order of a block. */
    private static final int ADDRESS = PageFrame.SIZE;

    /** {@code PG_private}: 1 while there are heads. A word of its own, for no other bit has to do with it. */
    private final AtomicWord flag;

    /** {@code private}: {@link #ADDRESS} or 0. */
    private final SharedWord address;

    /** A frame without heads. */
    BufferHeads(PageFrame frame, Scheduler scheduler) {
        this.flag = new AtomicWord("PG_private of " + frame, 0, scheduler);
        this.address = new SharedWord("private of " + frame, scheduler);
    }

    /** {@code attach_page_buffers}: the flag first. */
    void attach(Task task) {
        flag.update(0, 1, task);
        address.set(ADDRESS, task);
    }

    /**
     * {@code __clear_page_buffers}: the flag first, again.
     *
     * @throws KernelBug {@code not_private} if there are none
     */
    void drop(Task task) {
        if (flag.update(1, 0, task) == 0) {
            throw new KernelBug("page_buffers", "not_private");
        }
        address.set(0, task);
    }

    /** {@code PageFlags.PRIVATE} or 0. */
    long flag(Task task) {
        return flag.get(task) == 0 ? 0 : PageFlags.PRIVATE;
    }

    /** Likewise, without a scheduling point. */
    long flagAtRest() {
        return flag.peek() == 0 ? 0 : PageFlags.PRIVATE;
    }

    /** Whether both words are as those of a free block's head would be, one looked at after the other. */
    boolean looksFree(int order, Task task) {
        return flag.get(task) != 0 && address.get(task) == order;
    }

    @Override
    public void writeState(StateSink out) {
        flag.writeState(out);
        address.writeState(out);
    }
}
