package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.state.StateKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The states that an exploration has been in. Of each that it is done with, the steps that were met from there on. Few
 * sets of steps differ, so each is kept once.
 */
final class StateCache {
    private static final int ABSENT = 0;
    /** The search is still busy with what follows the state. */
    private static final int OPEN = 1;
    /** From this number on, an entry is the number of a set, counted from here. */
    private static final int FIRST_SET = 2;

    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();
    private long[] high = new long[1 << 12];
    private long[] low = new long[1 << 12];
    private int[] entries = new int[1 << 12];
    private int size;

    /** Notes a state that is new. */
    void open(StateKey key) {
        if (2 * size >= entries.length) {
            grow();
        }
        int at = find(key.high(), key.low());
        if (entries[at] != ABSENT) {
            throw new IllegalStateException("a state is opened a second time");
        }
        put(at, key.high(), key.low(), OPEN);
        size++;
    }

    /** The search is done with a state: these steps were met. */
    void close(StateKey key, BitSet met) {
        int at = find(key.high(), key.low());
        if (entries[at] != OPEN) {
            throw new IllegalStateException("a state is closed that was not open");
        }
        Integer number = numbers.get(met);
        if (number == null) {
            BitSet kept = (BitSet) met.clone();
            number = FIRST_SET + sets.size();
            numbers.put(kept, number);
            sets.add(kept);
        }
        entries[at] = number;
    }

    boolean isOpen(StateKey key) {
        return entries[find(key.high(), key.low())] == OPEN;
    }

    /**
     * The steps that were met from a state on; {@code null} if the search is not done with it, or has not been there.
     */
    @Nullable
    BitSet met(StateKey key) {
        int entry = entries[find(key.high(), key.low())];
        return entry < FIRST_SET ? null : sets.get(entry - FIRST_SET);
    }

    void save(DataOutputStream out) throws IOException {
        out.writeInt(sets.size());
        for (BitSet set : sets) {
            write(set, out);
        }
        out.writeInt(size);
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] != ABSENT) {
                out.writeLong(high[i]);
                out.writeLong(low[i]);
                out.writeInt(entries[i]);
            }
        }
    }

    void restore(DataInputStream in) throws IOException {
        int sorts = in.readInt();
        for (int i = 0; i < sorts; i++) {
            BitSet set = readSet(in);
            numbers.put(set, FIRST_SET + i);
            sets.add(set);
        }
        int states = in.readInt();
        for (int i = 0; i < states; i++) {
            StateKey key = new StateKey(in.readLong(), in.readLong());
            open(key);
            entries[find(key.high(), key.low())] = in.readInt();
        }
    }

    static void write(BitSet set, DataOutputStream out) throws IOException {
        long[] words = set.toLongArray();
        out.writeInt(words.length);
        for (long word : words) {
            out.writeLong(word);
        }
    }

    static BitSet readSet(DataInputStream in) throws IOException {
        long[] words = new long[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLong();
        }
        return BitSet.valueOf(words);
    }

    /** How many states there are. */
    int size() {
        return size;
    }

    /** Where a state is, or would be. */
    private int find(long wantedHigh, long wantedLow) {
        int mask = entries.length - 1;
        int at = (int) wantedLow & mask;
        while (entries[at] != ABSENT && (high[at] != wantedHigh || low[at] != wantedLow)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void put(int at, long newHigh, long newLow, int entry) {
        high[at] = newHigh;
        low[at] = newLow;
        entries[at] = entry;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldEntries = entries;
        high = new long[2 * oldHigh.length];
        low = new long[2 * oldLow.length];
        entries = new int[2 * oldEntries.length];
        for (int i = 0; i < oldEntries.length; i++) {
            if (oldEntries[i] != ABSENT) {
                put(find(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldEntries[i]);
            }
        }
    }
}
