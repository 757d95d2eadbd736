/**
 * What a litmus test says, as data: the machine, the programs and their operations. The harness carries it out.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.harness.program;
