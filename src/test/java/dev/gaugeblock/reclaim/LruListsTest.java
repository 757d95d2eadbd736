package dev.gaugeblock.reclaim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import org.junit.jupiter.api.Test;

class LruListsTest {
    private final ReclaimMachine machine = new ReclaimMachine(8);
    private final LruLists lists = machine.lists;

    @Test
    void shouldPutNewFramesAtTheHead() {
        PageFrame first = machine.allocate();
        PageFrame second = machine.allocate();
        lists.addInactive(first, machine.task);
        lists.addInactive(second, machine.task);

        assertArrayEquals(new int[] {second.pfn, first.pfn}, lists.inactive());
        assertEquals(2, machine.counts[0].inactive.peek());
        assertEquals(0, machine.counts[0].active.peek());
    }

    @Test
    void shouldTakeFromTheTail() {
        PageFrame first = machine.allocate();
        PageFrame second = machine.allocate();
        lists.addActive(first, machine.task);
        lists.addActive(second, machine.task);

        PageFrame[] taken = lists.takeActive(1, machine.task);

        assertArrayEquals(new PageFrame[] {first}, taken);
        assertArrayEquals(new int[] {second.pfn}, lists.active());
        assertFalse(first.has(PageFlags.LRU | PageFlags.ACTIVE));
        assertTrue(second.has(PageFlags.LRU) && second.has(PageFlags.ACTIVE));
    }

    @Test
    void shouldTakeNoMoreThanThereAre() {
        machine.inactive(2);

        assertEquals(2, lists.takeInactive(32, machine.task).length);
        assertEquals(0, lists.takeInactive(32, machine.task).length);
        assertEquals(0, machine.counts[0].inactive.peek());
    }

    @Test
    void shouldCountFramesThatComeBackAsInactive() {
        machine.active(2);

        lists.putInactive(lists.takeActive(32, machine.task), machine.task);

        assertEquals(0, machine.counts[0].active.peek());
        assertEquals(2, machine.counts[0].inactive.peek());
        assertNull(lists.flagsTellTheList());
        assertNull(lists.countsAreLengths());
    }

    @Test
    void shouldNoticeAWrongCount() {
        machine.inactive(1);
        machine.counts[0].inactive.init(2);

        assertEquals("the inactive list of zone DMA has 1 frames, nr_inactive is 2", lists.countsAreLengths());
    }

    @Test
    void shouldNoticeFlagsThatDoNotFitTheList() {
        PageFrame frame = machine.allocate();
        assertNull(lists.flagsTellTheList());

        frame.poke(PageFlags.LRU, 0);
        String onNone = lists.flagsTellTheList();
        assertTrue(onNone != null && onNone.contains("is on no LRU list, but PG_lru is true"), onNone);

        frame.poke(0, PageFlags.LRU);
        lists.addInactive(frame, machine.task);
        frame.poke(PageFlags.ACTIVE, 0);
        String onInactive = lists.flagsTellTheList();
        assertTrue(onInactive != null && onInactive.contains("is on the inactive list"), onInactive);
    }
}
