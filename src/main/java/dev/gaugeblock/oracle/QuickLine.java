package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the lines that a long trace consists of, {@code alloc} and {@code free} in their plainest form, with or without
 * blanks after colons and commas, several times faster than {@link JsonReader} with {@link ContractCalls}. It reads a
 * line as those two would, or not at all: whatever is unusual about a line, wrong or not, is left to them.
 */
final class QuickLine {
    private static final int I = 1;
    private static final int OP = 2;
    private static final int CPU = 4;
    private static final int GFP = 8;
    private static final int ORDER = 16;
    private static final int TASK = 32;
    private static final int R = 64;
    private static final int PF = 128;
    private static final int PFN = 256;
    private static final int FP = 512;
    private static final int T0 = 1024;
    private static final int T1 = 2048;
    private static final int TIMES = T0 | T1;
    private static final int ALLOC = I | OP | CPU | GFP | ORDER | TASK | R;
    private static final int FREE = I | OP | CPU | PFN | ORDER;
    private static final int MOST_DIGITS = 18;

    private byte[] line = {};
    private int length;
    private int at;
    private int seen;
    private boolean isAlloc;
    private boolean isNull;
    private final long[] values = new long[T1 + 1];
    private final long[] free = new long[3];

    /** The operation of the line that was read last. */
    private @Nullable Call call;

    /**
     * Reads a line.
     *
     * @param number that the event must have
     * @return whether it is one of the plain ones
     */
    boolean read(byte[] bytes, int count, long number, long lineNumber, boolean hugetlb) {
        line = bytes;
        length = count;
        at = 0;
        seen = 0;
        if (!readObject() || at != length || values[I] != number || !hasTimesOrNone()) {
            return false;
        }
        call = isAlloc ? alloc(lineNumber, hugetlb) : free();
        return call != null;
    }

    private boolean hasTimesOrNone() {
        return (seen & TIMES) == 0 || (seen & TIMES) == TIMES && values[T0] <= values[T1];
    }

    /** When it was called and when it returned, {@code null} if it does not say so. */
    @Nullable
    Times times() {
        return (seen & TIMES) == 0 ? null : new Times(values[T0], values[T1]);
    }

    /** The name of the operation. */
    String operation() {
        return isAlloc ? Operation.ALLOC.spelling : Operation.FREE.spelling;
    }

    /** The operation, without what it says about free counts. */
    Call call() {
        return Objects.requireNonNull(call, "read() comes first");
    }

    /** What it says about free counts, {@code null} if nothing. */
    @Nullable
    Call freeCounts() {
        return (seen & FP) == 0 ? null : new Call.FreeCounts(free[0], free[1], free[2]);
    }

    private @Nullable Call alloc(long lineNumber, boolean hugetlb) {
        boolean plain = (seen & ~(PF | FP | TIMES)) == ALLOC
                && values[CPU] < Limits.MOST_CPUS
                && values[GFP] <= Gfp.MASK
                && values[ORDER] <= Integer.MAX_VALUE
                && values[TASK] <= 15;
        if (!plain) {
            return null;
        }
        int gfp = (int) (hugetlb ? values[GFP] : values[GFP] & ~Gfp.COMP);
        Result result = isNull ? Result.NOTHING : Result.given(values[R]);
        return new Call.Alloc(lineNumber, (int) values[CPU], gfp, values[ORDER], result, List.of());
    }

    private @Nullable Call free() {
        boolean plain = (seen & ~(FP | TIMES)) == FREE
                && values[CPU] < Limits.MOST_CPUS
                && values[PFN] <= Limits.MOST_FRAMES
                && values[ORDER] < BuddyLists.MAX_ORDER;
        return plain
                ? new Call.Free((int) values[CPU], (int) values[PFN], 1 << (int) values[ORDER], Call.Reception.ACCEPTED)
                : null;
    }

    private boolean readObject() {
        if (!skip('{')) {
            return false;
        }
        do {
            if (!readMember()) {
                return false;
            }
        } while (skip(','));
        return skip('}');
    }

    private boolean readMember() {
        skipBlanks();
        int key = readKey();
        if (key == 0 || (seen & key) != 0) {
            return false;
        }
        seen |= key;
        skipBlanks();
        return switch (key) {
            case OP -> readOperation();
            case R -> readResult();
            case FP -> readFreeCounts();
            default -> readNumber(key);
        };
    }

    /** The key that begins here, with its colon; 0 for any other. */
    private int readKey() {
        if (skip("\"i\":")) {
            return I;
        }
        if (skip("\"op\":")) {
            return OP;
        }
        if (skip("\"cpu\":")) {
            return CPU;
        }
        if (skip("\"order\":")) {
            return ORDER;
        }
        if (skip("\"fp\":")) {
            return FP;
        }
        if (skip("\"pfn\":")) {
            return PFN;
        }
        if (skip("\"r\":")) {
            return R;
        }
        if (skip("\"gfp\":")) {
            return GFP;
        }
        if (skip("\"task\":")) {
            return TASK;
        }
        if (skip("\"pf\":")) {
            return PF;
        }
        if (skip("\"t0\":")) {
            return T0;
        }
        return skip("\"t1\":") ? T1 : 0;
    }

    private boolean readOperation() {
        isAlloc = skip("\"alloc\"");
        return isAlloc || skip("\"free\"");
    }

    private boolean readResult() {
        isNull = skip("null");
        return isNull || readNumber(R);
    }

    private boolean readFreeCounts() {
        if (!skip('[')) {
            return false;
        }
        for (int zone = 0; zone < free.length; zone++) {
            if (zone > 0 && !skip(',')) {
                return false;
            }
            skipBlanks();
            if (!readNumber(FP)) {
                return false;
            }
            free[zone] = values[FP];
        }
        return skip(']');
    }

    /** A number without sign, and without a zero before it. */
    private boolean readNumber(int key) {
        int start = at;
        long number = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            number = 10 * number + line[at] - '0';
            at++;
        }
        values[key] = number;
        int digits = at - start;
        return digits == 1 || digits > 1 && digits <= MOST_DIGITS && line[start] != '0';
    }

    private void skipBlanks() {
        while (at < length && line[at] == ' ') {
            at++;
        }
    }

    private boolean skip(char expected) {
        if (at < length && line[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skip(String expected) {
        int end = at + expected.length();
        if (end > length) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if (line[at + i] != expected.charAt(i)) {
                return false;
            }
        }
        at = end;
        return true;
    }
}
