package dev.gaugeblock.explore.harness;

/** The device of a litmus test's page buffers. (No record: see {@link MachineSpec}.) */
public final class DeviceSpec {
    /** Whether requests end when an operation says so; otherwise at once. */
    public final boolean deferred;

    /** Whether they end with an error. */
    public final boolean failing;

    /** Bytes of a block of its file system: a power of two, 512 or more. */
    public final int blockSize;

    public DeviceSpec(boolean deferred, boolean failing, int blockSize) {
        this.deferred = deferred;
        this.failing = failing;
        this.blockSize = blockSize;
    }
}
