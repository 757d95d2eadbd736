package dev.gaugeblock.kernel.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words that come again and again, each kept once under a number: tasks, flags, stacks. */
public final class ByteWords {
    private final int most;

    private final List<byte[]> words = new ArrayList<>();
    private int[] hashes = new int[64];
    /** Numbers plus 1, by hash; 0 for an empty place. */
    private int[] places = new int[128];

    /** At most so many words, so that what is kept has a bound; those beyond count as one. */
    ByteWords(int most) {
        this.most = most;
    }

    /** The number of a word, from 0. */
    int number(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int mask = places.length - 1;
        int place = (hash ^ hash >>> 15) & mask;
        while (places[place] != 0) {
            int number = places[place] - 1;
            byte[] word = words.get(number);
            if (hashes[number] == hash && Arrays.equals(word, 0, word.length, bytes, from, to)) {
                return number;
            }
            place = place + 1 & mask;
        }
        if (words.size() == most) {
            return most;
        }
        return add(Arrays.copyOfRange(bytes, from, to), hash, place);
    }

    private int add(byte[] word, int hash, int place) {
        int number = words.size();
        words.add(word);
        if (number == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        hashes[number] = hash;
        places[place] = number + 1;
        if (2 * words.size() > places.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        int[] larger = new int[2 * places.length];
        for (int number = 0; number < words.size(); number++) {
            int place = (hashes[number] ^ hashes[number] >>> 15) & larger.length - 1;
            while (larger[place] != 0) {
                place = place + 1 & larger.length - 1;
            }
            larger[place] = number + 1;
        }
        places = larger;
    }

    /** How many there are. */
    int size() {
        return words.size();
    }

    /** The word of a number. */
    public String text(int number) {
        return number < 0 || number >= words.size()
                ? "(one of more than " + most + ")"
                : new String(words.get(number), StandardCharsets.UTF_8);
    }
}
