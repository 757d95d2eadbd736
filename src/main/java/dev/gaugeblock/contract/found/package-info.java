/**
 * What was found by whoever goes on behind a breach: by rule, with what follows from it.
 *
 * <p>Read {@link dev.gaugeblock.contract.found.BreachGroups} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.contract.found;
