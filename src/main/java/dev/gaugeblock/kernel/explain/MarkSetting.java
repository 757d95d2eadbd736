package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a zone's mark follows from the settings: {@code min} is the zone's share of {@code min_free_kbytes}, and
 * {@code high} lies above it by a part of {@code min} or, from 4.6 on, by {@code watermark_scale_factor}
 * ten-thousandths of the zone, if that is more. All numbers are in pages. Where the kernel rounds, these round up.
 */
final class MarkSetting {
    private static final String WITH_SCALE = "4.6";
    private static final int SCALE = 10_000;

    private final long boost;
    private final long min;
    /** How far the mark lies above {@code min}. */
    private final long gap;
    /** All zones that have a share of {@code min_free_kbytes}, together. */
    private final long now;

    private final boolean gapStays;
    private final @Nullable Long managed;

    MarkSetting(ZoneDump zone, ZoneNumbers numbers, List<ZoneAnswer> zones, KernelVersion version) {
        boost = numbers.boost();
        min = unboosted(zone);
        gap = Math.max(0, numbers.mark() - boost - min);
        boolean scales = version.isFrom(WITH_SCALE);
        gapStays = scales && gap / 2 > min / 4 + 1;
        managed = scales ? zone.pages("managed") : null;
        now = zones.stream()
                .map(ZoneAnswer::dump)
                .filter(MarkSetting::hasShare)
                .mapToLong(MarkSetting::unboosted)
                .sum();
    }

    /** Whether a zone's {@code min} is a share of {@code min_free_kbytes}. */
    static boolean hasShare(ZoneDump zone) {
        return zone.type().compareTo(ZoneType.HIGHMEM) < 0;
    }

    private static long unboosted(ZoneDump zone) {
        Long min = zone.pages("min");
        Long boost = zone.pages("boost");
        return (min == null ? 0 : min) - (boost == null ? 0 : boost);
    }

    /** Whether anything is known of the settings. */
    boolean isKnown() {
        return min > 0 && now > 0;
    }

    /** What {@code min_free_kbytes} is, in pages, by the marks of all zones. */
    long minFree() {
        return now;
    }

    /** The mark with another {@code min_free_kbytes}. */
    long markWithMinFree(long pages) {
        return boost + (gapStays ? share(min, pages) + gap : share(min + gap, pages));
    }

    private long share(long part, long pages) {
        return (part * pages + now - 1) / now;
    }

    /** The mark {@code high} with the smallest {@code watermark_scale_factor}; {@code null} if that is not known. */
    @Nullable
    Long highWithSmallestScale() {
        return managed == null ? null : Long.valueOf(boost + min + 2 * Math.max(min / 4, managed / SCALE + 1));
    }
}
