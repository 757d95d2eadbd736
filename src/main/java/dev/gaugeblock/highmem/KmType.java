package dev.gaugeblock.highmem;

/** {@code enum km_type}: what atomic windows are for. With highmem debugging a fence precedes each (behaviour 10). */
public final class KmType {
    public static final int BOUNCE_READ = 0;
    public static final int SKB_SUNRPC_DATA = 1;
    public static final int SKB_DATA_SOFTIRQ = 2;
    public static final int USER0 = 3;
    public static final int USER1 = 4;
    public static final int BIO_SRC_IRQ = 5;
    public static final int BIO_DST_IRQ = 6;
    public static final int PTE0 = 7;
    public static final int PTE1 = 8;
    public static final int IRQ0 = 9;
    public static final int IRQ1 = 10;
    public static final int SOFTIRQ0 = 11;
    public static final int SOFTIRQ1 = 12;

    private KmType() {}

    /** The window number of a type in a build: with debugging there is a fence before each. */
    public static int number(int type, boolean debug) {
        return debug ? 2 * type + 1 : type;
    }
}
