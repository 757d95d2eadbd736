package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.snapshot.VmStat;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rules about snapshots, and what is said where they prove nothing. */
final class SnapshotRules {
    private final BreachGroups<KmemFinding> findings;
    private final KmemTelling telling;
    private final List<String> open = new ArrayList<>();

    SnapshotRules(BreachGroups<KmemFinding> findings, KmemTelling telling) {
        this.findings = findings;
        this.telling = telling;
    }

    /** What two snapshots count, without the free lists. */
    static SnapshotPair counted(SnapshotMark from, SnapshotMark to) {
        return pair(from, to, -1, List.of(), List.of());
    }

    private static SnapshotPair pair(
            SnapshotMark from,
            SnapshotMark to,
            long replayed,
            List<SnapshotPair.ZoneOutcome> zones,
            List<String> says) {
        VmStat before = from.snapshot.counters();
        VmStat after = to.snapshot.counters();
        if (before == null || after == null) {
            return new SnapshotPair(from.number, to.number, false, 0, 0, 0, 0, replayed, false, zones, says);
        }
        long allocated = after.allocated() - before.allocated();
        long freed = after.freed() - before.freed();
        return new SnapshotPair(
                from.number,
                to.number,
                true,
                allocated - (to.after.allocated() - from.before.allocated()),
                allocated - (to.before.allocated() - from.after.allocated()),
                freed - (to.after.freed() - from.before.freed()),
                freed - (to.before.freed() - from.after.freed()),
                replayed,
                after.compacted() != before.compacted(),
                zones,
                says);
    }

    /** Judges what the second of two snapshots says, in a line. */
    SnapshotPair judge(
            SnapshotMark from, SnapshotMark to, ReplayWatch replay, List<SnapshotPair.ZoneOutcome> zones, long line) {
        List<String> says = new ArrayList<>();
        SnapshotPair pair = pair(from, to, replay.replayed(), zones, says);
        boolean isBroken = to.before.findings() > from.after.findings();
        long tooMany = pair.counters() ? Math.max(0, -pair.freesHigh()) : 0;
        long straight = straightToTheLists(pair, replay, from, to);
        String where = "snapshot " + from.number + " to " + to.number;
        if (tooMany > straight) {
            String message = where + ": the trace has " + tooMany
                    + " pages more of frees than vmstat counts: so many were freed twice";
            broken(KmemRule.VMSTAT_FREES, message, line, isBroken, says);
        } else if (tooMany > 0) {
            says.add(tooMany + " pages of frees are not in pgfree: freed in an interrupt while a CPU's list was locked,"
                    + " they went straight to the free lists");
        }
        if (pair.counters() && pair.freesLow() > 0) {
            String missing = where + ": the trace lacks frees of " + pair.freesLow() + " pages that vmstat counts";
            says.add(missing);
            if (!isBroken) {
                open.add(missing);
            }
        }
        balance(from, to, pair, says);
        lists(pair, replay, where, tooMany > 0, line, isBroken, says);
        return pair;
    }

    /** What came back less what was handed out is what became free, on the free lists or on those of CPUs. */
    private static void balance(SnapshotMark from, SnapshotMark to, SnapshotPair pair, List<String> says) {
        VmStat before = from.snapshot.counters();
        VmStat after = to.snapshot.counters();
        ZoneInfo first = from.snapshot.zones();
        ZoneInfo second = to.snapshot.zones();
        if (before == null || after == null || first == null || second == null) {
            return;
        }
        long grown = after.free() - before.free() + second.held() - first.held();
        long low = to.before.freed() - from.after.freed() - (to.after.allocated() - from.before.allocated()) - grown;
        long high = to.after.freed() - from.before.freed() - (to.before.allocated() - from.after.allocated()) - grown;
        if (low > pair.unseenHigh() || high < pair.unseenLow()) {
            says.add("by the free pages and the lists of CPUs, " + low + " to " + high
                    + " pages were handed out unseen, which is not what vmstat counts: counters may lag behind");
        }
    }

    /** How many pages may have gone straight to the free lists, past the lists of CPUs. */
    private static long straightToTheLists(SnapshotPair pair, ReplayWatch replay, SnapshotMark from, SnapshotMark to) {
        boolean isReplayed =
                replay.isFresh() && !pair.compacted() && !pair.zones().isEmpty();
        long surplus = 0;
        for (SnapshotPair.ZoneOutcome zone : pair.zones()) {
            surplus += zone.exact() ? 0 : Math.max(0, -zone.pagesTooMany());
        }
        return isReplayed ? surplus + replay.missed() : to.after.freedInInterrupts() - from.before.freedInInterrupts();
    }

    private void lists(
            SnapshotPair pair,
            ReplayWatch replay,
            String where,
            boolean isExplained,
            long line,
            boolean isBroken,
            List<String> says) {
        List<SnapshotPair.ZoneOutcome> off =
                pair.zones().stream().filter(zone -> !zone.exact()).toList();
        if (off.isEmpty()) {
            return;
        }
        String how = off.stream()
                .map(zone -> zone.zone() + " by " + zone.pagesTooMany() + " pages")
                .collect(Collectors.joining(", "));
        if (pair.compacted()) {
            says.add("the replay of the free lists is off (" + how
                    + "): compaction ran, which takes pages off the lists and tells nobody; nothing follows");
        } else if (isExplained) {
            says.add("the replay of the free lists is off (" + how + ") by what went straight to them");
        } else if (!replay.isFresh()) {
            says.add("the replay of the free lists is off (" + how
                    + "), and it began while they changed: events lie beside the marker; nothing follows");
        } else if (!pair.counters() || replay.fallbacks() + replay.missed() > 0) {
            String message = where + ": the free blocks do not follow from the events (off: " + how + "), of which "
                    + replay.fallbacks() + " are fallbacks and " + replay.missed()
                    + " take what was not free in the replay"
                    + (pair.counters() ? "" : "; without vmstat nobody knows of compaction");
            says.add(message);
            if (!isBroken) {
                open.add(message);
            }
        } else {
            broken(
                    KmemRule.BUDDYINFO,
                    where + ": the free blocks do not follow from the events; free pages are off: " + how,
                    line,
                    isBroken,
                    says);
        }
    }

    /** After another finding between the snapshots it follows from that. */
    private void broken(KmemRule rule, String message, long line, boolean isBroken, List<String> says) {
        BreachGroups.Group<KmemFinding> cause = findings.lastGroup();
        if (isBroken && cause != null) {
            cause.follow(rule.id() + ": " + message);
            says.add(message + ", which follows from what was found");
        } else {
            add(rule, message, line, List.of());
            says.add(message);
        }
    }

    void liveIsFree(Block block, long frame, int number, long line) {
        BreachGroups.Group<KmemFinding> cause = findings.cause(block.pfn(), block.frames());
        String message =
                KmemTelling.frames(frame, 1) + " is live, and part of a free block in kpageflags of snapshot " + number;
        if (cause != null) {
            cause.follow(KmemRule.LIVE_NOT_FREE.id() + ": " + message);
            return;
        }
        findings.doubt(
                block.pfn(), block.frames(), add(KmemRule.LIVE_NOT_FREE, message, line, List.of(telling.owner(block))));
    }

    private BreachGroups.Group<KmemFinding> add(
            KmemRule rule, String message, long line, List<KmemFinding.Party> owners) {
        return findings.add(new KmemFinding(rule.id(), rule.says(), message, line, "", KmemFinding.Party.NONE, owners));
    }

    /** Why not all of the evidence speaks. */
    List<String> open() {
        return open;
    }
}
