/**
 * Explains an allocation failure or an OOM kill: each zone by the rule of the kernel's own era, the verdict, and what would have let the
 * request pass.
 *
 * <p>Read {@link dev.gaugeblock.kernel.explain.Explainer} first. This package is internal.
 */
package dev.gaugeblock.kernel.explain;
