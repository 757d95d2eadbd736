package dev.gaugeblock.explore.execution;

/** Ends a program whose execution is over. */
final class Aborted extends Error {
    private static final long serialVersionUID = 1L;

    Aborted() {
        super(null, null, false, false);
    }
}
