package dev.gaugeblock.contract.frames;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whose the frames of a section are: 1,024 of them beside each other, by their place from the section's first on. A
 * bit for each frame and owner, in words of 64; {@code null} stands for words without a bit. What is neither free nor
 * reserved nor unknown is live, and a head if a block begins there.
 *
 * <p>Sections whose frames have all one owner, and in which no block begins, are {@link #shared}, and never changed. A
 * section that is wholly free is always the shared one ({@link Sections} sees to that).
 */
final class Section {
    static final int ORDER = 10;

    static final int FRAMES = 1 << ORDER;

    private static final int WORDS = FRAMES / Long.SIZE;

    /** The stamp of what nobody may change. */
    private static final long SHARED = -1;

    private static final Section[] UNIFORM = new Section[Owner.values().length];

    static {
        for (Owner owner : Owner.values()) {
            Section section = new Section(SHARED);
            section.set(0, FRAMES, owner);
            UNIFORM[owner.ordinal()] = section;
        }
    }

    /** When it was made, on the clock of {@link Sections}. */
    final long stamp;

    private long @Nullable [] free;
    private long @Nullable [] reserved;
    private long @Nullable [] unknown;
    private long @Nullable [] heads;
    private @Nullable SectionBlocks blocks;

    private Section(long stamp) {
        this.stamp = stamp;
    }

    /** The one whose frames have all that owner. */
    static Section shared(Owner owner) {
        return UNIFORM[owner.ordinal()];
    }

    boolean isShared() {
        return stamp == SHARED;
    }

    Section copy(long newStamp) {
        Section copy = new Section(newStamp);
        copy.free = free == null ? null : free.clone();
        copy.reserved = reserved == null ? null : reserved.clone();
        copy.unknown = unknown == null ? null : unknown.clone();
        copy.heads = heads == null ? null : heads.clone();
        copy.blocks = blocks == null ? null : blocks.copy();
        return copy;
    }

    // Owners

    /** The bits of a word between two places. */
    private static long mask(int word, int from, int to) {
        long mask = word == from >> 6 ? -1L << from : -1L;
        return word == to - 1 >> 6 ? mask & -1L >>> -to : mask;
    }

    private static long word(long @Nullable [] bits, int word) {
        return bits == null ? 0 : bits[word];
    }

    /** The frames of a word that are free, as bits. */
    long free(int word) {
        return word(free, word);
    }

    private long word(Owner owner, int word) {
        return switch (owner) {
            case FREE -> word(free, word);
            case RESERVED -> word(reserved, word);
            case UNKNOWN -> word(unknown, word);
            case LIVE -> ~(word(free, word) | word(reserved, word) | word(unknown, word));
        };
    }

    Owner owner(int place) {
        long bit = 1L << place;
        int word = place >> 6;
        if ((word(free, word) & bit) != 0) {
            return Owner.FREE;
        }
        if ((word(reserved, word) & bit) != 0) {
            return Owner.RESERVED;
        }
        return (word(unknown, word) & bit) != 0 ? Owner.UNKNOWN : Owner.LIVE;
    }

    /** Whether the frames of [from, to) are all free. */
    boolean areFree(int from, int to) {
        for (int word = from >> 6; word <= to - 1 >> 6; word++) {
            if ((~word(free, word) & mask(word, from, to)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many frames of [from, to) have the owner. */
    int count(Owner owner, int from, int to) {
        if (isShared()) {
            return word(owner, 0) == 0 ? 0 : to - from;
        }
        int count = 0;
        for (int word = from >> 6; word <= to - 1 >> 6; word++) {
            count += Long.bitCount(word(owner, word) & mask(word, from, to));
        }
        return count;
    }

    /** Gives the frames of [from, to), in which no block begins, another owner. */
    void set(int from, int to, Owner owner) {
        free = set(free, from, to, owner == Owner.FREE);
        reserved = set(reserved, from, to, owner == Owner.RESERVED);
        unknown = set(unknown, from, to, owner == Owner.UNKNOWN);
    }

    private static long @Nullable [] set(long @Nullable [] bits, int from, int to, boolean value) {
        if (bits == null && !value) {
            return bits;
        }
        long[] changed = bits == null ? new long[WORDS] : bits;
        for (int word = from >> 6; word <= to - 1 >> 6; word++) {
            long mask = mask(word, from, to);
            changed[word] = value ? changed[word] | mask : changed[word] & ~mask;
        }
        return changed;
    }

    // Blocks

    /** The block that begins with a frame, as {@link SectionBlocks#entry}; 0 if none does. */
    long block(int place) {
        return blocks == null ? 0 : blocks.get(place);
    }

    /** A block begins here, in place of the one that did, if one did. */
    void put(int place, long entry) {
        SectionBlocks changed = blocks == null ? new SectionBlocks() : blocks;
        changed.put(entry);
        blocks = changed;
        long[] bits = heads == null ? new long[WORDS] : heads;
        bits[place >> 6] |= 1L << place;
        heads = bits;
    }

    /** The block that begins here does not any more. */
    void remove(int place) {
        SectionBlocks changed = blocks;
        long[] bits = heads;
        if (changed == null || bits == null) {
            throw new IllegalStateException("no block begins at place " + place + " of the section");
        }
        changed.remove(place);
        bits[place >> 6] &= ~(1L << place);
        if (changed.isEmpty()) {
            blocks = null;
            heads = null;
        }
    }

    /** Whether no block begins here. */
    boolean hasNoBlocks() {
        return blocks == null;
    }

    /** The first place from one on at which a block begins; {@link #FRAMES} if none does. */
    int nextHead(int place) {
        for (int word = place >> 6; heads != null && word < WORDS; word++) {
            long left = heads[word] & mask(word, place, FRAMES);
            if (left != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(left);
            }
        }
        return FRAMES;
    }

    /** The last place up to one at which a block begins; -1 if none does. */
    int lastHead(int place) {
        for (int word = place >> 6; heads != null && word >= 0; word--) {
            long left = heads[word] & mask(word, 0, place + 1);
            if (left != 0) {
                return (word << 6) + 63 - Long.numberOfLeadingZeros(left);
            }
        }
        return -1;
    }
}
