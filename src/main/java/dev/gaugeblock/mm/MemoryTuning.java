package dev.gaugeblock.mm;

import dev.gaugeblock.machine.KernelBug;

/**
 * What an administrator sets of the memory, and the watermarks and reserves that follow (behaviour 4).
 */
public final class MemoryTuning {
    private static final int KBYTES_PER_FRAME_SHIFT = 2;
    private static final int MIN_KBYTES = 128;
    private static final int MAX_KBYTES = 65536;

    private final Memory memory;

    /** {@code min_free_kbytes}. */
    private int minFreeKbytes = 1024;

    /**
     * {@code sysctl_lowmem_reserve_ratio}: for DMA and Normal, a frame is kept for this many frames of the higher
     * zones.
     */
    private final int[] ratio = {256, 32};

    public MemoryTuning(Memory memory) {
        this.memory = memory;
    }

    /**
     * {@code init_per_zone_pages_min}: everything, from the amount of low memory (which counts once for each node).
     * Done again, it gives less: high is subtracted.
     */
    public void initialise() {
        int lowmemKbytes = memory.presentAboveHigh(0) << KBYTES_PER_FRAME_SHIFT;
        minFreeKbytes = Math.min(Math.max(squareRoot(lowmemKbytes * 16), MIN_KBYTES), MAX_KBYTES);
        setMarks();
        setReserves();
    }

    /** The sysctl of the minimum: any value from 0 on, not clamped. */
    public void setMinFreeKbytes(int kbytes) {
        if (kbytes < 0) {
            throw new IllegalArgumentException("min_free_kbytes " + kbytes + " is below 0");
        }
        minFreeKbytes = kbytes;
        setMarks();
    }

    /** The sysctl of the ratios: for DMA and for Normal, 1 or more. */
    public void setRatio(int dma, int normal) {
        if (dma < 1 || normal < 1) {
            throw new IllegalArgumentException("lowmem_reserve_ratio " + dma + " " + normal + " has a value below 1");
        }
        ratio[Zone.DMA] = dma;
        ratio[Zone.NORMAL] = normal;
        setReserves();
    }

    public int minFreeKbytes() {
        return minFreeKbytes;
    }

    /** The ratio of DMA (0) or Normal (1). */
    public int ratio(int zone) {
        return ratio[zone];
    }

    /**
     * {@code setup_per_zone_pages_min}: low memory of all nodes shares the minimum in proportion; high memory keeps a
     * token.
     */
    private void setMarks() {
        int pagesMin = minFreeKbytes >> KBYTES_PER_FRAME_SHIFT;
        int lowmem = 0;
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            lowmem += zone.index == Zone.HIGHMEM ? 0 : zone.present;
        }
        if (lowmem == 0) {
            throw new KernelBug("setup_per_zone_pages_min", "divide_by_zero");
        }
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            int min = zone.index == Zone.HIGHMEM
                    ? Math.max(32, Math.min(zone.present / 1024, 128))
                    : Integer.divideUnsigned(pagesMin * zone.present, lowmem);
            zone.marks.set(min, Integer.divideUnsigned(min * 5, 4), Integer.divideUnsigned(min * 6, 4));
        }
    }

    /** {@code setup_per_zone_lowmem_reserve}: for each node by itself. */
    private void setReserves() {
        for (int id = 0; id < memory.nodes(); id++) {
            setReserves(memory.node(id));
        }
    }

    /** The divisor belongs to the lower zone, the frames are those of all the node's zones above. */
    private void setReserves(Node node) {
        for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
            node.zone(classZone).marks.setLowmemReserve(classZone, 0);
            int above = node.zone(classZone).present;
            for (int lower = classZone - 1; lower >= 0; lower--) {
                node.zone(lower).marks.setLowmemReserve(classZone, above / ratio[lower]);
                above += node.zone(lower).present;
            }
        }
    }

    /** {@code int_sqrt}: the floor of the square root of a 32-bit number taken as unsigned. */
    public static int squareRoot(int x) {
        long value = Integer.toUnsignedLong(x);
        long root = (long) Math.sqrt((double) value);
        while (root * root > value) {
            root--;
        }
        while ((root + 1) * (root + 1) <= value) {
            root++;
        }
        return (int) root;
    }
}
