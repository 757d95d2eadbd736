/**
 * Finds the reports of the allocator in any text that holds a kernel's log, and reads the numbers in them.
 *
 * <p>Read {@link dev.gaugeblock.kernel.log.LogReader} first: it looks through the bytes for places where a report may
 * be ({@link dev.gaugeblock.kernel.log.AnchorScan}), undoes there what mail and loggers did to the lines
 * ({@link dev.gaugeblock.kernel.log.LineCleaner}), and puts the reports together
 * ({@link dev.gaugeblock.kernel.log.ReportAssembler}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.log;
