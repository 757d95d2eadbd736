package dev.gaugeblock.kernel.log;

/**
 * A line of a log, without what mail and loggers put around it.
 *
 * @param number of the line in the file, from 1
 * @param caller the task or CPU that printed it, as some kernels say it in front ({@code T123}, {@code C1}); empty if
 *     nothing says
 * @param text what the kernel printed
 */
record LogLine(long number, String caller, String text) {}
