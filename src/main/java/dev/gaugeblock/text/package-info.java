/**
 * Bytes to lines: plain text, gzip, standard input, and the place of a line in its file. Below every reader of the
 * project.
 *
 * <p>Read {@link dev.gaugeblock.text.LineReader} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.text;
