/**
 * Data of real kernels. {@code log} finds reports in kernel logs, {@code rule} has the allocator's rule by era, {@code explain} holds
 * the one against the other. This package is internal.
 */
package dev.gaugeblock.kernel;
