package dev.gaugeblock.explore.harness.program;

/** What an operation of a litmus program sets of the memory. (No record: see {@link MachineSpec}.) */
public final class SysctlWrite {
    /** {@code sysctl min_free_kbytes N}. */
    public static final int MIN_FREE_KBYTES = 0;

    /** {@code sysctl lowmem_reserve_ratio N N}. */
    public static final int LOWMEM_RESERVE_RATIO = 1;

    /** One of the constants above. */
    public final int kind;

    /** KiB, or the ratio of DMA. */
    public final int first;

    /** The ratio of Normal; otherwise 0. */
    public final int second;

    public SysctlWrite(int kind, int first, int second) {
        this.kind = kind;
        this.first = first;
        this.second = second;
    }
}
