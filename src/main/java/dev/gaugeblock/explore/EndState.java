package dev.gaugeblock.explore;

/** How an execution ended, as far as the conditions of litmus tests ask; whatever engine it ran on. */
public interface EndState {
    /** Number of the first frame that a variable names; -1 if it holds NULL, or was never assigned. */
    int pfn(int variable);

    /** Whether the kswapd of a node was woken. */
    boolean isKswapdAwake(int node);

    /** Whether the OOM killer chose the process with this number. */
    boolean isKilled(int pid);

    /** Whether the program of a CPU, or its handler, has slept. */
    boolean hasSlept(int cpu, boolean interrupt);
}
