package dev.gaugeblock.explore.harness.program;

import dev.gaugeblock.mm.Gfp;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One operation of a litmus program. Variables and locks are numbers here; the parser has resolved the names. */
public final class LitmusOperation {
    /** No operation of a file: what kswapd does from one sleep to the next. */
    public static final LitmusOperation KSWAPD_ROUND = new LitmusOperation(-1, -1, 0, 0, 0, "kswapd's round");

    /** Likewise, what a process does once it was killed. */
    public static final LitmusOperation EXIT = new LitmusOperation(-1, -1, 0, 0, 0, "exit");

    /** {@code v = alloc gfp order}. */
    public static final int ALLOC = 0;
    /** {@code free v}: with the order that it was allocated with; nothing if v is NULL. */
    public static final int FREE = 1;
    /** {@code free-cold v}: drops a reference as to a single frame, which goes to the cold list. */
    public static final int FREE_COLD = 2;
    /** {@code get v}: one more reference; nothing if v is NULL. */
    public static final int GET = 3;
    /** {@code drain}: the CPU's own lists go back to the buddy lists. */
    public static final int DRAIN = 4;
    /** {@code lock L}: acquires a spin lock of the test's own. */
    public static final int LOCK = 5;
    /** {@code unlock L}. */
    public static final int UNLOCK = 6;
    /**
     * {@code kmap v}: maps the frame in the kmap window; may sleep. This and what follows does nothing if v is NULL.
     */
    public static final int KMAP = 7;
    /** {@code kunmap v}. */
    public static final int KUNMAP = 8;
    /** {@code read v}: uses the address at which this program mapped v last. */
    public static final int READ = 9;
    /** {@code write v}: likewise. */
    public static final int WRITE = 10;
    /** {@code kmap-atomic v TYPE}: maps the frame in the CPU's own window of that type. */
    public static final int KMAP_ATOMIC = 11;
    /** {@code kunmap-atomic v TYPE}. */
    public static final int KUNMAP_ATOMIC = 12;
    /** {@code lock-page v}: sets the frame's lock bit; may sleep. */
    public static final int LOCK_PAGE = 13;
    /** {@code unlock-page v}. */
    public static final int UNLOCK_PAGE = 14;
    /** {@code wait-page v}: sleeps until the frame's lock bit is clear. */
    public static final int WAIT_PAGE = 15;

    /** What {@link #buffer} says, with a page buffer. */
    public static final int BUFFER = 16;

    /** {@code put v}: drops a reference as to a single frame, whatever the block; nothing if v is NULL. */
    public static final int PUT = 17;

    /** {@code mb}: goes on when all that its CPU has stored can be seen by all. */
    public static final int MB = 18;

    /** {@code attach-heads v}: the frame has buffer heads from now on. */
    public static final int ATTACH_HEADS = 19;
    /** {@code drop-heads v}: it has none any more. */
    public static final int DROP_HEADS = 20;

    /** {@code start-writeback v}: sets the frame's writeback bit; nothing if v is NULL. */
    public static final int START_WRITEBACK = 21;

    /** {@code end-writeback v}: clears it, and wakes who waits for that. */
    public static final int END_WRITEBACK = 22;

    /** {@code wait-writeback v}: sleeps until it is clear. */
    public static final int WAIT_WRITEBACK = 23;

    /** {@code free v as ORDER}: drops a reference as to a block of that order, whatever v is; nothing if v is NULL. */
    public static final int FREE_AS = 24;

    /** What {@link #sysctl} says, as an administrator does. */
    public static final int SYSCTL = 25;

    /** The {@link #detail} of a request that asks the node of its CPU. */
    public static final int OWN_NODE = 0;

    /** One of the constants above, but the last. */
    public final int kind;

    /** Number of the variable or of the lock, from 0; -1 for an operation without. */
    public final int target;

    /** Of an allocation: the request's bits; otherwise 0. */
    public final int gfp;

    /** The order of the block that it is about; 0 if there is none. */
    public final int order;

    /**
     * Of an atomic mapping: the window's type, a constant of {@link dev.gaugeblock.highmem.KmType}. Of a free of the
     * wrong order: that order. Of a request: {@link #OWN_NODE}, or the node that it asks, counted from 1. Otherwise 0.
     */
    public final int detail;

    /** Of an operation on page buffers: which, and with what; otherwise {@code null}. */
    public final @Nullable BufferCall buffer;

    /** Of an operation that sets a sysctl: which, and to what; otherwise {@code null}. */
    public final @Nullable SysctlWrite sysctl;

    /** The operation as its author wrote it. */
    public final String text;

    public LitmusOperation(int kind, int target, int gfp, int order, int detail, String text) {
        this(kind, target, gfp, order, detail, null, null, text);
    }

    /** An operation on page buffers. */
    public LitmusOperation(BufferCall buffer, int target, String text) {
        this(BUFFER, target, 0, 0, 0, buffer, null, text);
    }

    /** An operation that sets a sysctl. */
    public LitmusOperation(SysctlWrite sysctl, String text) {
        this(SYSCTL, -1, 0, 0, 0, null, sysctl, text);
    }

    private LitmusOperation(
            int kind,
            int target,
            int gfp,
            int order,
            int detail,
            @Nullable BufferCall buffer,
            @Nullable SysctlWrite sysctl,
            String text) {
        this.kind = kind;
        this.target = target;
        this.gfp = gfp;
        this.order = order;
        this.detail = detail;
        this.buffer = buffer;
        this.sysctl = sysctl;
        this.text = text;
    }

    /** The same operation with another variable. */
    public LitmusOperation on(int variable, String otherText) {
        return new LitmusOperation(kind, variable, gfp, order, detail, buffer, sysctl, otherText);
    }

    /** Whether its {@link #target} is a variable. */
    public boolean hasVariable() {
        return target >= 0 && kind != LOCK && kind != UNLOCK;
    }

    /** Whether it is a request for memory that may wait for it. */
    public boolean mayWait() {
        BufferCall call = buffer;
        return call == null ? kind == ALLOC && (gfp & Gfp.WAIT) != 0 : call.mayWaitForMemory();
    }

    /** Whether it may sleep, whatever for: what the original has a {@code might_sleep()} in. */
    public boolean mightSleep() {
        BufferCall call = buffer;
        boolean sleeps = mayWait() || kind == KMAP || kind == LOCK_PAGE || kind == SYSCTL;
        return call == null ? sleeps : call.mightSleep();
    }

    /** Whether it is about a block that its variable holds; an allocation is not. */
    boolean usesBlock() {
        return kind >= FREE && kind <= GET
                || kind >= KMAP && kind <= WAIT_PAGE
                || kind == PUT
                || isOfHeads()
                || kind >= START_WRITEBACK && kind <= FREE_AS;
    }

    /** Whether it asks for frames without waiting for memory, or counts or drains some: anybody can do it at rest. */
    public boolean waitsForNobody() {
        return kind == ALLOC ? !mayWait() : kind >= FREE && kind <= DRAIN || kind == PUT;
    }

    /** Whether it is about the buffer heads of a frame. */
    public boolean isOfHeads() {
        return kind == ATTACH_HEADS || kind == DROP_HEADS;
    }

    /** Whether it sets a flag in its frame that no free frame has. */
    public boolean setsFlag() {
        return kind == LOCK_PAGE || kind == START_WRITEBACK || kind == ATTACH_HEADS;
    }

    /** References to its block that it takes: 1, or -1 if it drops one. */
    public int referenceChange() {
        boolean drops = kind == FREE || kind == FREE_COLD || kind == PUT || kind == FREE_AS;
        return kind == GET ? 1 : drops ? -1 : 0;
    }

    /** Whether it goes by the address at which its program mapped the variable. */
    boolean usesAddress() {
        return kind == READ || kind == WRITE || kind == KUNMAP_ATOMIC;
    }

    @Override
    public String toString() {
        return text;
    }
}
