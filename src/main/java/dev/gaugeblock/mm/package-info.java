/**
 * The reference page allocator, as Linux 2.6.11 defined it: page frames, zones, buddy lists, per-CPU lists, watermarks,
 * zonelists, boot, and the whole policy of an allocation.
 *
 * <p>Read {@link dev.gaugeblock.mm.BuddyLists} first, then {@link dev.gaugeblock.mm.PerCpuPages} and {@link
 * dev.gaugeblock.mm.PageAllocator}. "Behaviour" with a number in these pages means that section of {@code
 * spec/behaviour.md}. Everything that a lock guards is one object in one final field, and the methods that touch it are
 * named {@code ...Locked} and assert first that the lock is held.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.mm;
