/**
 * Which executions are run, and which need not be: the reductions, their trees, and the cache of states ({@code
 * docs/exploration.md}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.search;
