package dev.gaugeblock.oracle.quick;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.LineReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the lines that a long trace consists of, {@code alloc} and {@code free} in their plainest form, with or without
 * blanks after colons and commas, several times faster than {@code JsonReader} with {@code ContractCalls}. It reads a
 * line as those two would, or not at all: whatever is unusual about a line, wrong or not, is left to them.
 */
public final class QuickLine {
    private static final int TIMES = QuickKey.T0.bit() | QuickKey.T1.bit();
    private static final int ALLOC = QuickKey.I.bit()
            | QuickKey.OP.bit()
            | QuickKey.CPU.bit()
            | QuickKey.GFP.bit()
            | QuickKey.ORDER.bit()
            | QuickKey.TASK.bit()
            | QuickKey.R.bit();
    private static final int FREE =
            QuickKey.I.bit() | QuickKey.OP.bit() | QuickKey.CPU.bit() | QuickKey.PFN.bit() | QuickKey.ORDER.bit();

    private static final QuickKey[] KEYS = QuickKey.values();

    private final QuickBytes line = new QuickBytes();
    /** Which key stood at which place of the line before with the same operation: most often it is there again. */
    private final QuickKey[][] usual = new QuickKey[2][KEYS.length + 1];

    private int seen;
    private boolean isAlloc;
    private boolean isNull;
    private final long[] values = new long[KEYS.length];
    private final long[] free = new long[3];

    /** The operation of the line that was read last. */
    private @Nullable Call call;

    /** Reads any number of lines, one after the other. */
    public QuickLine() {
        for (QuickKey[] keys : usual) {
            Arrays.fill(keys, QuickKey.I);
        }
    }

    /**
     * Reads the line that a reader has come to.
     *
     * @param number that the event must have
     * @param hugetlb whether the build has compound blocks
     * @return whether it is one of the plain ones
     */
    public boolean read(LineReader lines, long number, boolean hugetlb) {
        return read(lines.buffer(), lines.start(), lines.end(), number, lines.number(), hugetlb);
    }

    /**
     * Likewise a line of an array.
     *
     * @param bytes have it from {@code from} to {@code to}, and {@link LineReader#BEYOND} more
     */
    public boolean read(byte[] bytes, int from, int to, long number, long lineNumber, boolean hugetlb) {
        line.begin(bytes, from, to);
        seen = 0;
        if (!readObject() || !line.isAtEnd() || value(QuickKey.I) != number || !hasTimesOrNone()) {
            return false;
        }
        call = isAlloc ? alloc(lineNumber, hugetlb) : free();
        return call != null;
    }

    private long value(QuickKey key) {
        return values[key.ordinal()];
    }

    private boolean hasTimesOrNone() {
        return (seen & TIMES) == 0 || (seen & TIMES) == TIMES && value(QuickKey.T0) <= value(QuickKey.T1);
    }

    /** When it was called and when it returned, {@code null} if it does not say so. */
    public @Nullable Times times() {
        return (seen & TIMES) == 0 ? null : new Times(value(QuickKey.T0), value(QuickKey.T1));
    }

    /** The name of the operation. */
    public String operation() {
        return isAlloc ? Operation.ALLOC.spelling : Operation.FREE.spelling;
    }

    /** The operation, without what it says about free counts. */
    public Call call() {
        return Objects.requireNonNull(call, "read() comes first");
    }

    /** What it says about free counts, {@code null} if nothing. */
    public @Nullable Call freeCounts() {
        return (seen & QuickKey.FP.bit()) == 0 ? null : new Call.FreeCounts(free[0], free[1], free[2]);
    }

    private @Nullable Call alloc(long lineNumber, boolean hugetlb) {
        boolean plain = (seen & ~(QuickKey.PF.bit() | QuickKey.FP.bit() | TIMES)) == ALLOC
                && value(QuickKey.CPU) < Limits.MOST_CPUS
                && value(QuickKey.GFP) <= Gfp.MASK
                && value(QuickKey.ORDER) <= Integer.MAX_VALUE
                && value(QuickKey.TASK) <= 15;
        if (!plain) {
            return null;
        }
        int gfp = (int) (hugetlb ? value(QuickKey.GFP) : value(QuickKey.GFP) & ~Gfp.COMP);
        Result result = isNull ? Result.NOTHING : Result.given(value(QuickKey.R));
        return new Call.Alloc(lineNumber, (int) value(QuickKey.CPU), gfp, value(QuickKey.ORDER), result, List.of());
    }

    private @Nullable Call free() {
        boolean plain = (seen & ~(QuickKey.FP.bit() | TIMES)) == FREE
                && value(QuickKey.CPU) < Limits.MOST_CPUS
                && value(QuickKey.PFN) <= Limits.MOST_FRAMES
                && value(QuickKey.ORDER) < BuddyLists.MAX_ORDER;
        return plain
                ? new Call.Free(
                        (int) value(QuickKey.CPU),
                        (int) value(QuickKey.PFN),
                        1 << (int) value(QuickKey.ORDER),
                        Call.Reception.ACCEPTED)
                : null;
    }

    private boolean readObject() {
        if (!line.skip('{')) {
            return false;
        }
        QuickKey[] keys = usual[0];
        int member = 0;
        do {
            line.skipBlanks();
            QuickKey key = line.skipKey(keys[member]);
            if (key == null || (seen & key.bit()) != 0) {
                return false;
            }
            keys[member] = key;
            member++;
            seen |= key.bit();
            line.skipBlanks();
            if (!readValue(key)) {
                return false;
            }
            keys = key == QuickKey.OP && isAlloc ? usual[1] : keys;
        } while (line.skip(','));
        return line.skip('}');
    }

    private boolean readValue(QuickKey key) {
        return switch (key) {
            case OP -> readOperation();
            case R -> readResult();
            case FP -> readFreeCounts();
            default -> readNumber(key);
        };
    }

    private boolean readNumber(QuickKey key) {
        boolean isNumber = line.readNumber();
        values[key.ordinal()] = line.number();
        return isNumber;
    }

    private boolean readOperation() {
        isAlloc = line.skip(QuickBytes.ALLOC);
        return isAlloc || line.skip(QuickBytes.FREE);
    }

    private boolean readResult() {
        isNull = line.skip(QuickBytes.NULL);
        return isNull || readNumber(QuickKey.R);
    }

    private boolean readFreeCounts() {
        if (!line.skip('[')) {
            return false;
        }
        for (int zone = 0; zone < free.length; zone++) {
            if (zone > 0 && !line.skip(',')) {
                return false;
            }
            line.skipBlanks();
            if (!line.readNumber()) {
                return false;
            }
            free[zone] = line.number();
        }
        return line.skip(']');
    }
}
