package dev.gaugeblock.mm;

/**
 * Bits of a page frame's flags word that say what state it is in (behaviour 1). Above them stand its zone and node:
 * {@link FlagsLayout}.
 */
public final class PageFlags {
    public static final long LOCKED = 1L;
    public static final long ERROR = 1L << 1;
    public static final long REFERENCED = 1L << 2;
    public static final long UPTODATE = 1L << 3;
    public static final long DIRTY = 1L << 4;
    public static final long LRU = 1L << 5;
    public static final long ACTIVE = 1L << 6;
    public static final long SLAB = 1L << 7;
    public static final long HIGHMEM = 1L << 8;
    public static final long CHECKED = 1L << 9;
    public static final long ARCH_1 = 1L << 10;
    public static final long RESERVED = 1L << 11;
    /** On the first frame of a free block, whose private word is then the block's order. */
    public static final long PRIVATE = 1L << 12;

    public static final long WRITEBACK = 1L << 13;
    public static final long NOSAVE = 1L << 14;
    public static final long COMPOUND = 1L << 15;
    public static final long SWAPCACHE = 1L << 16;
    public static final long MAPPEDTODISK = 1L << 17;
    public static final long RECLAIM = 1L << 18;
    public static final long NOSAVE_FREE = 1L << 19;

    /** Those that only a frame in use has: none of them is left on a free one. */
    static final long OF_USE = LOCKED | DIRTY | LRU | ACTIVE | SLAB | WRITEBACK | COMPOUND | SWAPCACHE | RECLAIM;

    /** What each is called, the lowest bit first. */
    private static final String[] NAMES = {
        "PG_locked",
        "PG_error",
        "PG_referenced",
        "PG_uptodate",
        "PG_dirty",
        "PG_lru",
        "PG_active",
        "PG_slab",
        "PG_highmem",
        "PG_checked",
        "PG_arch_1",
        "PG_reserved",
        "PG_private",
        "PG_writeback",
        "PG_nosave",
        "PG_compound",
        "PG_swapcache",
        "PG_mappedtodisk",
        "PG_reclaim",
        "PG_nosave_free"
    };

    private PageFlags() {}

    /** The flags that are set by name, lowest bit first, {@code PG_locked|PG_lru}; empty for none. */
    public static String toString(long flags) {
        String text = "";
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((flags & 1L << bit) != 0) {
                text += (text.isEmpty() ? "" : "|") + NAMES[bit];
            }
        }
        return text;
    }
}
