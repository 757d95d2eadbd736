/**
 * What a litmus test says of a state: formulas, and the facts that they are held against. Nothing here knows a machine.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.explore.harness.condition;
