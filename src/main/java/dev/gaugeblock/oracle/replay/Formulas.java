package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.PageHash;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.WaitTableSize;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.pagebuf.PageBufFlags;

/** Answers that are computed from the question alone, on 32-bit words. */
final class Formulas {
    private Formulas() {}

    static Answers waitTableSize(Event event) {
        int pages = event.integer("pages");
        return new Answers().put("size", WaitTableSize.queues(pages)).put("bits", WaitTableSize.bits(pages));
    }

    /** How a buffer's pages and the buffer itself are asked for. */
    static Answers bufferMemory(Event event) {
        int flags = (int) event.number("flags");
        return new Answers().put("gfp", PageBufFlags.gfp(flags)).put("km", PageBufFlags.km(flags));
    }

    static Answers hash(Event event) {
        return new Answers().put("r", PageHash.hash((int) event.number("val"), event.integer("bits")));
    }

    static Answers squareRoot(Event event) {
        return new Answers().put("r", MemoryTuning.squareRoot((int) event.number("x")));
    }
}
