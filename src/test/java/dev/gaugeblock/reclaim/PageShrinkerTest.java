package dev.gaugeblock.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PageShrinkerTest {
    @Test
    void shouldMoveWhatItLooksAtToTheInactiveList() {
        ReclaimMachine machine = new ReclaimMachine(8).active(3);

        machine.shrinker.refillInactive(machine.zone, 2, machine.task);

        assertEquals(1, machine.lists.active().length);
        assertEquals(2, machine.lists.inactive().length);
        assertEquals(2, machine.zone.pagesScanned.peek());
    }

    @Test
    void shouldFreeWhatItLooksAtOnTheInactiveList() {
        ReclaimMachine machine = new ReclaimMachine(8).inactive(3);
        Scan scan = new Scan(12);

        machine.shrinker.shrinkCache(machine.zone, 32, scan, machine.task);
        machine.allocator.drain(machine.task);

        assertEquals(3, scan.scanned());
        assertEquals(3, scan.reclaimed());
        assertEquals(0, machine.lists.inactive().length);
        assertEquals(8, machine.allocator.memory().freePages());
    }

    @Test
    void shouldMakeProgressOnlyWithAWholePortionInOnePass() {
        assertEquals(0, progress(31));
        assertEquals(1, progress(32));
    }

    /** With so many inactive pages, and one less than a portion put off: what the first pass finds is all. */
    private static int progress(int pages) {
        ReclaimMachine machine = new ReclaimMachine(64).inactive(pages);
        machine.counts[0].scanInactive.init(31);
        PageReclaim reclaim = new PageReclaim(
                machine.allocator,
                machine.counts,
                machine.shrinker,
                (written, task) -> {},
                (write, jiffies, task) -> {});
        return reclaim.tryToFreePages(machine.allocator.memory().node(0).zonelist(0), 0xd0, 0, machine.task);
    }
}
