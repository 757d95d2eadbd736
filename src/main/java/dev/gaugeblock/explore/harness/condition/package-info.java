/**
 * What a litmus test says of a state: formulas, and the facts that they are held against. Nothing here knows a machine.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.harness.condition;
