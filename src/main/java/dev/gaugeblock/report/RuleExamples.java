package dev.gaugeblock.report;

import dev.gaugeblock.contract.Rule;

/** What it looks like when a rule of the contract is broken: an example of each. */
final class RuleExamples {
    private RuleExamples() {}

    /** An example, as the end of a sentence. */
    static String of(Rule rule) {
        return switch (rule) {
            case ALLOC_ALIGNED -> "a block of order 2 that begins at frame 6 of a zone from frame 0 on";
            case ALLOC_INSIDE -> "a block of order 1 at frame 4095, where the zone ends with it";
            case ALLOC_ZONE -> "a frame of Normal for a request with __GFP_DMA";
            case ALLOC_BELOW -> "frame 4096 for a request that says below 4096";
            case ALLOC_DISJOINT -> "frame 8 given twice, with no free of it in between";
            case ALLOC_RESERVED -> "frame 0, which the header lists as reserved";
            case ALLOC_ORDER -> "a block of order 11 where the largest is 10";
            case ALLOC_FAILURE ->
                "NULL for order 0 while a permitted zone has more free frames than its mark and reserve";
            case ALLOC_WAITS -> "a request with GFP_ATOMIC that does not come back";
            case FREE_LIVE -> "a second free of frame 8 that is answered as if it were right";
            case REFERENCES -> "a frame that is free after one of its two references was dropped";
            case REFUSED -> "a free of a live block, by its frame and order, that is refused";
            case FRAMES_CONSERVED -> "16 frames, all freed and drained, and 15 reported as free";
            case LOW_DIRECT -> "frame 5 of Normal mapped anywhere but at 0xc0005000";
            case MAP_WINDOW -> "an address below the window of kmap for a high frame";
            case MAP_STABLE -> "two kmaps of a frame at once that give two addresses";
            case MAP_DISTINCT -> "two frames mapped at the same time that have one address";
            case MAP_SLEEPS -> "a kmap that sleeps while a slot has no user";
            case UNMAP_BALANCED -> "a second kunmap after one kmap that is not refused";
            case CRASH -> "a program that ends with a signal in the middle of an alloc";
            case HANG -> "a program that does not answer a free for ten seconds";
            case GARBAGE -> "an answer that is no JSON object, or has no r";
        };
    }
}
