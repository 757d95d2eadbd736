package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.DONT_BLOCK;
import static dev.gaugeblock.pagebuf.PageBufFlags.LOCK;
import static dev.gaugeblock.pagebuf.PageBufFlags.MAPPED;
import static dev.gaugeblock.pagebuf.PageBufFlags.NONE;
import static dev.gaugeblock.pagebuf.PageBufFlags.NOT_DONE;
import static dev.gaugeblock.pagebuf.PageBufFlags.PARTIAL;
import static dev.gaugeblock.pagebuf.PageBufFlags.READ;
import static dev.gaugeblock.pagebuf.PageBufFlags.READ_AHEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPagesTest {
    private final Buffers buffers = new Buffers(true);
    private final BufferTarget target = buffers.target;

    private void setUpToDate(int page) {
        CachedPage cached = buffers.cache.findOrCreate(page, 0, buffers.task);
        cached.setUpToDate(true, buffers.task);
        buffers.cache.release(cached, buffers.task);
    }

    @Test
    void shouldSayHowMuchIsUpToDate() {
        setUpToDate(1);
        setUpToDate(2);
        assertEquals(0, target.get(8, 16, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(PARTIAL, target.get(16, 16, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(32, 16, 0, buffers.task).flags() & NOT_DONE);
    }

    @Test
    void shouldTakeEveryPageThatItsBlocksLieIn() {
        assertEquals(1, target.get(15, 1, 0, buffers.task).pageCount());
        assertEquals(2, target.get(15, 2, 0, buffers.task).pageCount());
        assertEquals(3, target.get(31, 10, 0, buffers.task).pageCount());
    }

    @Test
    void shouldLockPagesThatAreToBeReadWhole() {
        assertFalse(target.get(8, 8, 0, buffers.task).hasPagesLocked());
        assertTrue(target.get(16, 8, READ, buffers.task).hasPagesLocked());
        setUpToDate(3);
        assertFalse(target.get(24, 8, READ, buffers.task).hasPagesLocked());
        target.setBlockSize(512);
        assertFalse(target.get(32, 8, READ, buffers.task).hasPagesLocked());
    }

    /** With small blocks each buffer minds its own part of the page. */
    @Test
    void shouldCountItsOwnBlocksIfTheFileSystemsBlocksAreSmall() {
        target.setBlockSize(512);
        target.read(8, 2, 0, buffers.task);
        assertEquals(0, target.get(8, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(0, target.get(9, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(9, 2, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(10, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(8, 8, 0, buffers.task).flags() & NOT_DONE);
    }

    @Test
    void shouldHaveThePageUpToDateWhenAllItsBlocksAre() {
        target.setBlockSize(512);
        target.read(8, 5, 0, buffers.task);
        target.read(13, 3, 0, buffers.task);
        assertEquals(0, target.get(8, 8, 0, buffers.task).flags() & NOT_DONE);
    }

    @Test
    void shouldAlwaysMapASinglePageAndOthersOnDemand() {
        assertEquals(MAPPED, target.get(8, 8, 0, buffers.task).flags() & MAPPED);
        assertEquals(0, target.get(16, 16, 0, buffers.task).flags() & MAPPED);
        assertEquals(List.of("km:1", "km:1"), buffers.calls());
        assertEquals(MAPPED, target.get(32, 16, MAPPED, buffers.task).flags() & MAPPED);
        assertEquals(List.of("km:1", "vmap:2"), buffers.calls());
    }

    @Test
    void shouldAskAgainUntilThereIsMemory() {
        buffers.lookupsToFail = 2;
        assertEquals(1, target.get(8, 8, DONT_BLOCK, buffers.task).pageCount());
        assertEquals(
                List.of(
                        "km:4",
                        "nopage:250",
                        "daemon_wakeup",
                        "congestion_wait:20",
                        "nopage:250",
                        "daemon_wakeup",
                        "congestion_wait:20"),
                buffers.calls());
    }

    @Test
    void shouldGiveAReadAheadUpWithoutMemory() {
        Buffers dropping = new Buffers();
        for (int frame = 0; frame < Buffers.FRAMES - 1; frame++) {
            dropping.allocator.alloc(0, 0, dropping.task);
        }
        assertNull(dropping.target.get(8, 16, LOCK | READ_AHEAD, dropping.task));
        assertEquals(List.of("km:1", "nopage:1200", "release_page:1", "free:8"), dropping.calls());
        assertEquals(1, dropping.freeFrames(), "the page that was found is given back");
        assertEquals(List.of(), dropping.target.hash().chainOf(8).buffers());
    }

    @Test
    void shouldUnmapManyUnusedRangesAtATime() {
        for (int i = 0; i < 65; i++) {
            target.release(target.get(8, 16, MAPPED, buffers.task), buffers.task);
        }
        assertFalse(buffers.calls().contains("vunmap"));
        target.get(8, 16, MAPPED, buffers.task);
        assertEquals(65, buffers.calls().stream().filter("vunmap"::equals).count());
    }

    @Test
    void shouldUnmapUnusedRangesWhenTheDaemonRuns() {
        target.release(target.get(8, 16, MAPPED, buffers.task), buffers.task);
        buffers.calls();
        target.delayed().writeOld(buffers.task);
        assertEquals(List.of("vunmap"), buffers.calls());
    }
}
