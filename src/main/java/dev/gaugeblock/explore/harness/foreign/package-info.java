/**
 * What a simulation asks of an allocator that is not the reference: frames, or the free lists of the reference's zones.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version.
 */
package dev.gaugeblock.explore.harness.foreign;
