package dev.gaugeblock.kernel.log;

/**
 * A line that looks like part of a report and cannot be read, or cannot be right.
 *
 * @param line its number, from 1
 * @param text its beginning
 * @param why what is wrong with it
 */
public record Oddity(long line, String text, String why) {}
