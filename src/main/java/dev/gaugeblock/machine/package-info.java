/**
 * The simulated machine: everything that a kernel gets from the hardware or from its scheduler.
 *
 * <p>The allocator touches concurrency through these classes and through nothing else. Each of them asks the one {@link
 * dev.gaugeblock.machine.Scheduler}, so the same allocator sources run alone ({@link
 * dev.gaugeblock.machine.SequentialScheduler}), under an explorer that tries every interleaving, under Java PathFinder,
 * or on real threads.
 *
 * <p>Three endings of method names carry weight. In {@code ...Locked} methods a lock is held, which each of them
 * asserts first. In {@code ...Owned} methods, of this package alone, a word is touched, in the step that announced it
 * to the scheduler. {@code ...Ghost} methods keep what only invariants and messages read
 * ({@link dev.gaugeblock.machine.Ghost}). Java PathFinder switches tasks at every access to a shared field except
 * inside these three.
 *
 * <p>Promised: what allocators are written on, words, locks, interrupts, wait queues and tasks, keeps what it says from
 * version to version, as the package {@code api} does ({@code docs/api.md}).
 */
package dev.gaugeblock.machine;
