/**
 * What a simulation asks of an allocator that is not the reference: frames, or the free lists of the reference's zones.
 */
package dev.gaugeblock.explore.harness.foreign;
