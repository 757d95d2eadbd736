package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A bit of a frame's flags that tasks wait for. */
final class PageBit {
    final PageFrame frame;
    final long bit;

    PageBit(PageFrame frame, long bit) {
        this.frame = frame;
        this.bit = bit;
    }

    boolean isSet() {
        return frame.has(bit);
    }

    @Override
    public boolean equals(@GuardSatisfied PageBit this, @GuardSatisfied @Nullable Object other) {
        return other instanceof PageBit && ((PageBit) other).frame == frame && ((PageBit) other).bit == bit;
    }

    @Override
    public int hashCode(@GuardSatisfied PageBit this) {
        return 31 * frame.pfn + Long.numberOfTrailingZeros(bit);
    }

    void writeState(StateSink out) {
        out.put(frame.pfn);
        out.put(bit);
    }

    @Override
    public String toString(@GuardSatisfied PageBit this) {
        String name =
                bit == PageFlags.LOCKED ? "PG_locked" : bit == PageFlags.WRITEBACK ? "PG_writeback" : "bit " + bit;
        return name + " of " + frame;
    }
}
