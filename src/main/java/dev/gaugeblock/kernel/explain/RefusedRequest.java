package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.ReportKind;
import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.Clause;
import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.GfpBits;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.WatermarkRule;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A request that was refused, with the rule that it is held against. */
final class RefusedRequest {
    private final KernelReport report;
    private final Era era;
    private final KernelVersion version;
    private final GfpBits gfp;
    private final int order;
    private final ZoneKinds kinds;
    private final WatermarkRule rule;

    RefusedRequest(KernelReport report, Era era, KernelVersion version, GfpBits gfp, int order, List<Clause> clauses) {
        this.report = report;
        this.era = era;
        this.version = version;
        this.gfp = gfp;
        this.order = order;
        this.kinds = ZoneKinds.of(report.zones(), version);
        this.rule = new WatermarkRule(clauses);
    }

    KernelReport report() {
        return report;
    }

    Era era() {
        return era;
    }

    KernelVersion version() {
        return version;
    }

    GfpBits gfp() {
        return gfp;
    }

    int order() {
        return order;
    }

    ZoneKinds kinds() {
        return kinds;
    }

    WatermarkRule rule() {
        return rule;
    }

    boolean isOomKill() {
        return report.kind() == ReportKind.OOM_KILL;
    }

    /** The highest zone that the request may use. */
    ZoneType highest() {
        return kinds.permitted(gfp.highestZone());
    }

    /** What the last look before the answer asks for: before an OOM kill, it goes below no mark. */
    Request asked() {
        Request request = era.request(order, gfp);
        return isOomKill() ? request.atLastLook() : request;
    }

    /** As a request that may go below the mark, at {@code min}. */
    Request askedAtMin() {
        return era.request(order, gfp);
    }

    /** The mark that decides: {@code high} before an OOM kill, in every era; else {@code min}. */
    String markName() {
        return isOomKill() ? "high" : "min";
    }

    @Nullable
    Long mark(ZoneDump zone) {
        return zone.pages(markName());
    }

    /** Whether the zone's node is one that the request may use. */
    boolean permitsNode(int node) {
        List<Integer> nodes = report.asked().nodes();
        if (nodes != null && !nodes.contains(node)) {
            return false;
        }
        List<Integer> cpuset = report.asked().cpusetNodes();
        boolean walled = gfp.isWalled() || gfp.canWait();
        return !walled || cpuset == null || cpuset.contains(node);
    }

    /** Whether the report leaves open which node it is bound to. */
    boolean isOfAnUnknownNode() {
        return gfp.isOfThisNode()
                && report.zones().stream().mapToInt(ZoneDump::node).distinct().count() > 1;
    }
}
