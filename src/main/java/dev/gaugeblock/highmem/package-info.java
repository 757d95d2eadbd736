/**
 * High memory: frames that the kernel has no permanent address for, and how it gets one for a while (behaviour 10); and
 * the page wait table, where tasks wait for a bit of a frame's flags (behaviour 11). Read
 * {@link dev.gaugeblock.highmem.Kmap} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.highmem;
