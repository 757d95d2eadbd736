/**
 * Seeded defects: patches to the reference sources, applied and compiled in memory, and the engines that have to find
 * them.
 *
 * <p>Read {@link dev.gaugeblock.defects.Defect} first (what a patch says), then {@link dev.gaugeblock.defects.Trials}
 * (how it is put to the engines).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.defects;
