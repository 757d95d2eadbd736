/**
 * Bytes to lines: plain text, gzip, standard input, and the place of a line in its file. Below every reader of the project.
 *
 * <p>Read {@link dev.gaugeblock.text.LineReader} first.
 */
package dev.gaugeblock.text;
