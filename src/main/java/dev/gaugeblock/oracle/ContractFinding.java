package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.found.FoundBreach;

/** Where an implementation broke the contract, in a check that may go on behind it. */
public final class ContractFinding extends FoundBreach {
    private final Rejection rejection;
    private final long knownAt;

    ContractFinding(Rejection rejection, long knownAt) {
        super(
                rejection.breach().rule().id(),
                rejection.breach().rule().says(),
                rejection.breach().reason(),
                rejection.line(),
                rejection.operation());
        this.rejection = rejection;
        this.knownAt = knownAt;
    }

    /** What was broken, and where. */
    public Rejection rejection() {
        return rejection;
    }

    /** The line up to which the file was read then: with operations that overlap, it may lie behind the rejection's. */
    long knownAt() {
        return knownAt;
    }
}
