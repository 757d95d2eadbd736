/**
 * Counterexamples as people read them: step by step, laid out for a screen, with the command that shows one again.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.steps;
