package dev.gaugeblock.kernel.log;

import java.util.List;

/**
 * Finds numbers of a report that cannot be right, and forgets them: nothing is to be concluded from what was garbled.
 */
final class Plausibility {
    private static final List<String> MARKS = List.of("min", "low", "high");

    private Plausibility() {}

    static void check(KernelReport report) {
        for (ZoneDump zone : report.zones()) {
            requireMarksInOrder(report, zone);
            if (!isListed(zone)) {
                requireNoMoreThan(report, zone, "free", "present");
            }
            requireNoMoreThan(report, zone, "managed", "present");
            requireNoMoreThan(report, zone, "free_cma", "free");
            if (zone.lacksSmallest()) {
                zone.breakLists();
                report.add(
                        new Oddity(zone.line(), "", zone.label() + ": the free blocks do not begin with single pages"));
            } else if (zone.hasLists() && !zone.isListsEnded()) {
                zone.breakLists();
                report.add(new Oddity(zone.line(), "", zone.label() + ": the free blocks end before their sum"));
            } else if (!zone.addsUp()) {
                report.add(new Oddity(
                        zone.line(), "", zone.label() + ": the free blocks do not add up to what stands behind them"));
            }
            if (!zone.isSeen() && !zone.isEmpty()) {
                report.add(new Oddity(
                        zone.line(),
                        "",
                        zone.label() + ": free blocks are listed, but its line with free: is not there"));
            }
        }
        requireReservesOfOneLength(report);
    }

    /**
     * Whether the free blocks bear out what is printed as free. Then it may be more than {@code present}, from which
     * kernels up to 3.8 took the pages that describe the others.
     */
    private static boolean isListed(ZoneDump zone) {
        Long free = zone.pages("free");
        return free != null && zone.lists() != null && zone.addsUp() && zone.margin(free) <= free / 8;
    }

    private static void requireMarksInOrder(KernelReport report, ZoneDump zone) {
        for (int i = 1; i < MARKS.size(); i++) {
            Long lower = zone.pages(MARKS.get(i - 1));
            Long higher = zone.pages(MARKS.get(i));
            if (lower != null && higher != null && lower > higher) {
                report.add(new Oddity(
                        zone.line(), "", zone.label() + ": " + MARKS.get(i - 1) + " is above " + MARKS.get(i)));
                MARKS.forEach(zone::forget);
            }
        }
    }

    private static void requireNoMoreThan(KernelReport report, ZoneDump zone, String part, String whole) {
        Long some = zone.pages(part);
        Long all = zone.pages(whole);
        if (some != null && all != null && some > all) {
            report.add(new Oddity(zone.line(), "", zone.label() + ": " + part + " is more than " + whole));
            zone.forget(part);
            zone.forget(whole);
        }
    }

    /** Each zone has a number for each kind of zone that the build has: as many as the others. */
    private static void requireReservesOfOneLength(KernelReport report) {
        int longest = report.zones().stream()
                .mapToInt(zone -> zone.reserve().size())
                .max()
                .orElse(0);
        for (ZoneDump zone : report.zones()) {
            boolean falls = false;
            List<Long> reserve = zone.reserve();
            for (int i = 1; i < reserve.size(); i++) {
                falls |= reserve.get(i) < reserve.get(i - 1);
            }
            if (falls || zone.hasReserve() && reserve.size() < longest) {
                report.add(new Oddity(zone.line(), "", zone.label() + ": the reserves cannot be right: " + reserve));
                zone.breakReserve();
            }
        }
    }
}
