package dev.gaugeblock.mm;

/** The bits of an allocation request, {@code __GFP_*}, and their usual combinations (behaviour 2). */
public final class Gfp {
    public static final int DMA = 0x01;
    public static final int HIGHMEM = 0x02;
    /** May sleep and reclaim. */
    public static final int WAIT = 0x10;
    /** May use the emergency reserve. Nothing to do with high memory. */
    public static final int HIGH = 0x20;

    public static final int IO = 0x40;
    public static final int FS = 0x80;
    /** Wants a cache-cold frame. */
    public static final int COLD = 0x100;

    public static final int NOWARN = 0x200;
    public static final int REPEAT = 0x400;
    public static final int NOFAIL = 0x800;
    public static final int NORETRY = 0x1000;
    public static final int NO_GROW = 0x2000;
    public static final int COMP = 0x4000;
    public static final int ZERO = 0x8000;

    /** All bits that a request may carry; 0x04 and 0x08 are unused but harmless. */
    public static final int MASK = 0xffff;

    /** The bits that choose the zonelist. */
    public static final int ZONE_MASK = 0x03;

    public static final int ATOMIC = HIGH;
    public static final int NOIO = WAIT;
    public static final int NOFS = WAIT | IO;
    public static final int KERNEL = WAIT | IO | FS;
    public static final int USER = KERNEL;
    public static final int HIGHUSER = KERNEL | HIGHMEM;

    /** What the slab allocator passes on: neither ZERO nor a zone bit. */
    public static final int LEVEL_MASK = 0x7ff0;

    /** What each is called, combinations first. */
    private static final String[] NAMES = {
        "KERNEL",
        "ATOMIC",
        "USER",
        "HIGHUSER",
        "NOIO",
        "NOFS",
        "DMA",
        "HIGHMEM",
        "WAIT",
        "HIGH",
        "IO",
        "FS",
        "COLD",
        "NOWARN",
        "REPEAT",
        "NOFAIL",
        "NORETRY",
        "NO_GROW",
        "COMP",
        "ZERO"
    };

    private static final int[] BITS = {
        KERNEL, ATOMIC, USER, HIGHUSER, NOIO, NOFS, DMA, HIGHMEM, WAIT, HIGH, IO, FS, COLD, NOWARN, REPEAT, NOFAIL,
        NORETRY, NO_GROW, COMP, ZERO
    };

    private Gfp() {}

    /** The names that requests go by, each without {@code __GFP_} or {@code GFP_}. */
    public static String[] names() {
        return NAMES.clone();
    }

    /** The bits of the name at the same place in {@link #names}. */
    public static int bits(int name) {
        return BITS[name];
    }

    /** The bits of a request by name, {@code KERNEL|ZERO}; bits without a name as a number. */
    public static String toString(int gfp) {
        String text = "";
        int rest = gfp;
        for (int name = largestIn(rest); name >= 0; name = largestIn(rest)) {
            text += (text.isEmpty() ? "" : "|") + NAMES[name];
            rest &= ~BITS[name];
        }
        if (rest == 0 && gfp != 0) {
            return text;
        }
        return text + (text.isEmpty() ? "0x" : "|0x") + Integer.toHexString(rest);
    }

    /** The first of the names that stand for most of the bits; -1 if none stands for any. */
    private static int largestIn(int bits) {
        int largest = -1;
        for (int name = 0; name < BITS.length; name++) {
            boolean isIn = (bits & BITS[name]) == BITS[name];
            if (isIn && (largest < 0 || Integer.bitCount(BITS[name]) > Integer.bitCount(BITS[largest]))) {
                largest = name;
            }
        }
        return largest;
    }

    /** Number of zonelists: DMA and HIGHMEM together would be a fourth, which does not exist. */
    public static final int ZONE_TYPES = 3;
}
