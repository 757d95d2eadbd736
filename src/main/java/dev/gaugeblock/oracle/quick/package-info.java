/**
 * The lines that most of a long trace consists of, read where they are, eight bytes at a time.
 *
 * <p>Read {@link dev.gaugeblock.oracle.quick.QuickLine} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.oracle.quick;
