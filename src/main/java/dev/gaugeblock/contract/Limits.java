package dev.gaugeblock.contract;

/** The largest machine that is judged: one table for everybody who reads a number of CPUs or of frames. */
public final class Limits {
    /** Most CPUs of a machine. */
    public static final int MOST_CPUS = 1024;

    /** Most CPUs of a machine that the reference plays. */
    public static final int MOST_REPLAYED_CPUS = 256;

    /** Most frames of a machine: 1 TiB in pages of 4 KiB, so that sums of a few of them fit 32 bits. */
    public static final int MOST_FRAMES = 1 << 28;

    /** Most zones of a machine. */
    public static final int MOST_ZONES = 64;

    private Limits() {}
}
