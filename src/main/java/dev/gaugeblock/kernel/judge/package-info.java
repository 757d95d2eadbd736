/**
 * Judges a kernel's page allocator by the events that it printed: against the contract, declared as a running kernel
 * is, and against what the kernel says about its own memory.
 *
 * <p>Read {@link dev.gaugeblock.kernel.judge.KmemCheck} first, then {@link dev.gaugeblock.kernel.judge.KmemJudge}.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.kernel.judge;
