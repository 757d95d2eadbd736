/**
 * What a litmus test says, as data: the machine, the programs and their operations. The harness carries it out.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.explore.harness.program;
