package dev.gaugeblock.oracle;

import dev.gaugeblock.highmem.PageHash;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.WaitTableSize;

/** Answers that are computed from the question alone, on 32-bit words. */
final class Formulas {
    private Formulas() {}

    static Answers waitTableSize(Event event) {
        int pages = event.integer("pages");
        return new Answers().put("size", WaitTableSize.queues(pages)).put("bits", WaitTableSize.bits(pages));
    }

    static Answers hash(Event event) {
        return new Answers().put("r", PageHash.hash((int) event.number("val"), event.integer("bits")));
    }

    static Answers squareRoot(Event event) {
        return new Answers().put("r", MemoryTuning.squareRoot((int) event.number("x")));
    }
}
