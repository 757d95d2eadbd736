package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.snapshot.SnapshotFolder;

/** A snapshot's place in a trace: what had been told before its files were read, and what after. Amounts in pages. */
final class SnapshotMark {
    final int number;
    final SnapshotFolder.Snapshot snapshot;
    /** How often events had been lost. */
    final int losses;

    final KmemTotals before;
    KmemTotals after;
    long flagsLine;

    SnapshotMark(int number, SnapshotFolder.Snapshot snapshot, int losses, KmemTotals now) {
        this.number = number;
        this.snapshot = snapshot;
        this.losses = losses;
        this.before = now;
        this.after = now;
    }
}
