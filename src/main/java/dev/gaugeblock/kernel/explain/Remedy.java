package dev.gaugeblock.kernel.explain;

/**
 * Something that would have let the request pass: its numbers, put into the rule, pass.
 *
 * @param id what is changed
 * @param zone the zone that passes then
 * @param change how much is changed, to be compared with others of the same id
 * @param says what to do, in a sentence
 */
public record Remedy(String id, String zone, long change, String says) {}
