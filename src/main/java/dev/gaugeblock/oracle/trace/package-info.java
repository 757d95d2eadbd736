/**
 * The grammar of events: what a line of a trace, a vector or the drive protocol may say, and how it is read ({@code
 * spec/events.md}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.oracle.trace;
