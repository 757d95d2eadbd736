package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What differs from kernel to kernel in how the free lists are told of.
 *
 * @param listsLargeOrders whether orders 0 to 3 and 9 go through the lists of CPUs (5.14 on), instead of order 0 alone
 * @param fallbackTakes whether a fallback takes pages off the free lists by itself (6.10 on)
 * @param says where that is from, in words
 */
record KernelEra(boolean listsLargeOrders, boolean fallbackTakes, String says) {
    private static final int LARGEST_LISTED = 3;
    private static final int HUGE = 9;

    /** As the version says; failing that, as zoneinfo and the form of frame numbers do. */
    static KernelEra of(@Nullable KernelVersion version, ZoneInfo zones, boolean isHexadecimal) {
        if (version != null) {
            return new KernelEra(
                    version.isFrom("5.14"), version.isFrom("6.10"), "kernel " + version + ", as --kernel-version says");
        }
        if (zones.hasHighMin()) {
            return new KernelEra(true, true, "kernel taken for 6.10 or later: zoneinfo has high_min");
        }
        return isHexadecimal
                ? new KernelEra(
                        true,
                        false,
                        "kernel taken for 5.14 to 6.9: frames are in hexadecimal, zoneinfo has no high_min")
                : new KernelEra(false, false, "kernel taken for one before 5.14: frames are in decimal");
    }

    /** Whether blocks of an order go through the lists of CPUs. */
    boolean isListed(int order) {
        return order == 0 || listsLargeOrders && (order <= LARGEST_LISTED || order == HUGE);
    }
}
