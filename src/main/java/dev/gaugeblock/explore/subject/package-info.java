/**
 * Somebody else's allocator under the explorer: how its classes are found, how it stands in for the reference, what of
 * it is checked, and its state.
 */
package dev.gaugeblock.explore.subject;
