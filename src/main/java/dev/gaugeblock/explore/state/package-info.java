/**
 * What stands for a state, a step and a schedule: keys that are equal for equal states, also where alike CPUs change
 * their numbers.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.state;
