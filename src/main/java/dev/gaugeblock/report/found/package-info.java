/**
 * What was found by a check that goes on behind a breach, for people and for machines.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.report.found;
