/**
 * Rules that kernels have for the programs that use them, and that no data of the allocator shows: where a task may
 * sleep, and whose frame it may touch. Java PathFinder explores this too.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version.
 * The packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.harness.rules;
