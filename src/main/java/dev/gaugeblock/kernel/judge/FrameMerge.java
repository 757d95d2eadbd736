package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the events of one stamp can be right for a frame, whatever they are for others: whether some merge of the
 * CPUs' sequences hands it out only while nobody has it, and moves it only then.
 */
final class FrameMerge {
    /** More events of one frame at one stamp than this are not looked through. */
    private static final int MOST = 24;

    private final List<KmemEvent> events;
    /** Whether a frame was live when the group began, for those that are handed out or moved in it. */
    private final Map<Long, Boolean> wasLive = new HashMap<>();

    FrameMerge(List<KmemEvent> events, KmemJudge judge) {
        this.events = List.copyOf(events);
        for (KmemEvent event : events) {
            for (long frame = event.pfn(); frame < end(event); frame++) {
                wasLive.computeIfAbsent(frame, judge::isLive);
            }
        }
    }

    private static long end(KmemEvent event) {
        return event.isFailure() ? event.pfn() : event.pfn() + Math.min(event.frames(), 1 << 10);
    }

    /** Whether every frame of an event may have been treated right. */
    boolean mayBeRight(KmemEvent event) {
        for (long frame = event.pfn(); frame < end(event); frame++) {
            if (!mayBeRight(frame)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayBeRight(long frame) {
        Map<Integer, List<KmemEvent>> byCpu = new TreeMap<>();
        int count = 0;
        for (KmemEvent event : events) {
            if (frame >= event.pfn() && frame < end(event)) {
                byCpu.computeIfAbsent(event.cpu(), cpu -> new ArrayList<>()).add(event);
                count++;
            }
        }
        return byCpu.size() > 1
                && count <= MOST
                && search(
                        List.copyOf(byCpu.values()),
                        new int[byCpu.size()],
                        wasLive.getOrDefault(frame, false),
                        new HashSet<>());
    }

    private static boolean search(List<List<KmemEvent>> queues, int[] next, boolean isLive, Set<List<Integer>> failed) {
        List<Integer> place = new ArrayList<>();
        boolean isDone = true;
        for (int i = 0; i < next.length; i++) {
            place.add(next[i]);
            isDone &= next[i] == queues.get(i).size();
        }
        place.add(isLive ? 1 : 0);
        if (isDone || !failed.add(place)) {
            return isDone;
        }
        for (int i = 0; i < next.length; i++) {
            if (next[i] < queues.get(i).size()) {
                KmemEvent event = queues.get(i).get(next[i]);
                boolean isFree = event.kind() == KmemKind.FREE;
                boolean isAlloc = event.kind() == KmemKind.ALLOC;
                if (isFree || !isLive) {
                    next[i]++;
                    if (search(queues, next, isAlloc || isLive && !isFree, failed)) {
                        return true;
                    }
                    next[i]--;
                }
            }
        }
        return false;
    }
}
