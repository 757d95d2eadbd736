package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * Hands the memory of a booted machine to the allocator, in the order of the original or in a simpler one. The order
 * shows for ever after: in the order of the free lists, and in frames that stay on the first CPU's hot lists (behaviour
 * 5).
 */
public final class BootFreeing {
    /** {@code BITS_PER_LONG}: the bootmem map is walked in words of this many frames. */
    private static final int WORD = 32;

    /** A wholly free word is freed as one block of this order. */
    private static final int WORD_ORDER = 5;

    private final PageAllocator allocator;
    private final Memory memory;
    private final MachineLayout layout;
    private final Task task;

    /**
     * Prepares the freeing of the frames that {@code layout} does not reserve.
     *
     * @param task runs on the CPU whose hot lists get single frames; the original boots on CPU 0
     */
    public BootFreeing(PageAllocator allocator, MachineLayout layout, Task task) {
        this.allocator = allocator;
        this.memory = allocator.memory();
        this.layout = layout;
        this.task = task;
    }

    /** Likewise, for a machine of one node. */
    public BootFreeing(PageAllocator allocator, MemoryLayout layout, Task task) {
        this(allocator, MachineLayout.of(layout), task);
    }

    /** Frees by the mode of that name: none, blocks, blocksdesc, pages or kernel. */
    public void free(String mode) {
        switch (mode) {
            case "none" -> markHighmem();
            case "blocks" -> freeBlocks(false);
            case "blocksdesc" -> freeBlocks(true);
            case "pages" -> freeSingleFrames();
            case "kernel" -> freeAsTheKernelDoes();
            default ->
                throw new IllegalArgumentException(
                        "boot mode \"" + mode + "\" is none of none, blocks, blocksdesc, pages, kernel");
        }
    }

    private void markHighmem() {
        for (int node = 0; node < memory.nodes(); node++) {
            Zone zone = memory.node(node).zone(Zone.HIGHMEM);
            for (int i = 0; i < zone.spanned; i++) {
                zone.frame(zone.startPfn + i).poke(PageFlags.HIGHMEM, 0);
            }
        }
    }

    /** Frees the largest aligned blocks without a reserved frame straight to the buddy lists, zone by zone. */
    private void freeBlocks(boolean descending) {
        markHighmem();
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            int[] offsets = new int[zone.spanned];
            int blocks = 0;
            for (int at = 0; at < zone.spanned; ) {
                int order = largestFreeOrder(zone, at);
                if (order >= 0) {
                    offsets[blocks++] = at;
                }
                at += order < 0 ? 1 : 1 << order;
            }
            for (int i = 0; i < blocks; i++) {
                int offset = offsets[descending ? blocks - 1 - i : i];
                freeBlock(zone.startPfn + offset, largestFreeOrder(zone, offset));
            }
        }
    }

    /**
     * Order of the largest aligned block at an offset of the zone that no reserved frame is in; -1 if that frame is
     * reserved.
     */
    private int largestFreeOrder(Zone zone, int offset) {
        int order = -1;
        while (order < BuddyLists.MAX_ORDER - 1 && isFreeBlock(zone, offset, order + 1)) {
            order++;
        }
        return order;
    }

    private boolean isFreeBlock(Zone zone, int offset, int order) {
        int size = 1 << order;
        return offset % size == 0 && offset + size <= zone.spanned && noneReserved(zone.startPfn + offset, size);
    }

    private boolean noneReserved(int pfn, int count) {
        for (int i = pfn; i < pfn + count; i++) {
            if (layout.isReserved(i)) {
                return false;
            }
        }
        return true;
    }

    private void freeSingleFrames() {
        markHighmem();
        for (int pfn = layout.startPfn(); pfn < layout.endPfn(); pfn++) {
            if (memory.frameOrNull(pfn) != null && !layout.isReserved(pfn)) {
                freeBlock(pfn, 0);
            }
        }
    }

    private void freeBlock(int pfn, int order) {
        for (int i = pfn; i < pfn + (1 << order); i++) {
            memory.frame(i).poke(0, PageFlags.RESERVED);
        }
        allocator.freeToBuddyLists(memory.frame(pfn), order, task);
    }

    /** {@code free_all_bootmem} for each node, then {@code set_highmem_pages_init}: high memory frame by frame. */
    private void freeAsTheKernelDoes() {
        for (int node = 0; node < layout.nodes(); node++) {
            freeLowMemory(layout.node(node));
        }
        for (int node = 0; node < layout.nodes(); node++) {
            freeHighMemory(memory.node(node).zone(Zone.HIGHMEM));
        }
    }

    /**
     * Frees a node's low memory in words of 32 frames, a free word as one block, other free frames singly; then the
     * frames of its bootmem map itself, as many as its whole bytes take: with 1 to 7 frames over a multiple of 32,768
     * the last one stays reserved (s48). Words count from the first frame, and only where that is a multiple of two
     * words are there blocks.
     */
    private void freeLowMemory(MemoryLayout node) {
        int lowEnd = node.startPfn() + node.spanned(Zone.DMA) + node.spanned(Zone.NORMAL);
        int mapStart = node.startPfn() + 2;
        int lowFrames = lowEnd - node.startPfn();
        int mapEnd = mapStart + framesOf((lowFrames + WORD - 1) / WORD * (WORD / Byte.SIZE));
        for (int word = node.startPfn(); word < lowEnd; word += WORD) {
            boolean[] free = new boolean[WORD];
            boolean all = node.startPfn() % (2 * WORD) == 0;
            for (int i = 0; i < WORD; i++) {
                int pfn = word + i;
                boolean inMap = pfn >= mapStart && pfn < mapEnd;
                free[i] = pfn < lowEnd && !inMap && !node.isReserved(pfn);
                all &= free[i];
            }
            freeWord(word, free, all);
        }
        int freedEnd = mapStart + framesOf(lowFrames / Byte.SIZE);
        for (int pfn = mapStart; pfn < Math.min(freedEnd, lowEnd); pfn++) {
            freeSingle(pfn);
        }
    }

    private void freeWord(int word, boolean[] free, boolean asBlock) {
        if (asBlock) {
            for (int pfn = word; pfn < word + WORD; pfn++) {
                memory.frame(pfn).poke(0, PageFlags.RESERVED);
            }
            memory.frame(word).pokeCount(0);
            allocator.free(memory.frame(word), WORD_ORDER, task);
            return;
        }
        for (int i = 0; i < WORD; i++) {
            if (free[i]) {
                freeSingle(word + i);
            }
        }
    }

    private void freeHighMemory(Zone zone) {
        for (int pfn = zone.startPfn; pfn < zone.startPfn + zone.spanned; pfn++) {
            if (!layout.isReserved(pfn)) {
                memory.frame(pfn).poke(PageFlags.HIGHMEM, 0);
                freeSingle(pfn);
            }
        }
    }

    private void freeSingle(int pfn) {
        PageFrame frame = memory.frame(pfn);
        frame.poke(0, PageFlags.RESERVED);
        frame.pokeCount(0);
        allocator.free(frame, 0, task);
    }

    /** Frames that so many bytes take. */
    private static int framesOf(int bytes) {
        return (bytes + PageFrame.SIZE - 1) / PageFrame.SIZE;
    }
}
