/**
 * Litmus tests as Java PathFinder runs them: a scheduler that is a few yields and waits, and the main class of its
 * runs. On an ordinary Java machine all this hangs or races;
 * {@link dev.gaugeblock.explore.harness.pathfinder.Pathfinder} refuses to start there. {@code docs/jpf.md} tells how it
 * is run and what its output means.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.harness.pathfinder;
