/**
 * The reference under a trace: replays events on a machine and compares each answer.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.oracle.replay;
