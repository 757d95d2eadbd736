package dev.gaugeblock.reclaim;

/** The memory of a process and of those that share it, {@code mm_struct}. Told apart by identity. */
public final class AddressSpace {
    /** {@code total_vm}: pages mapped, whether they are in memory or not. */
    public final int totalPages;

    public AddressSpace(int totalPages) {
        this.totalPages = totalPages;
    }
}
