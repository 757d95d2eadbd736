package dev.gaugeblock.machine;

import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.GuardedByUnknown;

/**
 * The way to what a lock guards without holding the lock: for set-up, dumps, invariants and harnesses, while no task is
 * in the middle of changing it. The allocator never goes this way: what it reads without a lock on purpose is a
 * {@link SharedWord}.
 */
public final class AtRest {
    private AtRest() {}

    /**
     * The same object, which the caller may touch because nobody changes it now.
     *
     * @param <T> what it is
     * @param guarded what some lock guards, which the caller doesn't hold
     * @return {@code guarded} itself
     */
    @SuppressWarnings("lock:return") // That nothing runs is a fact about the caller's moment; no lock stands for it.
    public static <T> @GuardedBy({}) T of(@GuardedByUnknown T guarded) {
        return guarded;
    }
}
