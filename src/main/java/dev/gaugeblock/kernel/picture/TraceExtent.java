package dev.gaugeblock.kernel.picture;

import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.kernel.judge.KmemOnlooker;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.KmemEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** How many events a trace has, and of which memory they are. */
public final class TraceExtent implements KmemOnlooker {
    /** Where nobody says which frames there are, memory is told apart in pieces of so many of them: 2^15. */
    private static final int PIECE = 15;

    /** Frames that a picture shows: a zone, or what the trace touches. */
    public record Span(String name, long first, long frames) {}

    /** More are shown as one. */
    private static final int MOST_SPANS = 256;

    private long events;
    private final BitSet pieces = new BitSet();
    private List<ZoneInfo.Zone> zones = List.of();
    private List<long[]> ranges = List.of();

    @Override
    public void event(KmemEvent event, View view) {
        events++;
        zones = view.zones();
        ranges = view.ranges();
        if (!event.isFailure() && event.pfn() >= 0 && event.pfn() < Limits.MOST_FRAMES) {
            pieces.set((int) (event.pfn() >> PIECE));
        }
    }

    @Override
    public void forgotten() {
        // The memory stays the same.
    }

    /** How many events there are. */
    public long events() {
        return events;
    }

    /**
     * The memory, in the order of its frames: of the zones what is there, or as far as nobody says that, the pieces
     * that the trace touches.
     */
    public List<Span> spans() {
        List<long[]> there = ranges.isEmpty() ? touched() : ranges;
        List<Span> spans = new ArrayList<>();
        for (long[] range : there) {
            if (zones.isEmpty()) {
                spans.add(new Span("", range[0], range[1] - range[0]));
            }
            for (ZoneInfo.Zone zone : zones) {
                long first = Math.max(range[0], zone.start());
                long end = Math.min(range[1], zone.end());
                if (first < end) {
                    spans.add(new Span(zone.label(), first, end - first));
                }
            }
        }
        spans.sort(Comparator.comparingLong(Span::first));
        return spans.size() <= MOST_SPANS ? spans : List.of(around(spans));
    }

    private List<long[]> touched() {
        List<long[]> touched = new ArrayList<>();
        for (int piece = pieces.nextSetBit(0); piece >= 0; ) {
            int end = pieces.nextClearBit(piece);
            touched.add(new long[] {(long) piece << PIECE, (long) end << PIECE});
            piece = pieces.nextSetBit(end);
        }
        return touched;
    }

    private static Span around(List<Span> spans) {
        long end = spans.stream()
                .mapToLong(span -> span.first() + span.frames())
                .max()
                .orElse(0);
        return new Span("", spans.get(0).first(), end - spans.get(0).first());
    }
}
