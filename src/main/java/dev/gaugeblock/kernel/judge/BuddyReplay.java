package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.snapshot.PageFlagsDump;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The free lists of a kernel as its events change them: blocks of 2^order frames, aligned by their numbers, that merge
 * inside their zone. It begins with the frames that are part of free blocks in kpageflags.
 */
final class BuddyReplay {
    private static final int MAX_ORDER = 10;

    private final List<ZoneInfo.Zone> zones;
    /** For each zone the order of each free block, by its first frame. */
    private final List<Map<Long, Integer>> blocks = new ArrayList<>();

    BuddyReplay(List<ZoneInfo.Zone> zones, PageFlagsDump flags) {
        this.zones = zones;
        BitSet free = flags.free();
        for (ZoneInfo.Zone zone : zones) {
            blocks.add(new HashMap<>());
            int frame = free.nextSetBit((int) zone.start());
            while (frame >= 0 && frame < zone.end()) {
                put(frame, 0);
                frame = free.nextSetBit(frame + 1);
            }
        }
    }

    private int zoneOf(long pfn) {
        for (int i = 0; i < zones.size(); i++) {
            if (zones.get(i).holds(pfn)) {
                return i;
            }
        }
        return -1;
    }

    /** The free block that a frame is part of, by its first frame and at least of an order; -1 if it is in none. */
    private static long blockOf(Map<Long, Integer> free, long pfn, int order) {
        for (int larger = order; larger <= MAX_ORDER; larger++) {
            long head = pfn & -(1L << larger);
            Integer known = free.get(head);
            if (known != null && known == larger) {
                return head;
            }
        }
        return -1;
    }

    /** A block comes to the free lists, and merges with its buddies; {@code false} if it is there already. */
    boolean put(long pfn, int order) {
        int zone = zoneOf(pfn);
        if (zone < 0 || blockOf(blocks.get(zone), pfn, order) >= 0) {
            return false;
        }
        Map<Long, Integer> free = blocks.get(zone);
        long head = pfn;
        int size = order;
        while (size < MAX_ORDER && isBlock(free, head ^ 1L << size, size)) {
            free.remove(head ^ 1L << size);
            head &= -(2L << size);
            size++;
        }
        free.put(head, size);
        return true;
    }

    private static boolean isBlock(Map<Long, Integer> free, long head, int order) {
        Integer known = free.get(head);
        return known != null && known == order;
    }

    /** A block leaves the free lists; what is left of the one that it was part of stays. One not there: false. */
    boolean take(long pfn, int order) {
        int zone = zoneOf(pfn);
        Map<Long, Integer> free = zone < 0 ? new HashMap<>() : blocks.get(zone);
        long head = blockOf(free, pfn, order);
        if (head < 0) {
            return false;
        }
        Integer whole = free.remove(head);
        for (int size = (whole == null ? order : whole) - 1; size >= order; size--) {
            long upper = head + (1L << size);
            free.put(pfn >= upper ? head : upper, size);
            head = pfn >= upper ? upper : head;
        }
        return true;
    }

    /** Hands over each free block. */
    void each(KmemOnlooker.BlockTaker taker) {
        blocks.forEach(free -> free.forEach(taker::take));
    }

    /** How many free blocks of each order all zones have. */
    List<Long> sums() {
        long[] sums = new long[MAX_ORDER + 1];
        for (Map<Long, Integer> free : blocks) {
            free.values().forEach(order -> sums[order]++);
        }
        return Arrays.stream(sums).boxed().toList();
    }

    /** How many free blocks of each order the zone of an index has. */
    long[] counts(int index) {
        long[] counts = new long[MAX_ORDER + 1];
        blocks.get(index).values().forEach(order -> counts[order]++);
        return counts;
    }
}
