package dev.gaugeblock.kernel.judge;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A bit for each frame that was ever set, in pieces, so that a machine with few frames far apart takes little. */
final class FrameBits {
    private static final int SHIFT = 15;
    private static final int WORDS = 1 << SHIFT - 6;

    private long[] @Nullable [] pieces = new long[16] @Nullable [];

    /** Sets a frame's bit; frames from 0 to 2^28. */
    void set(long pfn) {
        int piece = (int) (pfn >> SHIFT);
        if (piece >= pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(piece + 1, 2 * pieces.length));
        }
        long[] words = pieces[piece];
        if (words == null) {
            words = new long[WORDS];
            pieces[piece] = words;
        }
        words[word(pfn)] |= 1L << pfn;
    }

    void clear(long pfn) {
        long[] words = piece(pfn);
        if (words != null) {
            words[word(pfn)] &= ~(1L << pfn);
        }
    }

    boolean get(long pfn) {
        long[] words = piece(pfn);
        return words != null && (words[word(pfn)] & 1L << pfn) != 0;
    }

    private long @Nullable [] piece(long pfn) {
        long piece = pfn >> SHIFT; // of a frame that no machine has, there is none
        return piece < pieces.length ? pieces[(int) piece] : null;
    }

    private static int word(long pfn) {
        return (int) (pfn >> 6) & WORDS - 1;
    }
}
