package dev.gaugeblock.machines;

/** ModelBits of a frame's flags, by the table of behaviour 1. */
final class ModelBits {
    static final int LOCKED = 1;
    static final int ERROR = 1 << 1;
    static final int REFERENCED = 1 << 2;
    static final int UPTODATE = 1 << 3;
    static final int DIRTY = 1 << 4;
    static final int LRU = 1 << 5;
    static final int ACTIVE = 1 << 6;
    static final int SLAB = 1 << 7;
    static final int HIGHMEM = 1 << 8;
    static final int CHECKED = 1 << 9;
    static final int ARCH_1 = 1 << 10;
    static final int RESERVED = 1 << 11;
    static final int PRIVATE = 1 << 12;
    static final int WRITEBACK = 1 << 13;
    static final int COMPOUND = 1 << 15;
    static final int SWAPCACHE = 1 << 16;
    static final int MAPPEDTODISK = 1 << 17;
    static final int RECLAIM = 1 << 18;

    /**
     * What makes a frame bad when it is freed, and when it is handed out; what a report clears; what handing out
     * clears.
     */
    static final int BAD_ON_FREE = LRU | PRIVATE | LOCKED | ACTIVE | RECLAIM | SLAB | SWAPCACHE | WRITEBACK;

    static final int BAD_ON_ALLOCATION = PRIVATE | LOCKED | LRU | ACTIVE | DIRTY | RECLAIM | SWAPCACHE | WRITEBACK;
    static final int CLEARED_WHEN_BAD = PRIVATE | LOCKED | LRU | ACTIVE | DIRTY | SWAPCACHE | WRITEBACK;
    static final int CLEANED = UPTODATE | ERROR | REFERENCED | ARCH_1 | CHECKED | MAPPEDTODISK;

    private ModelBits() {}
}
