/**
 * The audit: are the scheduling points complete? The class files of the explored code are instrumented as they are loaded, in
 * a second copy of the program ({@link dev.gaugeblock.explore.audit.AuditedProgram}), and each execution is held against the
 * rules of {@code docs/audit.md} ({@link dev.gaugeblock.explore.audit.Recorder}).
 */
package dev.gaugeblock.explore.audit;
