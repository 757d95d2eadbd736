package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The reports that are under way. Lines of several may stand by turns: what belongs to which is told by who printed it,
 * where the log says that, else by what each report still lacks.
 */
final class OpenReports {
    /** Reports that begin so many lines apart are printed by several CPUs at the same time. */
    private static final int CLUSTER = 5;

    private final List<OpenReport> open = new ArrayList<>();
    /** Whether the parts of several reports stand by turns, as several CPUs print at the same time. */
    private boolean mixed;

    boolean isEmpty() {
        return open.isEmpty();
    }

    void add(OpenReport report) {
        open.add(report);
        mixed = false;
    }

    /** The first one, taken out, if it is complete; {@code null} if it is not. */
    @Nullable
    KernelReport pollComplete() {
        boolean complete = !open.isEmpty()
                && (open.get(0).report.hasLists() || open.get(0).report.isEnded());
        return complete ? open.remove(0).report : null;
    }

    /** All of them, which are taken out. */
    List<KernelReport> pollAll() {
        List<KernelReport> all = new ArrayList<>();
        open.forEach(each -> all.add(each.report));
        open.clear();
        return all;
    }

    /** The report that was begun last, of those of the caller if it has any. */
    @Nullable
    KernelReport latest(String caller) {
        List<OpenReport> candidates = candidates(caller);
        return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1).report;
    }

    /** The report of which a part was read last. */
    @Nullable
    OpenReport lastTouched(String caller) {
        OpenReport last = null;
        for (OpenReport each : candidates(caller)) {
            last = last == null || each.touched > last.touched ? each : last;
        }
        return last;
    }

    /** The report that reserves belong to. */
    @Nullable
    OpenReport awaitingReserve(String caller) {
        OpenReport found = null;
        for (OpenReport each : candidates(caller)) {
            found = each.awaitsReserve() && isRather(each, found) ? each : found;
        }
        return found;
    }

    /** The report that a zone's line belongs to. */
    @Nullable
    OpenReport awaitingZone(String caller, int node, ZoneType type, boolean printsNode) {
        List<OpenReport> able = new ArrayList<>();
        OpenReport last = lastTouched(caller);
        for (OpenReport each : candidates(caller)) {
            if (each.isOfStyle(printsNode) && each.mayTake(node, type)) {
                able.add(each);
            }
        }
        if (able.isEmpty()) {
            return unordered(caller, node, type);
        }
        boolean lastMay = last != null && able.contains(last);
        boolean others = able.size() > (lastMay ? 1 : 0);
        mixed |= others && last != null && last.awaitsReserve();
        if (mixed) {
            OpenReport oldest = able.get(0);
            for (OpenReport each : able) {
                boolean rather = each != last && (oldest == last || each.touched < oldest.touched);
                oldest = rather ? each : oldest;
            }
            return oldest;
        }
        if (lastMay && last != null && last.report.hasZones()) {
            return last;
        }
        return firstOfCluster(able);
    }

    /** Of reports that begin within a few lines, the dump of the first comes first. */
    private static OpenReport firstOfCluster(List<OpenReport> able) {
        OpenReport first = able.get(able.size() - 1);
        for (int i = able.size() - 2; i >= 0; i--) {
            OpenReport earlier = able.get(i);
            boolean near = first.report.line() - earlier.report.line() <= CLUSTER;
            if (near && !earlier.report.hasZones()) {
                first = earlier;
            }
        }
        return first;
    }

    /** Zones may stand in another order than that of the kernel, where somebody quoted them. */
    private @Nullable OpenReport unordered(String caller, int node, ZoneType type) {
        OpenReport found = null;
        for (OpenReport each : candidates(caller)) {
            ZoneDump known = each.report.find(node, type);
            found = known == null || !known.isSeen() ? each : found;
        }
        return found;
    }

    /** The report that the free blocks of a zone belong to. */
    @Nullable
    OpenReport awaitingBlocks(String caller, int node, ZoneType type, boolean printsNode) {
        OpenReport found = null;
        OpenReport unseen = null;
        for (OpenReport each : candidates(caller)) {
            boolean fits = each.isOfStyle(printsNode) && each.awaitsBlocks(node, type);
            found = fits && isRather(each, found) ? each : found;
            unseen = each.isOfStyle(printsNode) && each.report.find(node, type) == null ? each : unseen;
        }
        return found == null ? unseen : found;
    }

    /** Whether a part belongs to a report rather than to another that lacks it, too: mixed dumps take turns. */
    private boolean isRather(OpenReport report, @Nullable OpenReport other) {
        return other == null || (mixed ? report.touched < other.touched : report.touched > other.touched);
    }

    /** Those that a line may belong to: those of whoever printed it, if the log says who that was, else all. */
    List<OpenReport> candidates(String caller) {
        List<OpenReport> same = new ArrayList<>();
        for (OpenReport each : open) {
            if (!caller.isEmpty() && each.report.caller().equals(caller)) {
                same.add(each);
            }
        }
        return same.isEmpty() ? new ArrayList<>(open) : same;
    }
}
