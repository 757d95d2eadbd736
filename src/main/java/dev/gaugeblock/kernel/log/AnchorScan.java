package dev.gaugeblock.kernel.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for any of several words in bytes, as fast as may be: of words of seven bytes and more, only every sixth pair
 * of bytes or so has to be looked at (the method of Wu and Manber).
 */
final class AnchorScan {
    private static final int PAIR_BITS = 6;
    private static final int PAIR_MASK = (1 << PAIR_BITS) - 1;

    private final byte[][] words;
    private final int shortest;
    private final byte[] shifts = new byte[1 << 2 * PAIR_BITS];
    private final List<List<byte[]>> endings = new ArrayList<>();

    /** A scan for ASCII words of two characters and more: the longer the shortest of them, the faster it is. */
    AnchorScan(List<String> anchors) {
        words = new byte[anchors.size()][];
        shortest = anchors.stream().mapToInt(String::length).min().orElse(0);
        Arrays.fill(shifts, (byte) (shortest - 1));
        for (int i = 0; i < words.length; i++) {
            words[i] = anchors.get(i).getBytes(StandardCharsets.US_ASCII);
        }
        for (byte[] word : words) {
            for (int at = 1; at < shortest; at++) {
                int pair = pair(word, at);
                shifts[pair] = (byte) Math.min(shifts[pair], shortest - 1 - at);
            }
        }
        for (int i = 0; i < 1 << 8; i++) {
            endings.add(new ArrayList<>());
        }
        for (byte[] word : words) {
            endings.get(word[shortest - 1] & 0xff).add(word);
        }
    }

    /** A number for two bytes side by side; others share it, so that the table stays near at hand. */
    private static int pair(byte[] bytes, int at) {
        return (bytes[at - 1] & PAIR_MASK) << PAIR_BITS | bytes[at] & PAIR_MASK;
    }

    /** Whether one of the words stands in the first {@code length} bytes. */
    boolean isIn(byte[] bytes, int length) {
        int at = shortest - 1;
        while (at < length) {
            int shift = shifts[pair(bytes, at)];
            if (shift == 0) {
                for (byte[] word : endings.get(bytes[at] & 0xff)) {
                    if (stands(word, bytes, at - shortest + 1, length)) {
                        return true;
                    }
                }
                shift = 1;
            }
            at += shift;
        }
        return false;
    }

    private static boolean stands(byte[] word, byte[] bytes, int from, int length) {
        return from + word.length <= length && Arrays.equals(word, 0, word.length, bytes, from, from + word.length);
    }
}
