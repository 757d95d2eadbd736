package dev.gaugeblock.explore.litmus;

import java.util.List;

/** The types of atomic windows, by name. */
final class KmTypes {
    /** In the order of their numbers (behaviour 10). */
    private static final List<String> NAMES = List.of(
            "BOUNCE_READ",
            "SKB_SUNRPC_DATA",
            "SKB_DATA_SOFTIRQ",
            "USER0",
            "USER1",
            "BIO_SRC_IRQ",
            "BIO_DST_IRQ",
            "PTE0",
            "PTE1",
            "IRQ0",
            "IRQ1",
            "SOFTIRQ0",
            "SOFTIRQ1");

    private KmTypes() {}

    /** The next token as a type: a constant of {@link dev.gaugeblock.highmem.KmType}. */
    static int read(Line line) {
        Token name = line.next();
        int type = NAMES.indexOf(name.text());
        if (type < 0) {
            throw line.expected("a type of atomic window (" + String.join(", ", NAMES) + ")", name);
        }
        return type;
    }
}
