/**
 * What a command judged, what it found and what it left open, as plain objects: the one model from which text, JSON,
 * JUnit XML, SARIF and the hosts' workflow commands are printed.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.result;
