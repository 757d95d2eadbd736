/**
 * Litmus tests as text: their grammar ({@code docs/litmus.md}), and what a test file says.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.explore.litmus;
