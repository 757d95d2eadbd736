package dev.gaugeblock.explore.harness;

/** Hears what the allocator decides, for whoever tells an execution. */
public interface DecisionListener {
    /** The running program has decided something; with the numbers that decided it. */
    void decided(String what);
}
