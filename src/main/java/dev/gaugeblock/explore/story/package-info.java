/**
 * What a reader is told of an execution that went wrong: the shortest way to it, step by step, and who holds what at
 * its end.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.story;
