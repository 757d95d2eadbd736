package dev.gaugeblock.highmem;

import dev.gaugeblock.mm.PageFrame;

/**
 * Where the kernel's windows into high memory lie, in bytes of virtual address; follows from what was chosen at compile
 * time.
 */
public final class HighmemLayout {
    /** Where low memory is mapped, frame 0 first. */
    public static final long PAGE_OFFSET = 0xC0000000L;

    /** The page after which the fixed addresses grow downwards. */
    public static final long FIXADDR_TOP = 0xfffff000L;

    /** {@code NR_CPUS}: the fixed windows are laid out for so many, however many there are. */
    public static final int NR_CPUS = 8;

    /** {@code LAST_PKMAP} without PAE: a kmap window has no more slots than that. */
    public static final int LAST_PKMAP = 1024;

    /** {@code FIX_KMAP_BEGIN}: number of the first atomic window among the fixed addresses. */
    public static final int FIX_KMAP_BEGIN = 11;

    private static final int FIXED_AFTER_KMAPS = 4;
    private static final int FIXED_FOR_BOOT = 17;
    private static final int KM_TYPES = 13;
    private static final int KM_TYPES_FENCED = 27;

    private final int lastPkmap;
    private final boolean pae;
    private final boolean debug;

    /**
     * A layout.
     *
     * @param lastPkmap slots of the kmap window, a power of two in 1..{@link #LAST_PKMAP}
     * @param pae whether page tables have the PAE form: then the window may begin at any 2 MiB, otherwise 4 MiB
     * @param debug {@code CONFIG_DEBUG_HIGHMEM}: atomic windows have fences between them, and are checked
     */
    public HighmemLayout(int lastPkmap, boolean pae, boolean debug) {
        if (lastPkmap < 1 || lastPkmap > LAST_PKMAP || Integer.bitCount(lastPkmap) != 1) {
            throw new IllegalArgumentException(
                    "a kmap window of " + lastPkmap + " slots: the number must be a power of two in 1.." + LAST_PKMAP);
        }
        this.lastPkmap = lastPkmap;
        this.pae = pae;
        this.debug = debug;
    }

    /** Slots of the kmap window. */
    public int lastPkmap() {
        return lastPkmap;
    }

    public boolean isPae() {
        return pae;
    }

    public boolean isDebug() {
        return debug;
    }

    /** {@code KM_TYPE_NR}: atomic windows of each CPU. */
    public int kmTypes() {
        return debug ? KM_TYPES_FENCED : KM_TYPES;
    }

    /** Throws {@link IllegalArgumentException} for a type of atomic window that there is not. */
    public void requireType(long type) {
        if (type < 0 || type >= kmTypes()) {
            throw new IllegalArgumentException("kmap type " + type + " is not in 0.." + (kmTypes() - 1));
        }
    }

    /** Throws {@link IllegalArgumentException} for a CPU that has no atomic windows. */
    public static void requireWindows(int cpu) {
        if (cpu >= NR_CPUS) {
            throw new IllegalArgumentException(
                    "CPU " + cpu + " has no atomic windows: only CPUs 0.." + (NR_CPUS - 1) + " have any");
        }
    }

    /** {@code FIXADDR_START}: the lowest permanent fixed address. */
    public long fixaddrStart() {
        return FIXADDR_TOP - (long) PageFrame.SIZE * permanentFixed();
    }

    /** {@code FIXADDR_BOOT_START}: the lowest fixed address of all. */
    public long fixaddrBootStart() {
        return FIXADDR_TOP - (long) PageFrame.SIZE * (permanentFixed() + FIXED_FOR_BOOT);
    }

    private int permanentFixed() {
        return FIX_KMAP_BEGIN + kmTypes() * NR_CPUS + FIXED_AFTER_KMAPS;
    }

    /** {@code PKMAP_BASE}: address of slot 0 of the kmap window. */
    public long pkmapBase() {
        long pmdSize = pae ? 2L << 20 : 4L << 20;
        long highest = fixaddrBootStart() - (long) PageFrame.SIZE * (lastPkmap + 1);
        return highest / pmdSize * pmdSize;
    }

    /** The address after the kmap window. */
    public long pkmapEnd() {
        return pkmapAddress(lastPkmap);
    }

    /** Address of a slot of the kmap window. */
    public long pkmapAddress(int slot) {
        return pkmapBase() + (long) PageFrame.SIZE * slot;
    }

    /** Slot of an address in the kmap window. */
    public int pkmapSlot(long address) {
        return (int) ((address - pkmapBase()) / PageFrame.SIZE);
    }

    /** Number of an atomic window. */
    public int atomicIndex(int type, int cpu) {
        return type + kmTypes() * cpu;
    }

    /** Address of the atomic window with a number: the higher the number, the lower the address. */
    public long atomicAddress(int index) {
        return FIXADDR_TOP - (long) PageFrame.SIZE * (FIX_KMAP_BEGIN + index);
    }

    /** Address at which a low frame is always mapped. */
    public static long lowAddress(PageFrame frame) {
        return PAGE_OFFSET + (long) PageFrame.SIZE * frame.pfn;
    }
}
