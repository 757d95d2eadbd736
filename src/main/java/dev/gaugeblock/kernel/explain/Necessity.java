package dev.gaugeblock.kernel.explain;

/** Whether a kernel had to refuse. */
public enum Necessity {
    /** No zone that the request may use passes. */
    HAD_TO("had to"),
    /** A zone passes, by more than the dump is inexact. */
    DID_NOT_HAVE_TO("did not have to"),
    /** Something is missing, or a zone passes by no more than the dump is inexact. */
    CANNOT_BE_SAID("cannot be said"),
    /** The report is no matter of the page allocator. */
    NOT_THE_ALLOCATOR("no matter of the allocator");

    private final String label;

    Necessity(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
