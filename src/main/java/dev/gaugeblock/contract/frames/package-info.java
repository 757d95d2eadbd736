/**
 * Who owns the frames of a zone, in flat arrays. {@link dev.gaugeblock.contract.frames.Frames} is what the rules see.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.contract.frames;
