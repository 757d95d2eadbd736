package dev.gaugeblock.mm;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * One page frame of 4096 bytes, {@code struct page} (behaviour 1).
 *
 * <p>While the frame is free its list's lock guards it; while it is allocated it belongs to whoever holds a reference. The
 * reference count alone is atomic: {@link PageAllocator} announces each change of it to the scheduler.
 */
public final class PageFrame extends ListLink implements Stateful {
    /** Bytes in a frame. */
    public static final int SIZE = 4096;

    /** Where the array of {@code struct page} begins, and how many bytes one takes: the original's addresses depend on them. */
    private static final long MEM_MAP = 0xC1000000L;

    private static final int SIZEOF_STRUCT_PAGE = 32;

    /** Page frame number: the physical address in frames. */
    public final int pfn;

    /** {@code flags}: bits of {@link PageFlags}, and above them the numbers of zone and node. */
    long flags;

    /** {@code _count}: references, biased. -1 is free, 0 one user. */
    int count = -1;

    /** {@code _mapcount}: mappings into page tables, biased. -1 is none, 0 one. */
    int mapcount = -1;

    /**
     * {@code private}: the order while the frame heads a free block ({@code page_order}), the head's address while it is part of a
     * compound block.
     */
    long privateData;

    /** {@code mapping}: the owner's address space as a number. 0 is none; bit 0 set means anonymous memory. */
    long mapping;

    /** {@code index}: the order of a compound block, in its second frame. */
    int index;

    /** A frame that nobody has a reference to, with the given flags word. */
    PageFrame(int pfn, long flags) {
        this.pfn = pfn;
        this.flags = flags;
    }

    /** The whole flags word, the numbers of zone and node included. */
    public long flags() {
        return flags;
    }

    /** References less one. */
    public int biasedCount() {
        return count;
    }

    /** {@code page_count()}: references. */
    public int references() {
        return count + 1;
    }

    /** Mappings less one. */
    public int biasedMapcount() {
        return mapcount;
    }

    public long privateData() {
        return privateData;
    }

    public long mapping() {
        return mapping;
    }

    public int index() {
        return index;
    }

    /** Whether any of the given flags is set. */
    public boolean has(long anyOf) {
        return (flags & anyOf) != 0;
    }

    public boolean isReserved() {
        return (bootFlagsOwned() & PageFlags.RESERVED) != 0;
    }

    /** Whether the frame has no address of its own, and needs a window. */
    public boolean isHighmem() {
        return (bootFlagsOwned() & PageFlags.HIGHMEM) != 0;
    }

    /** The flags, for bits that nobody changes after boot: those of zone and node, and the two above. They need no lock. */
    long bootFlagsOwned() {
        return flags;
    }

    /** Address of this frame's {@code struct page}: what the original's hashes and compound links are made from. */
    public long structAddress() {
        return MEM_MAP + (long) SIZEOF_STRUCT_PAGE * pfn;
    }

    /** Frame number of the {@code struct page} at an address; the inverse of {@link #structAddress}. */
    static int pfnAt(long structAddress) {
        return (int) ((structAddress - MEM_MAP) / SIZEOF_STRUCT_PAGE);
    }

    /** Sets and clears flags from outside, as a test of the page checks does. */
    public void poke(long set, long clear) {
        flags = (flags | set) & ~clear;
    }

    public void pokeMapcount(int biased) {
        mapcount = biased;
    }

    public void pokeMapping(long value) {
        mapping = value;
    }

    public void pokePrivate(long value) {
        privateData = value;
    }

    void set(long bits) {
        flags |= bits;
    }

    void clear(long bits) {
        flags &= ~bits;
    }

    /** One more reference, atomically. Returns how many there are now. */
    int takeReferenceOwned() {
        count++;
        return references();
    }

    /** {@code set_page_order}: marks the frame as the head of a free block of the given order. */
    void markFree(int order) {
        set(PageFlags.PRIVATE);
        privateData = order;
    }

    /** {@code rmv_page_order}: undoes {@link #markFree}, as the block leaves the buddy lists. */
    void clearFree() {
        clear(PageFlags.PRIVATE);
        privateData = 0;
    }

    /**
     * {@code page_is_buddy}: whether the buddy code takes this frame for the head of a free block of the given order. Only a
     * heuristic: an allocated frame without references whose owner set PRIVATE and the same number would be taken for one too.
     */
    boolean headsFreeBlock(int order) {
        return has(PageFlags.PRIVATE) && privateData == order && !isReserved() && count == -1;
    }

    /** Without its place in a list, which that list writes. */
    @Override
    public void writeState(StateSink out) {
        out.put(flags);
        out.put(count);
        out.put(mapcount);
        out.put(privateData);
        out.put(mapping);
        out.put(index);
    }

    @Override
    public String toString(@GuardSatisfied PageFrame this) {
        return "frame " + pfn;
    }
}
