package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.NodeBalance;
import dev.gaugeblock.reclaim.ZoneLru;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Whether there is a reason for it where a zone is given up; {@link ReclaimRule} has how that ends. */
public final class GivenUpRule {
    private final Memory memory;
    private final ZoneLru[] lru;

    /** The zones of a machine, and what can be reclaimed from each. */
    public GivenUpRule(Memory memory, ZoneLru[] lru) {
        this.memory = memory;
        this.lru = lru;
    }

    @Invariant(
            id = "given-up-in-vain",
            says =
                    "A zone that is given up was looked at in vain: pages_scanned, which a free forgets, is four times its pages"
                            + " on LRU lists, or more.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String givenUpWithReason() {
        for (int number = 0; number < lru.length; number++) {
            Zone zone = memory.zone(number);
            int scanned = zone.pagesScanned.peek();
            int pages = lru[number].active.peek() + lru[number].inactive.peek();
            if (zone.allUnreclaimable.peek() != 0 && scanned < NodeBalance.HOPELESS_ROUNDS * pages) {
                return zone + " is given up, with " + zone.counts.freePages.peek() + " free frames, though only "
                        + scanned + " frames were scanned of " + pages + " that could be reclaimed";
            }
        }
        return null;
    }
}
