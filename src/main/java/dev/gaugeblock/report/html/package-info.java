/**
 * Pages for a browser: one of a run, and one for each thing that was judged; opened from the file system. What they
 * show is the JSON of docs/results.md; template, style and script lie beside as resources.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.html;
