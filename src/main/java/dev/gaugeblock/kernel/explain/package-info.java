/**
 * Explains an allocation failure or an OOM kill: each zone by the rule of the kernel's own era, the verdict, and what
 * would have let the request pass.
 *
 * <p>Read {@link dev.gaugeblock.kernel.explain.Explainer} first.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.explain;
