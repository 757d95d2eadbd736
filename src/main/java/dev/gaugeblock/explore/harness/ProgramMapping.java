package dev.gaugeblock.explore.harness;

/** Where one program has mapped a variable last. Nobody but the program touches it. */
final class ProgramMapping {
    /** The address; 0 before it has mapped it. */
    long address;

    /** The type of the atomic window, or -1 for the kmap window. */
    int type;

    void note(long newAddress, int newType) {
        address = newAddress;
        type = newType;
    }
}
