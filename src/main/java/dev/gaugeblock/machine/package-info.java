/**
 * The simulated machine: everything that a kernel gets from the hardware or from its scheduler.
 *
 * <p>The allocator touches concurrency through these classes and through nothing else. Each of them asks the one {@link
 * dev.gaugeblock.machine.Scheduler}, so the same allocator sources run alone ({@link
 * dev.gaugeblock.machine.SequentialScheduler}), under an explorer that tries every interleaving, under Java PathFinder, or on
 * real threads.
 *
 * <p>Two endings of method names carry weight. In {@code ...Locked} methods a lock is held, which each of them asserts first. In
 * {@code ...Owned} methods the caller alone may touch what they touch: a word, in the step that announced it to the scheduler;
 * a frame that is in nobody else's hands; or what no other task ever looks at. Java PathFinder switches tasks at every access
 * to a shared field except inside these two.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The package
 * {@code api} will be the only promise.
 */
package dev.gaugeblock.machine;
