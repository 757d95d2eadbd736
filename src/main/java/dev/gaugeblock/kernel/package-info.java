/**
 * Data of real kernels. {@code log} finds reports in kernel logs, {@code rule} has the allocator's rule by era,
 * {@code explain} holds the one against the other.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel;
