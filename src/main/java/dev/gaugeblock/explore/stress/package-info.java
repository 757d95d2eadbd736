/**
 * Litmus tests on real threads: a sample of what can happen, taken where nobody says who goes next.
 *
 * <p>The explorer runs one task at a time and believes that all shared state is touched under its lock. Here tasks run
 * at once, so it is found out where that is not so. {@link dev.gaugeblock.explore.stress.Stress} is the engine,
 * {@link dev.gaugeblock.explore.stress.ThreadsScheduler} what the allocator runs on.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.stress;
