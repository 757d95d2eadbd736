package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.Range;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinds of zones that a build has, which a report does not print: it prints a reserve for each. Where several
 * sets of kinds fit what is printed, all are kept, and a reserve is known by its bounds.
 */
final class ZoneKinds {
    /** No reserve is larger: 16 TiB in pages of 4 KiB. */
    private static final long MOST = 1L << 32;

    private final List<List<ZoneType>> possible;

    private ZoneKinds(List<List<ZoneType>> possible) {
        this.possible = possible;
    }

    /** What fits the zones of a report. */
    static ZoneKinds of(List<ZoneDump> zones, KernelVersion version) {
        int count = zones.stream().mapToInt(zone -> zone.reserve().size()).max().orElse(0);
        List<List<ZoneType>> fitting = new ArrayList<>();
        for (int bits = 1; bits < 1 << ZoneType.values().length; bits++) {
            List<ZoneType> kinds = new ArrayList<>();
            for (ZoneType type : ZoneType.values()) {
                if ((bits >> type.ordinal() & 1) != 0) {
                    kinds.add(type);
                }
            }
            if ((count == 0 || kinds.size() == count) && exists(kinds, version) && fits(kinds, zones)) {
                fitting.add(kinds);
            }
        }
        return new ZoneKinds(fitting);
    }

    /** Whether there were builds with these kinds. */
    private static boolean exists(List<ZoneType> kinds, KernelVersion version) {
        boolean hasMovable = kinds.contains(ZoneType.MOVABLE);
        boolean hasBoth = kinds.contains(ZoneType.DMA32) && kinds.contains(ZoneType.HIGHMEM);
        boolean allAlways = !version.isFrom("2.6.19");
        return kinds.contains(ZoneType.NORMAL)
                && hasMovable == version.isFrom("2.6.23")
                && (!hasBoth || allAlways)
                && (version.isFrom("2.6.15") || !kinds.contains(ZoneType.DMA32))
                && (version.isFrom("4.3") || !kinds.contains(ZoneType.DEVICE));
    }

    /**
     * Whether all zones of the dump are among them, and keep nothing from requests for themselves and for lower ones.
     */
    private static boolean fits(List<ZoneType> kinds, List<ZoneDump> zones) {
        for (ZoneDump zone : zones) {
            int index = kinds.indexOf(zone.type());
            if (index < 0) {
                return false;
            }
            List<Long> reserve = zone.reserve();
            for (int lower = 0; lower <= index && lower < reserve.size(); lower++) {
                if (reserve.get(lower) != 0 && !zone.hasProtections()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether nothing fits: what is printed cannot be right. */
    boolean isEmpty() {
        return possible.isEmpty();
    }

    /** Whether some build that fits has the kind. */
    boolean mayHave(ZoneType type) {
        return possible.stream().anyMatch(kinds -> kinds.contains(type));
    }

    /**
     * The highest zone that a request may use which may use zones up to {@code highest}: the build may lack that one.
     */
    ZoneType permitted(ZoneType highest) {
        boolean lacksLow = highest.compareTo(ZoneType.NORMAL) < 0 && !mayHave(highest);
        return lacksLow ? ZoneType.NORMAL : highest;
    }

    /** What a zone keeps from requests that may use zones up to {@code highest}. */
    Range reserve(ZoneDump zone, ZoneType highest) {
        List<Long> printed = zone.reserve();
        if (printed.isEmpty()) {
            boolean own = zone.type().compareTo(highest) >= 0;
            return own ? Range.NONE : new Range(0, MOST);
        }
        long least = Long.MAX_VALUE;
        long most = 0;
        for (List<ZoneType> kinds : possible) {
            int index = -1;
            for (ZoneType type : kinds) {
                index += type.compareTo(highest) <= 0 ? 1 : 0;
            }
            long reserve = index < 0 || index >= printed.size() ? 0 : printed.get(index);
            least = Math.min(least, reserve);
            most = Math.max(most, reserve);
        }
        return possible.isEmpty() ? new Range(0, MOST) : new Range(least, most);
    }

    /**
     * The kinds above a zone, up to {@code highest}, of which its reserves say that they have memory: with each of
     * these it keeps more.
     */
    List<ZoneType> shownToExist(ZoneDump zone, ZoneType highest) {
        List<ZoneType> shown = new ArrayList<>();
        List<Long> printed = zone.reserve();
        if (possible.isEmpty()) {
            return shown;
        }
        for (int i = 1; i < printed.size(); i++) {
            int index = i;
            ZoneType type = possible.get(0).get(i);
            boolean certain = possible.stream().allMatch(kinds -> kinds.get(index) == type);
            if (certain
                    && printed.get(i) > printed.get(i - 1)
                    && type.compareTo(highest) <= 0
                    && type.compareTo(zone.type()) > 0) {
                shown.add(type);
            }
        }
        return shown;
    }
}
