/**
 * What the check of a kernel's traces found, for people and, as the data of a case, for machines.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.kmem;
