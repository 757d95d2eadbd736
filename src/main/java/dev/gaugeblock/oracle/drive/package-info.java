/**
 * Asks a running program made-up sequences of operations, and judges its answers as they come.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.oracle.drive;
