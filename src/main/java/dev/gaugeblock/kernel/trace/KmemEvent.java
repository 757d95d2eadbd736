package dev.gaugeblock.kernel.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One event of the page allocator; the reader fills the same object again and again. Frames have absolute numbers. */
public final class KmemEvent {
    /** In place of a CPU or a stamp that the line does not have. */
    public static final int NONE = -1;

    /** What a frame number is that does not fit 63 bits, as some tools print it for no frame at all. */
    public static final long NO_FRAME = -1;

    KmemKind kind = KmemKind.ALLOC;
    long line;
    int cpu;
    long stamp;
    int task;
    boolean isInterrupt;
    long pfn;
    boolean isPageNull;
    int order;
    boolean hasOrder;
    boolean isCold;
    boolean isHexadecimal;
    int pageblockOrder;

    @Nullable
    RequestFlags gfp;

    private int stack = NONE;
    private byte[] text = {};
    private int length;
    private int bodyFrom;

    KmemEvent() {}

    public KmemKind kind() {
        return kind;
    }

    /** The line in its file, from 1. */
    public long line() {
        return line;
    }

    /** The CPU, or {@link #NONE}. */
    public int cpu() {
        return cpu;
    }

    /** When it was: nanoseconds, or a counter; {@link #NONE} where the line does not say. */
    public long stamp() {
        return stamp;
    }

    /** Number of the task in {@link KmemReader#tasks}; {@link #NONE} where the line does not say. */
    public int task() {
        return task;
    }

    /** Whether it was told from an interrupt or a softirq, as far as the flags say. */
    public boolean isInterrupt() {
        return isInterrupt;
    }

    /** The first frame; {@link #NO_FRAME} for none. */
    public long pfn() {
        return pfn;
    }

    /** Whether it is a request that failed: neither page nor frame. */
    public boolean isFailure() {
        return kind == KmemKind.ALLOC && (pfn == NO_FRAME || pfn == 0 && isPageNull);
    }

    /** The order of the block; of a fallback that of the request; 0 where the line does not say. */
    public int order() {
        return order;
    }

    /** The frames of the block; of an order that no machine has, as many as 2^40. */
    public long frames() {
        return 1L << Math.min(order, 40);
    }

    /** Whether it says {@code cold=}: kernels up to 4.14 tell of the pages of a batch before they free them. */
    public boolean cold() {
        return isCold;
    }

    /** Whether its frame is in hexadecimal. */
    public boolean isHexadecimal() {
        return isHexadecimal;
    }

    /** The flags of a request, {@code null} where the line has none. */
    public @Nullable RequestFlags gfp() {
        return gfp;
    }

    /** Number of the call chain in {@link KmemReader#stacks}, {@link #NONE} for none. */
    public int stack() {
        return stack;
    }

    /** The call chain, which stands behind the event. */
    public void withStack(int number) {
        stack = number;
    }

    /** The line as it stands; {@code anonymous}: from its CPU on, without the task. */
    public String text(boolean anonymous) {
        int from = anonymous ? bodyFrom : 0;
        return new String(text, from, length - from, StandardCharsets.UTF_8).strip();
    }

    void at(byte[] bytes, int newLength, int newBodyFrom) {
        text = bytes;
        length = newLength;
        bodyFrom = newBodyFrom;
        stack = NONE;
    }

    /** The same, to be kept while the reader goes on. */
    public KmemEvent copy() {
        KmemEvent copy = new KmemEvent();
        copy.kind = kind;
        copy.line = line;
        copy.cpu = cpu;
        copy.stamp = stamp;
        copy.task = task;
        copy.isInterrupt = isInterrupt;
        copy.pfn = pfn;
        copy.isPageNull = isPageNull;
        copy.order = order;
        copy.hasOrder = hasOrder;
        copy.isCold = isCold;
        copy.isHexadecimal = isHexadecimal;
        copy.pageblockOrder = pageblockOrder;
        copy.gfp = gfp;
        copy.at(Arrays.copyOf(text, length), length, bodyFrom);
        return copy;
    }
}
