package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.AtRest;
import dev.gaugeblock.machine.SpinLock;
import org.checkerframework.checker.lock.qual.GuardedBy;

/**
 * A chain of the hash, {@code struct page_address_slot}, or the pool of unused records: a lock, and the list that it
 * guards.
 */
final class AddressChain {
    final SpinLock lock;
    final @GuardedBy("lock") AddressRecords records;

    AddressChain(SpinLock lock) {
        this.lock = lock;
        this.records = new AddressRecords(lock);
        lock.guards(records);
    }

    /** The records for dumps and invariants, while nothing runs. */
    AddressRecords recordsAtRest() {
        return AtRest.of(records);
    }
}
