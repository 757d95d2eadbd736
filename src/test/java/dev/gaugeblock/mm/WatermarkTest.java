package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
    private final TestMachine machine = TestMachine.booted(new MemoryLayout(0, 16, 16, 16), "none");
    private final Zone zone = machine.dma();

    /** Pretends so many free frames, and free blocks of the orders from 0 on. */
    private void pretend(int freePages, int... freeBlocks) {
        zone.counts.freePages.init(freePages);
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            zone.counts.freeBlocks(order).init(order < freeBlocks.length ? freeBlocks[order] : 0);
        }
    }

    private boolean isOk(int order, int mark) {
        return isOk(order, mark, false, false);
    }

    private boolean isOk(int order, int mark, boolean harder, boolean high) {
        return isOk(order, mark, Zone.DMA, harder, high);
    }

    private boolean isOk(int order, int mark, int classZone, boolean harder, boolean high) {
        int leeway = TestMachine.leeway(harder, high);
        return Watermark.isOk(zone, machine.freePages(zone), order, mark, classZone, leeway, machine.task);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, false, 0",
        "5, false, false, 5",
        "5, false, true, 3",
        "5, true, false, 4",
        "5, true, true, 3",
        "7, false, true, 4",
        "7, true, false, 6",
        "7, true, true, 3",
        "1, true, true, 1",
        "3, true, false, 3",
        "10, true, true, 4",
        "255, true, true, 96",
        "-1, false, false, -1"
    })
    void shouldReduceForHighBeforeHarderWithTruncation(int mark, boolean harder, boolean high, int reduced) {
        pretend(reduced);
        assertFalse(isOk(0, mark, harder, high));
        pretend(reduced + 1);
        assertTrue(isOk(0, mark, harder, high));
    }

    @Test
    void shouldFailWithExactlyTheMarkFree() {
        pretend(20);
        assertFalse(isOk(0, 20));
        assertTrue(isOk(0, 19));
    }

    @Test
    void shouldWantOneFreeFrameIfThereIsNoMark() {
        pretend(0);
        assertFalse(isOk(0, 0));
        pretend(1);
        assertTrue(isOk(0, 0));
    }

    @Test
    void shouldCountTheBlockAsGoneButForOneFrame() {
        pretend(28, 0, 0, 0, 3);
        assertFalse(isOk(3, 21));
        assertTrue(isOk(3, 20));
    }

    @Test
    void shouldIndexTheReserveByTheClassZone() {
        zone.marks.setLowmemReserve(Zone.NORMAL, 5);
        zone.marks.setLowmemReserve(Zone.HIGHMEM, 7);
        pretend(16);
        assertTrue(isOk(0, 15, Zone.DMA, false, false));
        assertFalse(isOk(0, 11, Zone.NORMAL, false, false));
        assertTrue(isOk(0, 10, Zone.NORMAL, false, false));
        assertFalse(isOk(0, 9, Zone.HIGHMEM, false, false));
        assertTrue(isOk(0, 8, Zone.HIGHMEM, false, false));
    }

    @Test
    void shouldNotReduceTheReserve() {
        zone.marks.setLowmemReserve(Zone.DMA, 8);
        pretend(8 + 3);
        assertFalse(isOk(0, 8, true, true));
        pretend(8 + 3 + 1);
        assertTrue(isOk(0, 8, true, true));
    }

    @Test
    void shouldHoldTheReserveOnlyAgainstTheFirstComparison() {
        zone.marks.setLowmemReserve(Zone.DMA, 10);
        pretend(16, 4, 0, 0, 0);
        assertTrue(isOk(1, 4));
        pretend(15, 4, 0, 0, 0);
        assertFalse(isOk(1, 4));
    }

    @Test
    void shouldLeaveOutSmallerBlocksAndHalveTheMarkForEachOrder() {
        pretend(32, 9, 4, 3);
        assertTrue(isOk(0, 31));
        assertTrue(isOk(1, 30));
        assertFalse(isOk(1, 31));
        assertTrue(isOk(2, 25));

        pretend(32, 9, 9, 0, 0);
        assertTrue(isOk(2, 7));
        assertFalse(isOk(2, 8));
    }

    @Test
    void shouldFailIfAllThatIsFreeIsInSmallerBlocks() {
        pretend(64, 64);
        assertTrue(isOk(0, 0));
        assertFalse(isOk(1, 0));
        pretend(64, 0, 32);
        assertTrue(isOk(1, 0));
        assertFalse(isOk(2, 0));
    }

    @Test
    void shouldFailIfTheBlockIsLargerThanAllFreeFrames() {
        pretend(2, 2);
        assertFalse(isOk(3, 0));
        pretend(0);
        assertFalse(isOk(10, 0));
    }

    @Test
    void shouldPromiseABlockWheneverItSaysYes() {
        Random random = new Random(11);
        int yes = 0;
        for (int i = 0; i < 20_000; i++) {
            int[] blocks = new int[4];
            int free = 0;
            for (int order = 0; order < blocks.length; order++) {
                blocks[order] = random.nextInt(4);
                free += blocks[order] << order;
            }
            pretend(free, blocks);
            int order = random.nextInt(5);
            if (isOk(order, random.nextInt(8), random.nextBoolean(), random.nextBoolean())) {
                yes++;
                int large = 0;
                for (int larger = order; larger < blocks.length; larger++) {
                    large += blocks[larger];
                }
                assertTrue(large > 0, () -> zone + " has no block of order " + order);
            }
        }
        assertTrue(yes > 1_000, "only " + yes + " cases were said to be fine");
    }
}
