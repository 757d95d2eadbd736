package dev.gaugeblock.mm;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.UnknownInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One page frame of 4096 bytes, {@code struct page} (behaviour 1).
 *
 * <p>While the frame is free its list's lock guards it; while it is allocated it belongs to whoever holds a reference.
 * The reference count and most flags change without a lock, whoever has the frame: they are words of the machine.
 */
public final class PageFrame extends ListLink implements Stateful {
    /** Bytes in a frame. */
    public static final int SIZE = 4096;

    /**
     * Where the array of {@code struct page} begins, and how many bytes one takes: the original's addresses depend on
     * them.
     */
    private static final long MEM_MAP = 0xC1000000L;

    private static final int SIZEOF_STRUCT_PAGE = 32;

    private static final long OF_BOOT = PageFlags.RESERVED | PageFlags.HIGHMEM;
    private static final long OF_LRU = PageFlags.LRU | PageFlags.ACTIVE;
    /** Everything above the bits of {@link PageFlags}: zone and node. */
    private static final long NODEZONE = -PageFlags.NOSAVE_FREE << 1;

    /** Page frame number: the physical address in frames. */
    public final int pfn;

    /** {@code _count}: references, biased. -1 is free, 0 one user. */
    final AtomicWord count;

    /** {@code flags}: those that tasks change without a lock, all but the ones below. */
    private final AtomicWord flags;

    /** What the frame is: the numbers of zone and node, and {@link #OF_BOOT}. Nobody changes it after boot. */
    private long bootFlags;

    /** {@link PageFlags#PRIVATE}, if the buddy lists have set it; {@code zone.lock} guards it. */
    private int buddyFlag;

    /** What users make of that flag; {@code null} where none of them has buffer heads. Set while the machine boots. */
    private @Nullable BufferHeads heads;

    /** Those of {@link #OF_LRU} that are set; {@code zone.lru_lock} guards them. */
    private int lruFlags;

    /** {@code _mapcount}: mappings into page tables, biased. -1 is none, 0 one. */
    int mapcount = -1;

    /**
     * {@code private}: the order while the frame heads a free block ({@code page_order}), the head's address while it
     * is part of a compound block.
     */
    long privateData;

    /** {@code mapping}: the owner's address space as a number. 0 is none; bit 0 set means anonymous memory. */
    long mapping;

    /** {@code index}: the order of a compound block, in its second frame. */
    int index;

    /** A frame that nobody has a reference to, with the given flags word. */
    @SuppressWarnings("nullness:assignment") // The words keep the frame for their names.
    PageFrame(int pfn, long flags, Scheduler scheduler) {
        this.pfn = pfn;
        this.count = new AtomicWord("references", this, -1, scheduler);
        this.flags = new AtomicWord("flags", this, 0, scheduler);
        poke(flags, 0);
    }

    /**
     * The whole flags word, the numbers of zone and node included; without a scheduling point, as the five that follow.
     */
    public long flags() {
        BufferHeads ofUser = heads;
        return bootFlags | buddyFlag | lruFlags | flags.peek() | (ofUser == null ? 0 : ofUser.flagAtRest());
    }

    /** References less one. */
    public int biasedCount() {
        return count.peekNewest();
    }

    /** {@code page_count()}: references. */
    public int references() {
        return count.peekNewest() + 1;
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
        return (flags() & anyOf) != 0;
    }

    /** The word that holds the flags which tasks change without a lock, for whoever announces that he reads it. */
    public AtomicWord flagsWord() {
        return flags;
    }

    /**
     * Whether any of the given flags is set. Those that a lock guards are as they are for whoever has the frame in his
     * hands.
     */
    public boolean test(long anyOf, Task task) {
        return (flagsInHand(task) & anyOf) != 0;
    }

    /** The flags, but for those of boot, for a task that has the frame in its hands. */
    long flagsInHand(Task task) {
        BufferHeads ofUser = heads;
        return flags.get(task) | buddyFlag | lruFlags | (ofUser == null ? 0 : ofUser.flag(task));
    }

    /** Sets a flag that no lock guards, and says whether it was set before: {@code test_and_set_bit}. */
    public boolean testAndSet(long bit, Task task) {
        return (flags.update(0, (int) bit, task) & bit) != 0;
    }

    /** Clears such flags, and says whether any was set before. */
    public boolean testAndClear(long bits, Task task) {
        return (flags.update((int) bits, 0, task) & bits) != 0;
    }

    /** What of its last use is left on a free frame, for invariants; {@code null} for nothing. */
    @Nullable
    String leftOfUse() {
        if (references() != 0) {
            return "has " + references() + " references";
        }
        if (has(PageFlags.OF_USE)) {
            return "carries " + PageFlags.toString(flags() & PageFlags.OF_USE);
        }
        if (mapcount != -1) {
            return "is mapped " + (mapcount + 1) + " times";
        }
        return mapping == 0 ? null : "has mapping " + mapping;
    }

    public boolean isReserved() {
        return (bootFlags & PageFlags.RESERVED) != 0;
    }

    /** Whether the frame has no address of its own, and needs a window. */
    public boolean isHighmem() {
        return (bootFlags & PageFlags.HIGHMEM) != 0;
    }

    /** The flags that nobody changes after boot: those of zone and node, and the two above. They need no lock. */
    long bootFlags() {
        return bootFlags;
    }

    /**
     * Sets {@code PG_lru}, {@code PG_active}, both or neither, and clears the other. The caller holds
     * {@code zone.lru_lock}.
     */
    public void setLruFlags(long lruOrActive) {
        lruFlags = (int) lruOrActive;
    }

    /** Address of this frame's {@code struct page}: what the original's hashes and compound links are made from. */
    public long structAddress() {
        return MEM_MAP + (long) SIZEOF_STRUCT_PAGE * pfn;
    }

    /** The frame's number; -1 if there is none. */
    static int numberOf(@Nullable PageFrame frame) {
        return frame == null ? -1 : frame.pfn;
    }

    /** Frame number of the {@code struct page} at an address; the inverse of {@link #structAddress}. */
    static int pfnAt(long structAddress) {
        return (int) ((structAddress - MEM_MAP) / SIZEOF_STRUCT_PAGE);
    }

    /** Sets and clears flags from outside, as boot and a test of the page checks do. */
    @SuppressWarnings("nullness:method.invocation") // The constructor's last act.
    public final void poke(@UnknownInitialization(PageFrame.class) PageFrame this, long set, long clear) {
        long poked = (bootFlags | buddyFlag | lruFlags | flags.peek() | set) & ~clear;
        bootFlags = poked & (OF_BOOT | NODEZONE);
        buddyFlag = (int) (poked & PageFlags.PRIVATE);
        lruFlags = (int) (poked & OF_LRU);
        flags.init((int) (poked & ~(OF_BOOT | NODEZONE | PageFlags.PRIVATE | OF_LRU)));
    }

    /** Likewise the biased count of references. */
    public void pokeCount(int biased) {
        count.init(biased);
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

    /** From now on users may attach buffer heads; before the programs start. */
    public void allowBufferHeads(Scheduler scheduler) {
        heads = new BufferHeads(this, scheduler);
    }

    /**
     * {@code attach_page_buffers}: the user's buffer heads. (The reference that they hold in the original is left out:
     * the user has one of his own.)
     */
    public void attachBufferHeads(Task task) {
        requireBufferHeads().attach(task);
    }

    /**
     * {@code __clear_page_buffers}: undoes {@link #attachBufferHeads}.
     *
     * @throws dev.gaugeblock.machine.KernelBug {@code not_private} if there are none
     */
    public void dropBufferHeads(Task task) {
        requireBufferHeads().drop(task);
    }

    private BufferHeads requireBufferHeads() {
        BufferHeads ofUser = heads;
        if (ofUser == null) {
            throw new IllegalStateException(this + " cannot have buffer heads: allow them when the machine has booted");
        }
        return ofUser;
    }

    /** {@code set_page_order}: marks the frame as the head of a free block of the given order. */
    void markFree(int order) {
        buddyFlag = (int) PageFlags.PRIVATE;
        privateData = order;
    }

    /** {@code rmv_page_order}: undoes {@link #markFree}, as the block leaves the buddy lists. */
    void clearFree() {
        buddyFlag = 0;
        privateData = 0;
    }

    /** Whether the buddy lists have marked the frame as the head of a free block; under {@code zone.lock}. */
    boolean isMarkedFree() {
        return buddyFlag != 0;
    }

    /**
     * {@code page_is_buddy}: whether the buddy code takes this frame for the head of a free block of the given order.
     *
     * <p>Only a heuristic. Nothing but a lock that he does not hold keeps the user of a frame from changing what is
     * looked at: so each of flag, order and references may look as if the frame was free, at its own time, though it
     * never was.
     */
    boolean headsFreeBlock(int order, Task task) {
        BufferHeads ofUser = heads;
        boolean looksFree = buddyFlag != 0 ? privateData == order : ofUser != null && ofUser.looksFree(order, task);
        return looksFree && !isReserved() && count.get(task) == -1;
    }

    /** Without its place in a list, which that list writes. */
    @Override
    public void writeState(StateSink out) {
        out.put(flags());
        count.writeState(out);
        out.put(mapcount);
        out.put(privateData);
        out.put(mapping);
        out.put(index);
        BufferHeads ofUser = heads;
        if (ofUser != null) {
            ofUser.writeState(out);
        }
    }

    @Override
    public String toString(@GuardSatisfied PageFrame this) {
        return "frame " + pfn;
    }
}
