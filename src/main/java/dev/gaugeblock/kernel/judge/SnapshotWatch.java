package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.snapshot.BuddyInfo;
import dev.gaugeblock.kernel.snapshot.PageFlagsDump;
import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Holds a trace against the snapshots that its markers name. */
final class SnapshotWatch {
    private static final Pattern MARKER = Pattern.compile("SNAP (\\d{1,9}) (BEGIN|KPF_BEGIN|KPF_END|END)\\s*");

    private final SnapshotFolder folder;
    private final KmemJudge judge;
    private final SnapshotRules rules;
    private final @Nullable KernelVersion version;
    private final @Nullable ZoneInfo zones;
    private final ReplayWatch replay;
    private final List<SnapshotPair> pairs = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<Integer> used = new HashSet<>();
    private final List<LiveReport.FreeBlocks> freeBlocks = new ArrayList<>();
    private KmemTotals totals = KmemTotals.NONE;
    private int losses;
    private @Nullable SnapshotMark first;
    private @Nullable SnapshotMark last;
    private @Nullable SnapshotMark open;
    private boolean isEraKnown;

    SnapshotWatch(SnapshotFolder folder, KmemJudge judge, KmemTelling telling, @Nullable KernelVersion version) {
        this.folder = folder;
        this.judge = judge;
        this.rules = new SnapshotRules(judge.findings(), telling);
        this.version = version;
        this.zones = folder.zones();
        this.replay = new ReplayWatch(zones == null ? List.of() : zones.zones());
    }

    /** The next event, after it was judged. */
    void event(KmemEvent event) {
        ZoneInfo known = zones;
        if (!isEraKnown && known != null) {
            KernelEra era = KernelEra.of(version, known, event.isHexadecimal());
            replay.era(era);
            remarks.add(era.says());
            isEraKnown = true;
        }
        totals = totals.with(event, judge.findings().count());
        replay.event(event);
    }

    /** The zones; empty if no snapshot says them. */
    List<ZoneInfo.Zone> zones() {
        return zones == null ? List.of() : zones.zones();
    }

    /** The free lists as they are replayed; {@code null} if they are not. */
    @Nullable
    BuddyReplay freeLists() {
        return replay.lists();
    }

    /** Events were lost here. */
    void forget() {
        losses++;
        replay.forget();
        open = null;
    }

    /** The next marker, in a line; others than of snapshots are passed over. */
    void marker(String text, long line) throws TextFormatException {
        Matcher form = MARKER.matcher(text);
        if (!form.matches()) {
            return;
        }
        int number = Integer.parseInt(String.valueOf(form.group(1)));
        SnapshotMark now = open;
        switch (String.valueOf(form.group(2))) {
            case "BEGIN" -> begin(number, line);
            case "KPF_BEGIN" -> {
                if (now != null && now.number == number) {
                    endTexts(now, line);
                    now.flagsLine = line;
                    replay.beginFlags();
                }
            }
            case "KPF_END" -> {
                if (now != null && now.number == number) {
                    endFlags(now, line);
                }
            }
            default -> {
                // END: its files are complete; what of them is used was used
            }
        }
    }

    private void begin(int number, long line) {
        SnapshotFolder.Snapshot snapshot = folder.snapshot(number);
        if (snapshot == null) {
            remarks.add("snapshot " + number + ": the trace has its marker, and the folder nothing of it");
            open = null;
            return;
        }
        open = new SnapshotMark(number, snapshot, losses, totals);
        replay.beginTexts(snapshot.blocks());
        BuddyInfo blocks = snapshot.blocks();
        if (blocks != null) {
            freeBlocks.add(new LiveReport.FreeBlocks(line, blocks.sums()));
        }
    }

    private void endTexts(SnapshotMark now, long line) {
        now.after = totals;
        used.add(now.number);
        List<SnapshotPair.ZoneOutcome> outcomes = replay.endTexts();
        SnapshotMark before = last;
        if (before != null && before.losses == now.losses) {
            pairs.add(rules.judge(before, now, replay, outcomes, line));
        } else if (before != null) {
            remarks.add("snapshot " + before.number + " to " + now.number
                    + ": events were lost between, and nothing follows");
        }
        last = now;
        first = first == null || first.losses != now.losses ? now : first;
    }

    private void endFlags(SnapshotMark now, long line) throws TextFormatException {
        PageFlagsDump flags;
        try {
            flags = folder.flags(now.snapshot);
        } catch (IOException e) {
            throw new TextFormatException("kpageflags of snapshot " + now.number, 1, 0, Reason.of(e));
        }
        replay.endFlags(flags, now.snapshot.blocks());
        open = null;
        if (flags == null) {
            return;
        }
        for (Block block : judge.liveBlocks()) {
            int free = flags.free().nextSetBit(block.pfn());
            if (block.since() < now.flagsLine && free >= 0 && free < block.end()) {
                rules.liveIsFree(block, free, now.number, line);
            }
        }
    }

    /** What the snapshots say, two at a time; the last pair is of the first and the last of all, if there are more. */
    List<SnapshotPair> pairs() {
        List<SnapshotPair> all = new ArrayList<>(pairs);
        SnapshotMark from = first;
        SnapshotMark to = last;
        if (from != null && to != null && to.losses == from.losses && pairs.size() > 1) {
            all.add(SnapshotRules.counted(from, to));
        }
        return all;
    }

    /** Pages that were handed out unseen between the first and the last snapshot, at most; -1 if nobody knows. */
    long unseen() {
        List<SnapshotPair> all = pairs();
        SnapshotPair widest = all.isEmpty() ? null : all.get(all.size() - 1);
        return widest == null || !widest.counters() ? -1 : widest.unseenHigh();
    }

    /** The free blocks at each snapshot, and between them as the replay has them. */
    List<LiveReport.FreeBlocks> freeBlocks() {
        List<LiveReport.FreeBlocks> all = new ArrayList<>(freeBlocks);
        all.addAll(replay.samples());
        all.sort(Comparator.comparingLong(LiveReport.FreeBlocks::line));
        return all;
    }

    /** Why not all of the evidence speaks; empty if it does. */
    List<String> open() {
        return rules.open();
    }

    /** What else is to be known. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        for (int number : folder.numbers()) {
            if (!used.contains(number)) {
                all.add("snapshot " + number
                        + ": its marker is not in the trace, or events were lost at it: it is not used");
            }
        }
        return all;
    }
}
