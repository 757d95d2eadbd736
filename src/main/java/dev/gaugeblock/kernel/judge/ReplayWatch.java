package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.snapshot.BuddyInfo;
import dev.gaugeblock.kernel.snapshot.PageFlagsDump;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Replays the events of the free lists from snapshot to snapshot. */
final class ReplayWatch {
    private static final int MOST_SAMPLES = 20;

    private record Last(KmemKind kind, long pfn) {}

    private final List<ZoneInfo.Zone> zones;
    private @Nullable KernelEra era;
    private @Nullable BuddyReplay replay;
    private boolean isFresh;
    private long replayed;
    private long fallbacks;
    private long sampled;
    private long step = 1;
    private final List<LiveReport.FreeBlocks> samples = new ArrayList<>();
    private long missed;
    /** Events that do not fit yet: others of their stamp may come before them. */
    private final List<KmemEvent> waiting = new ArrayList<>();

    private final Map<Integer, Last> lastOfCpu = new HashMap<>();

    /** While the text files of a snapshot are read: what they should say, and which zones have said so by now. */
    private @Nullable BuddyInfo awaited;

    private final boolean[] matched;
    /** While kpageflags is read: the events meanwhile. */
    private @Nullable List<KmemEvent> meanwhile;

    ReplayWatch(List<ZoneInfo.Zone> zones) {
        this.zones = zones;
        this.matched = new boolean[zones.size()];
    }

    void era(KernelEra newEra) {
        era = newEra;
    }

    /** Nothing is known of the free lists any more. */
    void forget() {
        replay = null;
        meanwhile = null;
        lastOfCpu.clear();
        waiting.clear();
        missed = 0;
    }

    void event(KmemEvent event) {
        boolean isOfLists = isOfLists(event);
        lastOfCpu.put(event.cpu(), new Last(event.kind(), event.pfn()));
        BuddyReplay lists = replay;
        if (!isOfLists) {
            return;
        }
        if (meanwhile != null) {
            meanwhile.add(event.copy());
        }
        if (lists != null) {
            apply(lists, event);
            replayed++;
            sample(lists, event.line());
            fallbacks += event.kind() == KmemKind.FALLBACK ? 1 : 0;
            compare();
        }
    }

    /** Takes a sample now and then: the more events, the more lie between two. */
    private void sample(BuddyReplay lists, long line) {
        sampled++;
        if (sampled % step == 0) {
            samples.add(new LiveReport.FreeBlocks(line, lists.sums()));
        }
        if (samples.size() > MOST_SAMPLES) {
            for (int i = samples.size() - 1; i >= 0; i -= 2) {
                samples.remove(i);
            }
            step *= 2;
        }
    }

    /** The free blocks as they were replayed, at some places of the trace. */
    List<LiveReport.FreeBlocks> samples() {
        return samples;
    }

    private void apply(BuddyReplay lists, KmemEvent event) {
        if (!waiting.isEmpty() && waiting.get(0).stamp() != event.stamp()) {
            giveUp();
        }
        if (!fits(lists, event)) {
            waiting.add(event.copy());
        } else if (!waiting.isEmpty()) {
            boolean isProgress = true;
            while (isProgress) {
                isProgress = waiting.removeIf(each -> fits(lists, each));
            }
        }
    }

    /** What waits fits nowhere. */
    private void giveUp() {
        missed += waiting.stream().filter(event -> !isPut(event)).count();
        waiting.clear();
    }

    private boolean isOfLists(KmemEvent event) {
        KernelEra known = era;
        if (known == null) {
            return false;
        }
        return switch (event.kind()) {
            case ZONE_LOCKED, DRAIN -> true;
            case FREE -> !known.isListed(event.order());
            case FALLBACK -> {
                Last last = lastOfCpu.get(event.cpu());
                boolean wasTold = last != null && last.kind() == KmemKind.ZONE_LOCKED && last.pfn() == event.pfn();
                yield known.fallbackTakes() && !wasTold;
            }
            default -> false;
        };
    }

    private static boolean fits(BuddyReplay lists, KmemEvent event) {
        return isPut(event) ? lists.put(event.pfn(), event.order()) : lists.take(event.pfn(), event.order());
    }

    private static boolean isPut(KmemEvent event) {
        return event.kind() == KmemKind.DRAIN || event.kind() == KmemKind.FREE;
    }

    /** The text files are read from here on. */
    void beginTexts(@Nullable BuddyInfo info) {
        giveUp();
        awaited = info;
        Arrays.fill(matched, false);
        compare();
    }

    private void compare() {
        BuddyReplay lists = replay;
        BuddyInfo info = awaited;
        for (int i = 0; lists != null && info != null && i < matched.length; i++) {
            matched[i] |= Arrays.equals(lists.counts(i), info.of(zones.get(i)));
        }
    }

    /** The text files are read. How the free blocks came out; empty if nothing was replayed. */
    List<SnapshotPair.ZoneOutcome> endTexts() {
        List<SnapshotPair.ZoneOutcome> outcomes = new ArrayList<>();
        BuddyReplay lists = replay;
        BuddyInfo info = awaited;
        awaited = null;
        for (int i = 0; lists != null && info != null && i < matched.length; i++) {
            long[] said = info.of(zones.get(i));
            if (said != null) {
                outcomes.add(new SnapshotPair.ZoneOutcome(
                        zones.get(i).label(), matched[i], pages(lists.counts(i)) - pages(said)));
            }
        }
        return outcomes;
    }

    private static long pages(long[] counts) {
        long pages = 0;
        for (int order = 0; order < counts.length; order++) {
            pages += counts[order] << order;
        }
        return pages;
    }

    void beginFlags() {
        meanwhile = new ArrayList<>();
    }

    /**
     * Begins anew with the free frames of a snapshot.
     *
     * @param info the free blocks of the same snapshot; it is only a beginning if these are as many
     */
    void endFlags(@Nullable PageFlagsDump flags, @Nullable BuddyInfo info) {
        List<KmemEvent> events = meanwhile == null ? List.of() : meanwhile;
        meanwhile = null;
        if (flags == null) {
            return; // the old one goes on
        }
        BuddyReplay lists = new BuddyReplay(zones, flags);
        isFresh = true;
        for (int i = 0; i < zones.size() && info != null; i++) {
            isFresh &= Arrays.equals(lists.counts(i), info.of(zones.get(i)));
        }
        events.forEach(event -> fits(lists, event));
        replay = lists;
        waiting.clear();
        replayed = 0;
        missed = 0;
        fallbacks = 0;
    }

    /** The free lists; {@code null} if nothing is known of them. */
    @Nullable
    BuddyReplay lists() {
        return replay;
    }

    /** Whether what is replayed began with what the kernel said twice, and nothing speaks against it since. */
    boolean isFresh() {
        return replay != null && isFresh;
    }

    /** How many events were replayed since the beginning; -1 if there is none. */
    long replayed() {
        return replay == null ? -1 : replayed;
    }

    /** How many of them were fallbacks. */
    long fallbacks() {
        return fallbacks;
    }

    /** How many blocks left the free lists that were not there. */
    long missed() {
        return replay == null ? 0 : missed;
    }
}
