package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each state is broken for one invariant, after which that one must say so. */
class BuddyInvariantsTest {
    private final TestMachine machine = TestMachine.booted(16 + 1, 0, 0);
    private final BuddyLists buddy = (BuddyLists) machine.dma().buddy;

    private void assertAllHold() {
        assertNull(buddy.linksAndCountsAgree());
        assertNull(buddy.blocksAlignedAndInside());
        assertNull(buddy.blocksDisjoint());
        assertNull(buddy.framesAtHome());
        assertNull(buddy.buddiesMerged());
        assertNull(buddy.headsMarked());
        assertNull(buddy.freePagesIsTheSum());
        assertNull(buddy.freeFramesClean());
    }

    @Test
    void shouldAllHoldWhileBlocksComeAndGo() {
        assertEquals("0[16] 4[0]", freeLists(machine.dma()));
        Random random = new Random(4);
        PageFrame[] held = new PageFrame[20];
        int[] orders = new int[held.length];
        for (int step = 0; step < 400; step++) {
            int i = random.nextInt(held.length);
            if (held[i] == null) {
                orders[i] = random.nextInt(3);
                held[i] = machine.allocator.takeUnprepared(machine.dma(), orders[i], machine.task);
            } else {
                machine.allocator.freeUnreferenced(held[i], orders[i], machine.task);
                held[i] = null;
            }
            assertAllHold();
        }
    }

    @Test
    void shouldAllHoldInAZoneWithoutFrames() {
        BuddyLists empty = (BuddyLists) machine.highmem().buddy;
        assertNull(empty.linksAndCountsAgree());
        assertNull(empty.blocksDisjoint());
        assertNull(empty.freePagesIsTheSum());
    }

    @Test
    void shouldNoticeAFrameOfAnotherZoneOrNode() {
        long flags = machine.frame(3).flags();
        machine.frame(3).poke(FlagsLayout.UMA_32.withNodezone(flags, FlagsLayout.nodezone(0, Zone.NORMAL)), 0);
        assertEquals("frame 3 of zone DMA names another zone or node", buddy.framesAtHome());
        machine.frame(3).poke(FlagsLayout.UMA_32.withNodezone(flags, FlagsLayout.nodezone(1, Zone.DMA)), 1L << 29);
        assertEquals("frame 3 of zone DMA names another zone or node", buddy.framesAtHome());
    }

    @Test
    void shouldNoticeALinkThatDoesNotPointBack() {
        machine.frame(0).previous = machine.frame(0);
        assertEquals(
                "free list of order 4: the link after the list's head does not point back to it",
                buddy.linksAndCountsAgree());
    }

    @Test
    void shouldNoticeARingThatLeavesOutItsHead() {
        PageFrame block = machine.frame(0);
        block.next = block;
        block.previous.next = block;
        assertEquals(
                "free list of order 4: the link after frame 0 does not point back to it", buddy.linksAndCountsAgree());
    }

    @Test
    void shouldNoticeAListThatLeadsIntoAnother() {
        PageFrame block = machine.frame(16);
        ListLink otherList = machine.frame(0).previous;
        block.next = otherList;
        otherList.previous = block;
        assertEquals(
                "free list of order 0: the link after frame 16 leads into another list", buddy.linksAndCountsAgree());
    }

    @Test
    void shouldNoticeAWrongNumberOfFreeBlocks() {
        machine.dma().counts.freeBlocks(4).init(2);
        assertEquals("the free list of order 4 has 1 blocks, nr_free says 2", buddy.linksAndCountsAgree());
    }

    @Test
    void shouldNoticeABlockThatIsNotAMultipleOfItsSizeFromTheZoneStart() {
        TestMachine shifted = TestMachine.booted(new MemoryLayout(5, 48, 0, 0), "blocks");
        assertNull(((BuddyLists) shifted.dma().buddy).blocksAlignedAndInside());
        shifted.frame(5 + 32).insertAfter(shifted.frame(8));
        assertEquals(
                "block 8 of order 4 starts 3 frames into the zone, no multiple of its size",
                ((BuddyLists) shifted.dma().buddy).blocksAlignedAndInside());
    }

    @Test
    void shouldNoticeABlockThatLeavesItsZone() {
        machine.frame(16).unlink();
        machine.frame(0).insertAfter(machine.frame(16));
        assertEquals("block 16 of order 4 is not inside the zone, frames 0..16", buddy.blocksAlignedAndInside());
    }

    @Test
    void shouldNoticeBlocksThatOverlap() {
        machine.frame(16).insertAfter(machine.frame(7));
        assertEquals("block 0 of order 4 shares frame 7 with the block at 7", buddy.blocksDisjoint());
    }

    @Test
    void shouldNoticeBuddiesLeftApart() {
        PageFrame taken = machine.allocator.takeUnprepared(machine.dma(), 3, machine.task);
        assertNull(buddy.buddiesMerged());
        machine.frame(8).insertAfter(taken);
        assertEquals("free block 8 of order 3 and its buddy at 0 are not merged", buddy.buddiesMerged());
    }

    @Test
    void shouldNoticeAHeadWithoutItsFlag() {
        machine.frame(0).poke(0, PageFlags.PRIVATE);
        assertEquals("block 0 of order 4 is marked with private 4, PG_private false", buddy.headsMarked());
    }

    @Test
    void shouldNoticeAHeadWithAWrongOrder() {
        machine.frame(0).pokePrivate(3);
        assertEquals("block 0 of order 4 is marked with private 3, PG_private true", buddy.headsMarked());
    }

    @Test
    void shouldNoticeAMarkInsideABlock() {
        machine.frame(15).poke(PageFlags.PRIVATE, 0);
        assertEquals("frame 15 carries PG_private, but is not the first of a free block", buddy.headsMarked());
    }

    @Test
    void shouldNoticeAWrongSumOfFreeFrames() {
        machine.dma().counts.freePages.init(16);
        assertEquals("the free lists hold 17 frames, free_pages says 16", buddy.freePagesIsTheSum());
    }

    @Test
    void shouldNoticeAReferenceToAFreeFrame() {
        machine.frame(9).pokeCount(1);
        assertEquals("frame 9 of the free block 0 of order 4 has 2 references", buddy.freeFramesClean());
    }

    @Test
    void shouldNoticeTheMarkOfAFreeBlockOnATakenFrame() {
        PageFrame taken = machine.allocator.takeUnprepared(machine.dma(), 0, machine.task);
        taken.poke(PageFlags.PRIVATE, 0);
        assertEquals("frame 16 carries PG_private, but is not the first of a free block", buddy.headsMarked());
    }

    @Test
    void shouldNoticeWhatIsLeftOfUseOnAFreeFrame() {
        machine.frame(9).poke(PageFlags.COMPOUND | PageFlags.DIRTY, 0);
        assertEquals("frame 9 of the free block 0 of order 4 carries PG_dirty|PG_compound", buddy.freeFramesClean());
        machine.frame(9).poke(0, PageFlags.COMPOUND | PageFlags.DIRTY);
        machine.frame(9).pokeMapcount(0);
        assertEquals("frame 9 of the free block 0 of order 4 is mapped 1 times", buddy.freeFramesClean());
        machine.frame(9).pokeMapcount(-1);
        machine.frame(9).pokeMapping(8);
        assertEquals("frame 9 of the free block 0 of order 4 has mapping 8", buddy.freeFramesClean());
    }
}
