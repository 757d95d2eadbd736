/**
 * The simulated machine: everything that a kernel gets from the hardware or from its scheduler.
 *
 * <p>The allocator touches concurrency through these classes and through nothing else. Each of them asks the one {@link
 * dev.gaugeblock.machine.Scheduler}, so the same allocator sources run alone ({@link
 * dev.gaugeblock.machine.SequentialScheduler}) or under an explorer that tries every interleaving.
 */
package dev.gaugeblock.machine;
