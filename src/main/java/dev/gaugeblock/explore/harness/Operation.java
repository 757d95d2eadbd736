package dev.gaugeblock.explore.harness;

/** One operation of a litmus program. Variables and locks are numbers here; the parser has resolved the names. */
public final class Operation {
    /** {@code v = alloc gfp order}. */
    public static final int ALLOC = 0;
    /** {@code free v}: with the order that it was allocated with; nothing if v is NULL. */
    public static final int FREE = 1;
    /** {@code free-cold v}: as free, to the cold list. */
    public static final int FREE_COLD = 2;
    /** {@code get v}: one more reference; nothing if v is NULL. */
    public static final int GET = 3;
    /** {@code drain}: the CPU's own lists go back to the buddy lists. */
    public static final int DRAIN = 4;
    /** {@code lock L}: acquires a spin lock of the test's own. */
    public static final int LOCK = 5;
    /** {@code unlock L}. */
    public static final int UNLOCK = 6;

    /** One of the constants above. */
    public final int kind;

    /** Number of the variable or of the lock, from 0; -1 for an operation without. */
    public final int target;

    /** Of an allocation: the request's bits; otherwise 0. */
    public final int gfp;

    /** Of an allocation: the order; otherwise 0. */
    public final int order;

    /** The operation as its author wrote it. */
    public final String text;

    public Operation(int kind, int target, int gfp, int order, String text) {
        this.kind = kind;
        this.target = target;
        this.gfp = gfp;
        this.order = order;
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
