package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * Hands the memory of a booted machine to the allocator, in the order of the original or in a simpler one. The order shows
 * for ever after: in the order of the free lists, and in frames that stay on the first CPU's hot lists (behaviour 5).
 */
public final class BootFreeing {
    /** {@code BITS_PER_LONG}: the bootmem map is walked in words of this many frames. */
    private static final int WORD = 32;

    /** A wholly free word is freed as one block of this order. */
    private static final int WORD_ORDER = 5;

    private final PageAllocator allocator;
    private final Node node;
    private final MemoryLayout layout;
    private final Task task;

    /**
     * Prepares the freeing of the frames that {@code layout} does not reserve.
     *
     * @param task runs on the CPU whose hot lists get single frames; the original boots on CPU 0
     */
    public BootFreeing(PageAllocator allocator, MemoryLayout layout, Task task) {
        this.allocator = allocator;
        this.node = allocator.node();
        this.layout = layout;
        this.task = task;
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
        Zone zone = node.zone(Zone.HIGHMEM);
        for (int i = 0; i < zone.spanned; i++) {
            zone.frame(zone.startPfn + i).set(PageFlags.HIGHMEM);
        }
    }

    /** Frees the largest aligned blocks without a reserved frame straight to the buddy lists, zone by zone. */
    private void freeBlocks(boolean descending) {
        markHighmem();
        for (int index = 0; index < Zone.COUNT; index++) {
            Zone zone = node.zone(index);
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

    /** Order of the largest aligned block at an offset of the zone that no reserved frame is in; -1 if that frame is reserved. */
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
            if (!layout.isReserved(pfn)) {
                freeBlock(pfn, 0);
            }
        }
    }

    private void freeBlock(int pfn, int order) {
        for (int i = pfn; i < pfn + (1 << order); i++) {
            node.frame(i).clear(PageFlags.RESERVED);
        }
        allocator.freeToBuddyLists(node.frame(pfn), order, task);
    }

    /**
     * {@code free_all_bootmem} and {@code set_highmem_pages_init}: low memory in words of 32 frames, a free word as one block,
     * other free frames singly; then the frames of the bootmem map itself; then high memory frame by frame. Words count from
     * the first frame, and only where that is a multiple of two words are there blocks.
     */
    private void freeAsTheKernelDoes() {
        int lowEnd = layout.startPfn() + layout.spanned(Zone.DMA) + layout.spanned(Zone.NORMAL);
        int mapStart = layout.startPfn() + 2;
        int mapEnd = mapStart + bootmemMapFrames(lowEnd - layout.startPfn());
        for (int word = layout.startPfn(); word < lowEnd; word += WORD) {
            freeWord(word, lowEnd, mapStart, mapEnd);
        }
        for (int pfn = mapStart; pfn < Math.min(mapEnd, lowEnd); pfn++) {
            freeSingle(pfn);
        }
        Zone high = node.zone(Zone.HIGHMEM);
        for (int pfn = high.startPfn; pfn < high.startPfn + high.spanned; pfn++) {
            if (!layout.isReserved(pfn)) {
                node.frame(pfn).set(PageFlags.HIGHMEM);
                freeSingle(pfn);
            }
        }
    }

    private void freeWord(int word, int lowEnd, int mapStart, int mapEnd) {
        int free = 0;
        for (int pfn = word; pfn < word + WORD; pfn++) {
            free += isFreeAtBoot(pfn, lowEnd, mapStart, mapEnd) ? 1 : 0;
        }
        if (free == WORD && layout.startPfn() % (2 * WORD) == 0) {
            for (int pfn = word; pfn < word + WORD; pfn++) {
                node.frame(pfn).clear(PageFlags.RESERVED);
            }
            node.frame(word).count = 0;
            allocator.free(node.frame(word), WORD_ORDER, task);
            return;
        }
        for (int pfn = word; pfn < word + WORD; pfn++) {
            if (isFreeAtBoot(pfn, lowEnd, mapStart, mapEnd)) {
                freeSingle(pfn);
            }
        }
    }

    private boolean isFreeAtBoot(int pfn, int lowEnd, int mapStart, int mapEnd) {
        boolean exists = pfn >= layout.startPfn() && pfn < lowEnd;
        boolean inMap = pfn >= mapStart && pfn < mapEnd;
        return exists && !inMap && !layout.isReserved(pfn);
    }

    private void freeSingle(int pfn) {
        PageFrame frame = node.frame(pfn);
        frame.clear(PageFlags.RESERVED);
        frame.count = 0;
        allocator.free(frame, 0, task);
    }

    /** Frames of a map with a bit for each low frame, in whole 32-bit words. */
    private static int bootmemMapFrames(int lowFrames) {
        int bytes = (lowFrames + WORD - 1) / WORD * (WORD / 8);
        return (bytes + PageFrame.SIZE - 1) / PageFrame.SIZE;
    }
}
