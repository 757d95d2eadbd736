package dev.gaugeblock.report.result;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What shows that a rule is broken.
 *
 * @param rule the rule
 * @param message what exactly is wrong, in a sentence
 * @param place the line of the litmus test or trace where it shows
 * @param interleaving the steps that lead there; {@code null} if there is no more than one thread of control
 * @param again the command that shows it again; empty if there is none
 */
public record Evidence(RuleText rule, String message, Place place, @Nullable Interleaving interleaving, String again) {}
