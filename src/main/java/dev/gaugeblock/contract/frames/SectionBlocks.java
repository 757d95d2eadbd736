package dev.gaugeblock.contract.frames;

/**
 * The live blocks that begin in a {@link Section}, by their first frame there: a hash table with open addressing in
 * one array, which grows and shrinks with them. With a place for each frame no two are in each other's way.
 *
 * <p>A block is a number, 0 for none: {@link #entry}. It has one reference and a power of two of frames, or it is
 * {@link #isOdd odd}, and another table has what is to be known.
 */
final class SectionBlocks {
    private static final int FEWEST = 4;

    /** 2^32 by the golden ratio. */
    private static final int SPREAD = 0x9E3779B1;

    private static final int FIRST_BITS = Section.ORDER;
    private static final int ORDER_BITS = 5;
    private static final long COMPOUND = 1L << FIRST_BITS + ORDER_BITS;
    private static final long ODD = COMPOUND << 1;
    private static final long THERE = ODD << 1;
    private static final int SINCE_SHIFT = FIRST_BITS + ORDER_BITS + 3;

    private long[] entries;
    private int size;

    SectionBlocks() {
        this(new long[FEWEST], 0);
    }

    private SectionBlocks(long[] entries, int size) {
        this.entries = entries;
        this.size = size;
    }

    SectionBlocks copy() {
        return new SectionBlocks(entries.clone(), size);
    }

    /**
     * A block.
     *
     * @param first its first frame, from the section's first on
     * @param order 0..28; of an odd one anything
     * @param since the line of its allocation; 46 bits with the sign
     */
    static long entry(int first, int order, boolean compound, boolean odd, long since) {
        return since << SINCE_SHIFT
                | THERE
                | (odd ? ODD : 0)
                | (compound ? COMPOUND : 0)
                | (long) order << FIRST_BITS
                | first;
    }

    private static int first(long entry) {
        return (int) entry & Section.FRAMES - 1;
    }

    static int order(long entry) {
        return (int) (entry >>> FIRST_BITS) & (1 << ORDER_BITS) - 1;
    }

    static boolean isCompound(long entry) {
        return (entry & COMPOUND) != 0;
    }

    static boolean isOdd(long entry) {
        return (entry & ODD) != 0;
    }

    static long since(long entry) {
        return entry >> SINCE_SHIFT;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Where a block belongs. Blocks stand beside each other, or at multiples of their size: a product spreads both. */
    private int home(int first) {
        return entries.length == Section.FRAMES
                ? first
                : first * SPREAD >>> Integer.numberOfLeadingZeros(entries.length) + 1;
    }

    /** Where the block with a first frame is, or an empty place where it may be put. */
    private int placeOf(int first) {
        int mask = entries.length - 1;
        int place = home(first);
        while (entries[place] != 0 && first(entries[place]) != first) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** The block that begins with a frame, 0 if there is none. */
    long get(int first) {
        return entries[placeOf(first)];
    }

    /** Puts a block in, in place of the one with the same first frame if there is one. */
    void put(long entry) {
        int place = placeOf(first(entry));
        boolean isNew = entries[place] == 0;
        if (isNew && 2 * size >= entries.length && entries.length < Section.FRAMES) {
            resize(2 * entries.length);
            place = placeOf(first(entry));
        }
        entries[place] = entry;
        size += isNew ? 1 : 0;
    }

    /** Takes a block out that is there. */
    void remove(int first) {
        int place = placeOf(first);
        entries[place] = 0;
        size--;
        if (8 * size < entries.length && entries.length > FEWEST) {
            resize(entries.length / 2);
        } else if (entries.length < Section.FRAMES) {
            closeUp(place);
        }
    }

    /** Puts those again that may have been put behind a place because it was taken. */
    private void closeUp(int emptied) {
        int mask = entries.length - 1;
        for (int place = emptied + 1 & mask; entries[place] != 0; place = place + 1 & mask) {
            long entry = entries[place];
            entries[place] = 0;
            entries[placeOf(first(entry))] = entry;
        }
    }

    private void resize(int length) {
        long[] before = entries;
        entries = new long[length];
        for (long entry : before) {
            if (entry != 0) {
                entries[placeOf(first(entry))] = entry;
            }
        }
    }
}
