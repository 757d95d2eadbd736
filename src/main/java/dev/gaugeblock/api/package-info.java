/**
 * What others build on: {@link dev.gaugeblock.api.Subject} and {@link dev.gaugeblock.api.FreeLists}, which somebody's
 * own allocator implements to be explored, and what calls the reference, the explorer and the judges.
 *
 * <p>Promised: this package, and the words, locks, interrupts, wait queues and tasks of {@code dev.gaugeblock.machine},
 * keep what they say from version to version; all other packages are internal ({@code docs/api.md}).
 */
package dev.gaugeblock.api;
