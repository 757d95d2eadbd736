package dev.gaugeblock.kernel.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How memory is cut into cells, and frames come to them. */
class CellsTest {
    private static List<String> parts(CellGrid grid, long first, long frames) {
        List<String> parts = new ArrayList<>();
        grid.each(first, frames, (cell, part) -> parts.add(cell + ":" + part));
        return parts;
    }

    @Test
    void shouldTakeTheSmallestCellsThatSuffice() {
        CellGrid grid =
                new CellGrid(List.of(new TraceExtent.Span("DMA", 1, 7), new TraceExtent.Span("Normal", 16, 16)), 8);
        assertEquals(4, grid.frames());
        assertEquals(6, grid.count());
        assertEquals(List.of("0:3", "1:4", "2:1"), parts(grid, 0, 17), "frame 0 and frames 8..15 are of no zone");
        assertEquals(List.of("5:2"), parts(grid, 30, 100));
    }

    @Test
    void shouldHaveNoMoreThanThatOfAnyMemory() {
        List<TraceExtent.Span> spans = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            spans.add(new TraceExtent.Span("", (long) i << 20, (1 << 19) + i));
        }
        CellGrid grid = new CellGrid(spans, 4096);
        assertTrue(grid.count() <= 4096 && grid.count() > 2048, () -> grid.count() + " cells");
        long[] sum = new long[1];
        grid.each(0, 1L << 28, (cell, part) -> sum[0] += part);
        assertEquals((256L << 19) + 255 * 128, sum[0]);
    }

    @Test
    void shouldFindTheFramesThatAreOnNoList() {
        FrameSet set = new FrameSet();
        set.add(4, 4);
        set.add(10, 2);
        List<String> missing = new ArrayList<>();
        set.eachMissing(2, 12, (first, frames) -> missing.add(first + "+" + frames));
        assertEquals(List.of("2+2", "8+2", "12+2"), missing);
    }

    @Test
    void shouldKeepWithWhichOrderAFrameWasFreed() {
        ToldFree told = new ToldFree();
        told.set(32766, 4, 2); // over the edge of two pieces
        told.set(100, 1, 0);
        told.set(32767, 1, -1);
        List<String> free = new ArrayList<>();
        told.each((first, frames, order) -> free.add(first + "+" + frames + " of " + order));
        assertEquals(List.of("100+1 of 0", "32766+1 of 2", "32768+2 of 2"), free);
    }

    @Test
    void shouldNameTheLargestOwnersOfACell() {
        CellContents contents = new CellContents(new CellGrid(List.of(new TraceExtent.Span("", 0, 64)), 1));
        contents.free(0, 8, 3);
        contents.onNoList(8, 1);
        for (int task = 1; task <= 5; task++) {
            contents.live(9 + 5 * task, task, task);
        }
        contents.live(50, 9, CellContents.OTHERS);
        assertEquals("3:8 c:1 t5:5 t4:4 t3:3 o:12", contents.text(0));
    }
}
