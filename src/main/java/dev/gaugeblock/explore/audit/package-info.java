/**
 * The audit: are the scheduling points complete? The class files of the explored code are instrumented as they are
 * loaded, in a second copy of the program ({@link dev.gaugeblock.explore.audit.AuditedProgram}), and each execution is
 * held against the rules of {@code docs/audit.md} ({@link dev.gaugeblock.explore.audit.Recorder}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.audit;
