/**
 * What pages draw beside the JSON of a result, as plain maps and lists: it is worked out only where pages are wanted.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.drawn;
