package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLayoutTest {
    private static final int MOST_FRAMES = 1 << 20;

    private static String refusal(Supplier<MemoryLayout> layout) {
        return assertThrows(IllegalArgumentException.class, layout::get).getMessage();
    }

    @Test
    void shouldPutOneZoneAfterTheOther() {
        MemoryLayout layout = new MemoryLayout(5, 10, 20, 30).holes(Zone.NORMAL, 4);
        assertEquals(5, layout.startPfn());
        assertEquals(65, layout.endPfn());
        assertEquals(20, layout.spanned(Zone.NORMAL));
        assertEquals(16, layout.present(Zone.NORMAL));
        assertEquals(30, layout.present(Zone.HIGHMEM));
    }

    @Test
    void shouldReserveExactlyTheGivenFrames() {
        MemoryLayout layout = new MemoryLayout(5, 10, 0, 0).reserve(5, 2).reserve(14, 1);
        assertTrue(layout.isReserved(5));
        assertTrue(layout.isReserved(6));
        assertFalse(layout.isReserved(7));
        assertFalse(layout.isReserved(13));
        assertTrue(layout.isReserved(14));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | 1 | 1 | 1 | first frame number, -1, is below 0",
                "0 | -2 | 1 | 1 | size of zone DMA, -2, is below 0",
                "0 | 1 | -3 | 1 | size of zone Normal, -3, is below 0",
                "0 | 1 | 1 | -4 | size of zone HighMem, -4, is below 0"
            })
    void shouldRefuseNegativeNumbers(int start, int dma, int normal, int highmem, String message) {
        assertEquals(message, refusal(() -> new MemoryLayout(start, dma, normal, highmem)));
    }

    @Test
    void shouldFillTheAddressSpaceAndNoMore() {
        assertEquals(MOST_FRAMES, new MemoryLayout(16, 4080, 0, MOST_FRAMES - 4096).endPfn());
        assertEquals(
                "memory ends at frame 1048577; a 32-bit machine without PAE has at most 1048576 frames",
                refusal(() -> new MemoryLayout(17, 4080, 0, MOST_FRAMES - 4096)));
        assertEquals(
                "memory ends at frame 6442450941; a 32-bit machine without PAE has at most 1048576 frames",
                refusal(() -> new MemoryLayout(0, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)));
    }

    @Test
    void shouldRefuseMoreHolesThanFrames() {
        MemoryLayout layout = new MemoryLayout(0, 16, 8, 0);
        assertEquals(0, layout.holes(Zone.NORMAL, 8).present(Zone.NORMAL));
        assertEquals(
                "holes of zone Normal, 9 frames, are not in 0..8, its size",
                refusal(() -> layout.holes(Zone.NORMAL, 9)));
        assertEquals(
                "holes of zone DMA, -1 frames, are not in 0..16, its size", refusal(() -> layout.holes(Zone.DMA, -1)));
        assertEquals(
                "holes of zone HighMem, 1 frames, are not in 0..0, its size",
                refusal(() -> layout.holes(Zone.HIGHMEM, 1)));
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 4..4", "14, 2, 14..15", "15, 1, 15..15", "7, -1, 7..5", "-1, 3, -1..1"})
    void shouldRefuseToReserveOutsideTheMemory(int pfn, int count, String range) {
        MemoryLayout layout = new MemoryLayout(5, 10, 0, 0);
        assertEquals(
                "reserved frames " + range + " are not inside the memory, frames 5..14",
                refusal(() -> layout.reserve(pfn, count)));
    }

    @Test
    void shouldNameZonesAsTheKernelDoes() {
        assertEquals("DMA", Zone.name(0));
        assertEquals("Normal", Zone.name(1));
        assertEquals("HighMem", Zone.name(2));
        assertEquals(
                "zone 3 is not in 0..2",
                assertThrows(IllegalArgumentException.class, () -> Zone.name(3)).getMessage());
    }
}
