package dev.gaugeblock.kernel.picture;

import java.util.ArrayList;
import java.util.List;

/** Memory cut into cells of the same size, a power of two of frames, aligned by their numbers; each is of one span. */
public final class CellGrid {
    private final List<TraceExtent.Span> spans;
    private final int shift;
    /** The index of the first cell of each span. */
    private final List<Integer> begins = new ArrayList<>();

    private final int count;

    /** The smallest cells of which there are at most so many. */
    CellGrid(List<TraceExtent.Span> spans, int most) {
        this.spans = List.copyOf(spans);
        int bits = 0;
        while (cells(spans, bits) > most) {
            bits++;
        }
        shift = bits;
        int cells = 0;
        for (TraceExtent.Span span : spans) {
            begins.add(cells);
            cells += (int) cells(span, bits);
        }
        count = cells;
    }

    private static long cells(List<TraceExtent.Span> spans, int shift) {
        return spans.stream().mapToLong(span -> cells(span, shift)).sum();
    }

    private static long cells(TraceExtent.Span span, int shift) {
        return (span.first() + span.frames() - 1 >> shift) - (span.first() >> shift) + 1;
    }

    /** How many frames a cell has, but for the first and last of a span, which may have fewer. */
    public long frames() {
        return 1L << shift;
    }

    /** How many cells there are. */
    public int count() {
        return count;
    }

    /** What is cut. */
    public List<TraceExtent.Span> spans() {
        return spans;
    }

    /** Takes a part of a range that lies in one cell. */
    interface Part {
        void take(int cell, long frames);
    }

    /** Hands over the frames of a range, cell by cell; those outside of all spans are left out. */
    void each(long first, long frames, Part part) {
        for (int i = 0; i < spans.size(); i++) {
            TraceExtent.Span span = spans.get(i);
            long from = Math.max(first, span.first());
            long end = Math.min(first + frames, span.first() + span.frames());
            while (from < end) {
                long next = Math.min(end, ((from >> shift) + 1) << shift);
                part.take(begins.get(i) + (int) ((from >> shift) - (span.first() >> shift)), next - from);
                from = next;
            }
        }
    }
}
