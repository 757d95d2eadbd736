/**
 * The forms in which machines read results, each made from {@link dev.gaugeblock.report.result.Run} alone.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.report.form;
