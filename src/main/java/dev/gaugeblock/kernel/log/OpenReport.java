package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.ZoneType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A report that is being read: what its next line may go on with. */
final class OpenReport {
    /** What was read of it last. */
    enum Part {
        NONE,
        AMOUNTS,
        RESERVE,
        BLOCKS
    }

    final KernelReport report;
    /** Counts parts of all reports: when one of this was read last. */
    long touched;

    private Part part = Part.NONE;
    private @Nullable ZoneDump zone;
    /** Whether its zones are printed with their nodes; {@code null} before the first. */
    private @Nullable Boolean nodesPrinted;

    OpenReport(KernelReport report, long touched) {
        this.report = report;
        this.touched = touched;
    }

    Part part() {
        return part;
    }

    @Nullable
    ZoneDump zone() {
        return zone;
    }

    void at(ZoneDump newZone, Part newPart, long now) {
        zone = newZone;
        part = newPart;
        touched = now;
    }

    void printsNodes(boolean printed) {
        nodesPrinted = printed;
    }

    /** Whether a zone that is printed with its node, or without, may be its. */
    boolean isOfStyle(boolean printed) {
        return nodesPrinted == null || nodesPrinted == printed;
    }

    /** Whether the reserves of the zone that was read last are still to come. */
    boolean awaitsReserve() {
        ZoneDump last = zone;
        return part == Part.AMOUNTS && last != null && !last.hasReserve();
    }

    /** Whether a zone may come next: it was not read yet, and is behind all that were. */
    boolean mayTake(int node, ZoneType type) {
        for (ZoneDump each : report.zones()) {
            boolean before =
                    each.node() < node || each.node() == node && each.type().compareTo(type) < 0;
            if (!before) {
                return false;
            }
        }
        return !report.hasLists();
    }

    /** Whether the blocks of a zone are still to come. */
    boolean awaitsBlocks(int node, ZoneType type) {
        ZoneDump known = report.find(node, type);
        return known != null && !known.isListed();
    }
}
