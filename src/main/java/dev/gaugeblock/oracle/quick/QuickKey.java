package dev.gaugeblock.oracle.quick;

import java.util.Locale;

/** A key of a line that {@link QuickLine} reads, as it is there: in quotes, with a colon behind it. */
enum QuickKey {
    I,
    OP,
    CPU,
    GFP,
    ORDER,
    TASK,
    R,
    PF,
    PFN,
    FP,
    T0,
    T1;

    final QuickWord word = QuickWord.of('"' + name().toLowerCase(Locale.ROOT) + "\":");

    /** One for each key. */
    int bit() {
        return 1 << ordinal();
    }
}
