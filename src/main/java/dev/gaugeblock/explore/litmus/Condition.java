package dev.gaugeblock.explore.litmus;

import java.util.List;

/**
 * A condition on how an execution ended: all of its terms hold.
 *
 * @param terms the terms that {@code and} joins, at least one
 * @param text as written
 * @param line of the file, from 1
 */
public record Condition(List<Term> terms, String text, int line) {

    /** One comparison. */
    public sealed interface Term permits IsNull, IsFrame, SameFrame, Kswapd, Sleeps, Killed {}

    /** {@code v == NULL}, or with {@code equal} false {@code v != NULL}. */
    public record IsNull(int variable, boolean equal) implements Term {}

    /** {@code v == 5}: the variable's first frame has that number. NULL is no frame. */
    public record IsFrame(int variable, int pfn, boolean equal) implements Term {}

    /** {@code kswapd woken} or, with {@code woken} false, {@code kswapd asleep}; that of a node. */
    public record Kswapd(int node, boolean woken) implements Term {}

    /** {@code process 20 killed} or, with {@code killed} false, {@code process 20 spared}. */
    public record Killed(int pid, boolean killed) implements Term {}

    /** {@code cpu 1 sleeps}, or {@code irq 1 sleeps}: the program has slept at least once. */
    public record Sleeps(int cpu, boolean interrupt) implements Term {}

    /** {@code v == w}: both name the same first frame, or both are NULL. */
    public record SameFrame(int left, int right, boolean equal) implements Term {}
}
