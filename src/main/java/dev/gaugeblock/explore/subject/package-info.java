/**
 * Somebody else's allocator under the explorer: how its classes are found, how it stands in for the reference, what of
 * it is checked, and its state.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version.
 */
package dev.gaugeblock.explore.subject;
