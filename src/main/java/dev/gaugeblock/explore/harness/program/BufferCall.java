package dev.gaugeblock.explore.harness.program;

import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.pagebuf.PageBufFlags;

/** What an operation of a litmus program does with a page buffer. (No record: see {@link MachineSpec}.) */
public final class BufferCall {
    /** {@code b = get-buf BLOCK LENGTH FLAGS}. */
    public static final int GET = 0;
    /** {@code b = read-buf BLOCK LENGTH FLAGS}. */
    public static final int READ = 1;
    /** {@code b = find-buf BLOCK LENGTH FLAGS}: only what is there. */
    public static final int FIND = 2;
    /** {@code iostart b FLAGS}. This and what follows does nothing if b is NULL. */
    public static final int START = 3;
    /** {@code bwrite b}: writes it, waits, and lets go of it. */
    public static final int WRITE = 4;
    /** {@code bdwrite b}: has it written later, and lets go of it. */
    public static final int WRITE_LATER = 5;
    /** {@code bawrite b}: begins to write it, and lets go of it. */
    public static final int WRITE_ASYNC = 6;
    /** {@code lock-buf b}; may sleep. */
    public static final int LOCK = 7;
    /** {@code unlock-buf b}. */
    public static final int UNLOCK = 8;
    /** {@code hold b}: one more reference. */
    public static final int HOLD = 9;
    /** {@code rele b}: one reference less. */
    public static final int RELEASE = 10;
    /** {@code relse b}: unlocks it, and one reference less. */
    public static final int UNLOCK_AND_RELEASE = 11;
    /** {@code pin b}. */
    public static final int PIN = 12;
    /** {@code unpin b}. */
    public static final int UNPIN = 13;
    /** {@code dequeue b}: it is not to be written later. */
    public static final int DEQUEUE = 14;
    /** {@code mark b FLAGS}: sets flags, as a macro of the file system does. */
    public static final int MARK = 15;
    /** {@code daemon}: the daemon writes what is to be written later. This and what follows is about no variable. */
    public static final int DAEMON = 16;
    /**
     * {@code complete}: the device ends the oldest part of a request; a process waits for one, an interrupt does not.
     */
    public static final int COMPLETE = 17;
    /** {@code work}: a thread runs the oldest completion, and waits for one. */
    public static final int WORK = 18;
    /** {@code flush}: writes all that is to be written later. */
    public static final int FLUSH = 19;
    /** {@code flush wait}: likewise, and waits until it is written. */
    public static final int FLUSH_AND_WAIT = 20;

    /** One of the constants above. */
    public final int kind;

    /** First block, for those that find a buffer; otherwise 0. */
    public final int block;

    /** Number of blocks, likewise. */
    public final int length;

    /** Bits of {@link PageBufFlags}; 0 if there are none. */
    public final int flags;

    public BufferCall(int kind, int block, int length, int flags) {
        this.kind = kind;
        this.block = block;
        this.length = length;
        this.flags = flags;
    }

    /** Whether it gives its variable a buffer, or NULL. */
    public boolean obtains() {
        return kind == GET || kind == READ || kind == FIND;
    }

    /** Whether it asks for pages, and waits for memory if there is none. */
    boolean mayWaitForMemory() {
        return (kind == GET || kind == READ) && (PageBufFlags.gfp(flags) & Gfp.WAIT) != 0;
    }

    /** Whether it may sleep: for memory, for a buffer's lock, or for what the device does. */
    boolean mightSleep() {
        if (obtains() || kind == LOCK) {
            return (flags & PageBufFlags.TRYLOCK) == 0;
        }
        return kind == WRITE || kind == FLUSH_AND_WAIT;
    }

    /** Whether memory may be given back in it. */
    public boolean mayFree() {
        return kind != LOCK
                && kind != UNLOCK
                && kind != HOLD
                && kind != PIN
                && kind != UNPIN
                && kind != MARK
                && kind != COMPLETE;
    }

    /** Whether it is about no buffer in particular. */
    public boolean isAboutNone() {
        return kind == DAEMON || kind == COMPLETE || kind == WORK || kind == FLUSH || kind == FLUSH_AND_WAIT;
    }
}
