/**
 * One execution of a simulation: exactly one task runs at a time, and a {@link
 * dev.gaugeblock.explore.execution.Director} says which.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.execution;
