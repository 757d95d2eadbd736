/**
 * What a kernel says about its own free memory, as files of /proc that were copied: zones, free blocks, counters, and
 * the flags of each frame.
 *
 * <p>Read {@link dev.gaugeblock.kernel.snapshot.SnapshotFolder} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.snapshot;
