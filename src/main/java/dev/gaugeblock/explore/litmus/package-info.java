/**
 * Litmus tests as text: their grammar ({@code docs/litmus.md}), and what a test file says.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.litmus;
