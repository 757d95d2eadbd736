/**
 * Explores litmus tests: runs every interleaving of their programs that can make a difference, checks the invariants at
 * each step, and collects the outcomes.
 *
 * <p>Read {@link dev.gaugeblock.explore.Explorer} first, then
 * {@link dev.gaugeblock.explore.execution.ExploringScheduler} (one execution) and
 * {@link dev.gaugeblock.explore.search.SearchTree} (which executions).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore;
