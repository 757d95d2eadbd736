package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A waiter for one bit of one frame, {@code struct wait_bit_queue}: others on the same queue are none of its business. */
final class PageBitWaiter extends Waiter {
    final PageBit bit;

    private final PageWaitTable table;
    private final boolean locks;

    /**
     * A waiter.
     *
     * @param locks whether it will set the bit: then it is woken alone
     */
    PageBitWaiter(WaitQueue queue, PageWaitTable table, PageBit bit, Task task, boolean locks) {
        super(queue, task, locks, true);
        this.table = table;
        this.bit = bit;
        this.locks = locks;
    }

    /** Only for its own frame and bit, and only if the bit is really clear: somebody may have set it again. */
    @Override
    protected boolean isMeant(@Nullable Object key) {
        return bit.equals(key) && !bit.isSet();
    }

    @Override
    public void writeState(StateSink out) {
        super.writeState(out);
        bit.writeState(out);
    }

    @Override
    protected void noteWoken() {
        if (locks) {
            table.lockerWokenGhost(this);
        }
    }
}
