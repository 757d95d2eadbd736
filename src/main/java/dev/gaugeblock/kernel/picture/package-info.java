/**
 * What memory was like at some moments of a kernel's trace, in so few numbers that a page can show them: {@link
 * dev.gaugeblock.kernel.picture.TraceExtent} on a first reading, {@link
 * dev.gaugeblock.kernel.picture.MemoryMoments} on a second.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.picture;
