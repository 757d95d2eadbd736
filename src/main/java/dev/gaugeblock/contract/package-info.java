/**
 * The contract: what every zoned page allocator with mappings of high memory keeps to, whatever its lists look like.
 *
 * <p>Read {@link dev.gaugeblock.contract.Contract} first: it takes a {@link dev.gaugeblock.contract.State} by a {@link
 * dev.gaugeblock.contract.Call} to the next state, or finds the {@link dev.gaugeblock.contract.Breach} of a {@link
 * dev.gaugeblock.contract.Rule}. States change in place, and are taken back where something was only tried. The frames
 * of a zone are flat arrays ({@link dev.gaugeblock.contract.frames.Frames}); so this readable model is also the one
 * that judges long traces, and there is no second, faster one that could differ from it.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.contract;
