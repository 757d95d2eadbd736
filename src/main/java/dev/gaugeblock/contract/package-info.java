/**
 * The contract: what every zoned page allocator with mappings of high memory keeps to, whatever its lists look like.
 *
 * <p>Read {@link dev.gaugeblock.contract.Contract} first: a pure function from a {@link dev.gaugeblock.contract.State}
 * and an {@link dev.gaugeblock.contract.Call} to the next state, or to the {@link dev.gaugeblock.contract.Breach} of a
 * {@link dev.gaugeblock.contract.Rule}. Everything here is immutable. The frames of a zone are a tree that shares all
 * but one path with the tree before ({@link dev.gaugeblock.contract.Frames}); so this readable model is also the one
 * that judges long traces, and there is no second, faster one that could differ from it.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.contract;
