package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.AuditRule;

/**
 * What the audit has found.
 *
 * @param key the same for what is the same, but for the execution that shows it
 * @param message both accesses, and what is wrong with them
 */
public record Finding(AuditRule rule, String key, String message) {}
