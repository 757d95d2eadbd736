package dev.gaugeblock.report.result;

/**
 * A rule that can be broken.
 *
 * @param id in the catalogue, or the kind of violation
 * @param says the rule, in a sentence
 * @param help more of it, in sentences: when it is checked, where it stands
 * @param source the line of the reference, or of its catalogue, that states it; {@link Place#NOWHERE} for none
 */
public record RuleText(String id, String says, String help, Place source) {}
