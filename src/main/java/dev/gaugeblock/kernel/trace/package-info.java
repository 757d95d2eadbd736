/**
 * Events of a kernel's page allocator ("kmem" tracepoints) as ftrace, {@code perf script} and {@code trace-cmd report}
 * print them: lines to events, in any form and of any era.
 *
 * <p>Read {@link dev.gaugeblock.kernel.trace.KmemReader} first, then {@link dev.gaugeblock.kernel.trace.KmemLine}.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.trace;
