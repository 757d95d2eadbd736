package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.GfpBits;
import dev.gaugeblock.kernel.rule.GfpFlag;
import dev.gaugeblock.kernel.rule.GfpNames;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Guesses the version of a kernel from what its reports look like. */
final class Shape {
    /** Flags whose bits moved, and that are not always printed with their names. */
    private static final Set<GfpFlag> PLACED = EnumSet.of(
            GfpFlag.WAIT,
            GfpFlag.KSWAPD,
            GfpFlag.HIGH,
            GfpFlag.IO,
            GfpFlag.FS,
            GfpFlag.HIGHMEM,
            GfpFlag.MOVABLE,
            GfpFlag.COMP,
            GfpFlag.ZERO,
            GfpFlag.HARDWALL);

    private Shape() {}

    static VersionUsed of(KernelReport report) {
        List<ZoneDump> zones = report.zones();
        if (zones.stream().anyMatch(zone -> zone.pages("free_highatomic") != null)) {
            return assumed("6.13", "it prints free_highatomic");
        }
        if (zones.stream().anyMatch(zone -> zone.pages("boost") != null)) {
            return named(report, "5.10", "it prints a boost of the marks");
        }
        if (zones.stream().anyMatch(zone -> zone.pages("reserved_highatomic") != null)) {
            return named(report, "5.5", "it prints reserved_highatomic");
        }
        if (!report.asked().names().isEmpty()) {
            return named(report, "4.7", "it prints the names of the request's bits");
        }
        Long mask = report.asked().mask();
        if (mask != null && (mask & 0x2400000) >= 0x2000000) {
            return assumed("4.4", "of the request's bits");
        }
        if (has(zones, ZoneType.DMA32) && has(zones, ZoneType.HIGHMEM)) {
            return assumed("2.6.16", "it prints both DMA32 and HighMem, as 2.6.15 to 2.6.18 did on every machine");
        }
        if (zones.stream().anyMatch(ZoneDump::hasProtections)) {
            return assumed("2.6.10", "it prints protections[]");
        }
        boolean letters = zones.stream().anyMatch(Shape::hasTypes);
        if (letters) {
            return assumed("3.10", "it prints the types of the free blocks");
        }
        if (zones.stream().anyMatch(zone -> zone.pages("managed") != null || zone.pages("free_cma") != null)) {
            return assumed("3.10", "it prints managed pages, or those of CMA");
        }
        if (mask != null && (mask & 0x100000) != 0) {
            return assumed("2.6.23", "of the request's bits");
        }
        boolean movable = mask != null && (mask & 0x8) != 0;
        boolean recent = movable
                || zones.stream().anyMatch(zone -> zone.reserve().size() > 3 || zone.pages("active_anon") != null);
        boolean dma32 = has(zones, ZoneType.DMA32);
        return recent || dma32
                ? assumed("2.6.32", "its zones are those of 2.6.16 to 3.4, and it prints nothing that came later")
                : assumed("2.6.11", "it prints nothing that came later");
    }

    private static boolean has(List<ZoneDump> zones, ZoneType type) {
        return zones.stream().anyMatch(zone -> zone.type() == type);
    }

    private static boolean hasTypes(ZoneDump zone) {
        List<FreeBlocks> lists = zone.lists();
        return lists != null
                && lists.stream().anyMatch(blocks -> !blocks.types().isEmpty());
    }

    /** The first era from a version on in which the printed bits have the printed names. */
    private static VersionUsed named(KernelReport report, String from, String because) {
        Long mask = report.asked().mask();
        if (mask == null || report.asked().names().isEmpty()) {
            return assumed(from, because);
        }
        Set<GfpFlag> meant = placed(GfpNames.read(report.asked().names()));
        List<Era> eras = Era.all();
        for (int i = 0; i < eras.size(); i++) {
            boolean over = i + 1 < eras.size() && !eras.get(i + 1).from().isAfter(from);
            if (!over && placed(eras.get(i).gfp().read(mask)).equals(meant)) {
                KernelVersion first = eras.get(i).from();
                return assumed(
                        first.isFrom(from) ? first.text() : from, because + ", and these bits have these names then");
            }
        }
        return assumed(from, because);
    }

    private static Set<GfpFlag> placed(GfpBits gfp) {
        Set<GfpFlag> placed = EnumSet.noneOf(GfpFlag.class);
        placed.addAll(gfp.flags());
        placed.retainAll(PLACED);
        return placed;
    }

    private static VersionUsed assumed(String version, String because) {
        KernelVersion parsed = KernelVersion.parse(version);
        if (parsed == null) {
            throw new IllegalStateException(version);
        }
        return new VersionUsed(parsed, VersionUsed.Source.ASSUMED, because);
    }
}
