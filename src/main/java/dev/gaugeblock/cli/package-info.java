/**
 * The commands of {@code gaugeblock}, one class each: options in, an {@link dev.gaugeblock.cli.ExitCode} out.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.cli;
