package dev.gaugeblock.explore.harness.program;

/** The device of a litmus test's page buffers. (No record: see {@link MachineSpec}.) */
public final class DeviceSpec {
    /** There is room for every mapping. */
    public static final int ANY_NUMBER = -1;

    /** Whether requests end when an operation says so; otherwise at once. */
    public final boolean deferred;

    /** Whether they end with an error. */
    public final boolean failing;

    /** Bytes of a block of its file system: a power of two, 512 or more. */
    public final int blockSize;

    /** How many buffers of several pages can be mapped at a time, or {@link #ANY_NUMBER}. */
    public final int ranges;

    public DeviceSpec(boolean deferred, boolean failing, int blockSize, int ranges) {
        this.deferred = deferred;
        this.failing = failing;
        this.blockSize = blockSize;
        this.ranges = ranges;
    }
}
