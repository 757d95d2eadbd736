package dev.gaugeblock.machine;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A word of the machine that may be a part of something in memory which is freed one day, and must not be touched
 * afterwards.
 *
 * <p>Each access to such a word also reads the {@link #end} of what it is a part of, in the same step; who frees that
 * writes it. So an explorer that leaves out orders of steps which do not touch the same word still tries both orders of
 * an access and the end, and whoever listens hears of each access that comes too late.
 */
public abstract class Mortal {
    /** What is written when this is freed; {@code null} if that never happens. */
    private final @Nullable SharedWord end;

    /** Who hears of accesses since then; {@code null} before. */
    @Ghost("It can only end the execution: nobody decides anything by it.")
    private @Nullable AfterFree afterFree;

    Mortal(@Nullable SharedWord end) {
        this.end = end;
    }

    /**
     * {@return whether a word is the end of what this is a part of}
     *
     * @param word which; {@code null} is none
     */
    public final boolean endsWith(@Nullable Object word) {
        return word != null && word == end;
    }

    /** Hears of an access to memory that was freed. */
    @FunctionalInterface
    public interface AfterFree {
        /**
         * A task is about to read or write it.
         *
         * @param word in freed memory
         * @param task who touches it
         */
        void touched(Mortal word, Task task);
    }

    /**
     * What this is a part of is freed.
     *
     * @param listener who hears of each access from now on
     */
    @Ghost
    public final void freedGhost(AfterFree listener) {
        afterFree = listener;
    }

    /** What else an access to a word reads: the end of what it is a part of; {@code null} for nothing. */
    static @Nullable Object alsoRead(Object word) {
        return word instanceof Mortal ? ((Mortal) word).end : null;
    }

    /** Somebody accesses it. */
    @Ghost
    final void touchedGhost(Task task) {
        if (afterFree != null) {
            afterFree.touched(this, task);
        }
    }
}
