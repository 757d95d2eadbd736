/**
 * The watermark rule of real kernels, by era: what a zone must have for a request to get a block from it.
 *
 * <p>Read {@link dev.gaugeblock.kernel.rule.WatermarkRule} first, then the {@link dev.gaugeblock.kernel.rule.Clause}s
 * that it is made of; {@link dev.gaugeblock.kernel.rule.Era} says which of them each kernel has. The rule of 2.6.11 is
 * that of {@code mm/Watermark}, and a test holds the two equal.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.rule;
