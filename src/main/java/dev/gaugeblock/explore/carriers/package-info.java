/**
 * What carries the tasks of an execution: coroutines, of the fastest kind that the JDK has.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.carriers;
