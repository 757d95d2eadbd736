package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.Range;
import dev.gaugeblock.kernel.rule.Refusal;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The zones of a report held against the rule, and the answer that follows. */
final class Judged {
    /** Where the free blocks are not printed, the dump may be inexact by as much as was ever seen: so many pages. */
    static final long LARGEST_MARGIN = 2694;

    private final RefusedRequest request;
    private final List<String> notes;
    private final List<ZoneAnswer> answers = new ArrayList<>();

    Judged(RefusedRequest request, List<String> notes) {
        this.request = request;
        this.notes = notes;
        List<ZoneDump> zones = new ArrayList<>(request.report().zones());
        // The zonelist of a node begins with its highest zone; which node comes first is not printed.
        zones.sort(Comparator.comparing((ZoneDump zone) -> !isPermitted(zone))
                .thenComparing(ZoneDump::node)
                .thenComparing(ZoneDump::type, Comparator.reverseOrder()));
        for (ZoneDump zone : zones) {
            answers.add(answer(zone));
        }
    }

    private boolean isPermitted(ZoneDump zone) {
        return zone.type().compareTo(request.highest()) <= 0 && request.permitsNode(zone.node());
    }

    private ZoneAnswer answer(ZoneDump zone) {
        Long free = zone.pages("free");
        if (zone.isEmpty()) {
            return plain(zone, ZoneAnswer.State.EMPTY, "it has no memory");
        }
        if (zone.type().compareTo(request.highest()) > 0) {
            String lies = free == null ? "" : "; " + ZoneWords.pages(free) + " lie free there";
            return plain(
                    zone,
                    ZoneAnswer.State.NOT_PERMITTED,
                    "the request permits no zone above " + request.highest().label() + lies);
        }
        if (free == null) {
            String what = zone.isSeen() ? "its free pages cannot be read" : "its line is missing or cannot be read";
            return plain(zone, ZoneAnswer.State.UNKNOWN, what);
        }
        ZoneFacts facts = ZoneFacts.of(zone, free, request.era(), request.kinds(), request.highest());
        Long mark = request.mark(zone);
        WatermarkResult best = request.rule().judge(facts.atBest(mark), request.asked());
        WatermarkResult worst = request.rule().judge(facts.atWorst(mark), request.asked());
        ZoneAnswer.State state = !best.passes()
                ? ZoneAnswer.State.REFUSED
                : worst.passes() ? ZoneAnswer.State.PASSES : ZoneAnswer.State.UNKNOWN;
        boolean passes = state == ZoneAnswer.State.PASSES;
        String says = new ZoneWords(request, facts, mark).says(best, worst);
        if (!request.permitsNode(zone.node())) {
            says = "the request is bound to other nodes" + (passes ? "; this one would pass" : "");
            state = ZoneAnswer.State.OTHER_NODE;
        }
        return new ZoneAnswer(
                zone,
                state,
                passes ? facts.atWorst(mark) : facts.atBest(mark),
                passes ? worst : best,
                facts.margin(),
                says);
    }

    private static ZoneAnswer plain(ZoneDump zone, ZoneAnswer.State state, String says) {
        return new ZoneAnswer(zone, state, null, null, null, says);
    }

    private List<ZoneAnswer> in(ZoneAnswer.State state) {
        return answers.stream().filter(answer -> answer.state() == state).toList();
    }

    Explanation explanation(VersionUsed version) {
        Set<String> missing = missing();
        if (!request.gfp().unknown().isEmpty()) {
            notes.add("bits of the request that are not known: "
                    + String.join(", ", request.gfp().unknown()));
            missing.add("what the unknown bits of the request permit");
        }
        noteQuoted();
        Answer answer = decide(missing);
        List<Remedy> remedies =
                answer.necessity == Necessity.HAD_TO ? new Remedies(request, answers).found() : List.of();
        return new Explanation(
                request.report(),
                version,
                request.order(),
                answer.necessity,
                answer.reason,
                List.copyOf(answers),
                List.copyOf(notes),
                remedies);
    }

    private record Answer(Necessity necessity, String reason) {}

    private Answer decide(Set<String> missing) {
        ZoneAnswer widest = null;
        for (ZoneAnswer zone : in(ZoneAnswer.State.PASSES)) {
            if (widest == null || beyondMargin(zone) > beyondMargin(widest)) {
                widest = zone;
            }
        }
        boolean otherwiseKnown = request.gfp().unknown().isEmpty() && !request.isOfAnUnknownNode();
        if (widest != null && beyondMargin(widest) > 0 && otherwiseKnown) {
            return new Answer(
                    Necessity.DID_NOT_HAVE_TO,
                    widest.dump().label() + " passes by " + ZoneWords.pages(surplus(widest))
                            + ", more than the dump is inexact" + marginOf(widest));
        }
        if (widest != null) {
            return new Answer(
                    Necessity.CANNOT_BE_SAID,
                    widest.dump().label() + " passes by " + ZoneWords.pages(surplus(widest))
                            + ", but "
                            + (otherwiseKnown
                                    ? "the dump is inexact by as much" + marginOf(widest)
                                            + ": memory may have come back while it was printed"
                                    : "it is not known whether the request may use it"));
        }
        if (!missing.isEmpty()) {
            return new Answer(Necessity.CANNOT_BE_SAID, "not known: " + String.join("; ", missing));
        }
        List<ZoneAnswer> refused = in(ZoneAnswer.State.REFUSED);
        if (refused.isEmpty()) {
            return new Answer(Necessity.CANNOT_BE_SAID, "the report shows no zone that the request may use");
        }
        String atMin = passingAtMin(refused);
        if (!atMin.isEmpty() && request.era().killsLate()) {
            return new Answer(
                    Necessity.CANNOT_BE_SAID,
                    "no zone passes at high, but " + atMin + " at min, and this kernel kills only where even"
                            + " reclaiming everything would not do");
        }
        return new Answer(Necessity.HAD_TO, "no zone that the request may use passes");
    }

    /** What has to be known for an answer, and is not. */
    private Set<String> missing() {
        Set<String> missing = new LinkedHashSet<>();
        for (ZoneAnswer zone : in(ZoneAnswer.State.UNKNOWN)) {
            missing.add(zone.dump().label() + ": " + zone.says());
        }
        if (request.report().hasLostZone()) {
            missing.add("a zone: a line of the report cannot be read");
        }
        if (!request.report().hasLists() && mayBeCutOff()) {
            missing.add("whether zones stand behind those that are shown: the text ends before the free blocks");
        }
        if (request.kinds().isEmpty()) {
            missing.add("which zones the build has: what is printed of them does not fit together");
        }
        for (ZoneDump zone : request.report().zones()) {
            for (ZoneType type : request.kinds().shownToExist(zone, request.highest())) {
                boolean there = request.report().zones().stream()
                        .anyMatch(other -> other.node() == zone.node() && other.type() == type);
                if (!there && zone.isSeen()) {
                    missing.add(type.label() + ": the reserves of " + zone.label()
                            + " show that it has memory, and its line is not in the text");
                }
            }
        }
        return missing;
    }

    /**
     * Whether the build may have a zone above all that are shown, which the request may use: nothing shows that such
     * ones have no memory. Where they have none, a zone keeps no more from requests that may use them.
     */
    private boolean mayBeCutOff() {
        ZoneType top = null;
        for (ZoneDump zone : request.report().zones()) {
            boolean permitted = zone.type().compareTo(request.highest()) <= 0;
            top = permitted && (top == null || zone.type().compareTo(top) > 0) ? zone.type() : top;
        }
        if (top == null || top == request.highest()) {
            return false;
        }
        boolean mayBe = false;
        for (ZoneType type : ZoneType.values()) {
            mayBe |= type.compareTo(top) > 0
                    && type.compareTo(request.highest()) <= 0
                    && request.kinds().mayHave(type);
        }
        for (ZoneDump zone : request.report().zones()) {
            Range uptoTop = request.kinds().reserve(zone, top);
            Range all = request.kinds().reserve(zone, request.highest());
            boolean told = !zone.hasProtections() && !zone.reserve().isEmpty();
            mayBe &= !told || !all.isExact() || !all.equals(uptoTop);
        }
        return mayBe;
    }

    /** Zones below the lowest that is shown may have been left out by whoever quoted the report. */
    private void noteQuoted() {
        ZoneDump lowest = null;
        for (ZoneDump zone : request.report().zones()) {
            lowest = lowest == null || zone.type().compareTo(lowest.type()) < 0 ? zone : lowest;
        }
        if (lowest != null && lowest.reserve().size() > 2 && lowest.type().compareTo(ZoneType.DMA32) > 0) {
            ZoneType below = lowest.type() == ZoneType.NORMAL ? ZoneType.DMA32 : ZoneType.NORMAL;
            if (request.kinds().mayHave(below) || request.kinds().mayHave(ZoneType.DMA)) {
                notes.add("the zones below " + lowest.label()
                        + " are not in the text: the answer is about those that are");
            }
        }
    }

    private String passingAtMin(List<ZoneAnswer> refused) {
        if (!request.isOomKill()) {
            noteNarrow(refused);
            return "";
        }
        String passing = "";
        for (ZoneAnswer zone : refused) {
            Long free = zone.dump().pages("free");
            Long min = zone.dump().pages("min");
            if (free == null || min == null) {
                continue;
            }
            ZoneFacts facts = ZoneFacts.of(zone.dump(), free, request.era(), request.kinds(), request.highest());
            WatermarkResult atMin = request.rule().judge(facts.atWorst(min), request.askedAtMin());
            WatermarkResult best = request.rule().judge(facts.atBest(min), request.askedAtMin());
            Refusal refusal = best.refusal();
            Long margin = facts.margin();
            if (best.passes() && best.surplus() > (margin == null ? LARGEST_MARGIN : margin)) {
                passing = zone.dump().label() + (atMin.passes() ? " passes" : " may pass") + " by "
                        + ZoneWords.pages(best.surplus());
            }
            if (atMin.passes()) {
                notes.add(zone.dump().label() + " passes at min, by " + ZoneWords.pages(atMin.surplus()));
            } else if (best.passes()) {
                notes.add(zone.dump().label() + " may pass at min, by up to " + ZoneWords.pages(best.surplus()) + ": "
                        + String.join("; ", new ZoneWords(request, facts, min).unknown()));
            } else if (refusal != null && refusal.shortBy() > 0) {
                boolean byReserve = refusal.by() == Refusal.By.RESERVE;
                notes.add(zone.dump().label() + (byReserve ? " is above min, but with the reserve" : " is at min, too,")
                        + " short by " + ZoneWords.pages(refusal.shortBy()));
            }
        }
        noteNarrow(refused);
        return passing;
    }

    private void noteNarrow(List<ZoneAnswer> refused) {
        for (ZoneAnswer zone : refused) {
            Long margin = zone.margin();
            WatermarkResult result = zone.result();
            Refusal refusal = result == null ? null : result.refusal();
            if (margin != null && refusal != null && refusal.shortBy() > 0 && refusal.shortBy() < margin) {
                notes.add(zone.dump().label() + " is short by less than the dump is inexact: "
                        + ZoneWords.pages(refusal.shortBy()) + " of " + ZoneWords.pages(margin));
            }
        }
    }

    private static long surplus(ZoneAnswer zone) {
        WatermarkResult result = zone.result();
        return result == null ? 0 : result.surplus();
    }

    private static long beyondMargin(ZoneAnswer zone) {
        Long margin = zone.margin();
        return surplus(zone) - (margin == null ? LARGEST_MARGIN : margin);
    }

    private static String marginOf(@Nullable ZoneAnswer zone) {
        Long margin = zone == null ? null : zone.margin();
        return margin == null
                ? " (its free blocks are not printed: up to " + LARGEST_MARGIN + " pages were seen)"
                : " (" + ZoneWords.pages(margin) + ")";
    }
}
