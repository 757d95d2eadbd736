package dev.gaugeblock.oracle.drive;

import static dev.gaugeblock.oracle.drive.Sequence.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine to ask for.
 *
 * @param sizes of DMA, Normal and HighMem, in frames
 * @param start number of the first frame
 * @param reserved frames that are never handed out
 * @param hasHoles whether the reserved frames are said not to exist, too
 */
record DrivenMachine(List<Long> sizes, long start, List<Range> reserved, boolean hasHoles) {
    /** Frames from {@code first} on. */
    record Range(long first, long count) {
        boolean holds(long pfn) {
            return pfn >= first && pfn < first + count;
        }
    }

    /** One without anything missing. */
    static DrivenMachine whole(List<Long> sizes, long start) {
        return new DrivenMachine(sizes, start, List.of(), false);
    }

    /** All its frames. */
    int frames() {
        return (int) (sizes.get(0) + sizes.get(1) + sizes.get(2));
    }

    /** The requests that describe and boot it. */
    List<Map<String, @Nullable Object>> setUp(int cpus) {
        List<Map<String, @Nullable Object>> requests = new ArrayList<>();
        requests.add(request("reset"));
        requests.add(request("zones", "sizes", sizes, "node_start", start));
        requests.add(request("ncpu", "n", (long) cpus));
        if (hasHoles) {
            requests.add(request("holes", "holes", List.of(missing(0), missing(1), missing(2))));
        }
        for (Range range : reserved) {
            requests.add(request("reserve", "pfn", range.first(), "count", range.count()));
        }
        requests.add(request("bootq", "mode", "blocks"));
        return requests;
    }

    private long missing(int zone) {
        long missing = 0;
        for (long pfn = first(zone); pfn < first(zone) + sizes.get(zone); pfn++) {
            missing += isReserved(pfn) ? 1 : 0;
        }
        return missing;
    }

    /** The first frame of a zone. */
    long first(int zone) {
        long first = start;
        for (int below = 0; below < zone; below++) {
            first += sizes.get(below);
        }
        return first;
    }

    private boolean isReserved(long pfn) {
        return reserved.stream().anyMatch(range -> range.holds(pfn));
    }

    /**
     * The orders of the largest blocks that some frames are made of, when all of them are free: largest first.
     *
     * @param from the first of them, which blocks are aligned from
     * @param count how many
     * @param maxOrder the largest order there is
     */
    List<Long> blocks(long from, long count, int maxOrder) {
        List<Long> orders = new ArrayList<>();
        for (long at = 0; at < count; ) {
            if (isReserved(from + at)) {
                at++;
                continue;
            }
            long order = maxOrder;
            while (order > 0 && !isBlock(from, at, count, order)) {
                order--;
            }
            orders.add(order);
            at += 1L << order;
        }
        orders.sort((one, other) -> Long.compare(other, one));
        return orders;
    }

    private boolean isBlock(long from, long at, long count, long order) {
        long size = 1L << order;
        return (at & size - 1) == 0
                && at + size <= count
                && reserved.stream()
                        .noneMatch(
                                range -> range.first() < from + at + size && range.first() + range.count() > from + at);
    }
}
