package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.ASYNC;
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

import dev.gaugeblock.mm.PageFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPagesTest {
    private final Buffers buffers = new Buffers(true);
    private final BufferTarget target = buffers.target;

    private void setUpToDate(int page) {
        CachedPage cached = buffers.page(page);
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
    void shouldCountItsOwnRegionsIfTheFileSystemsBlocksAreSmall() {
        target.setBlockSize(512);
        target.read(8, 2, 0, buffers.task);
        assertEquals(0, target.get(8, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(0, target.get(9, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(9, 2, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(10, 1, 0, buffers.task).flags() & NOT_DONE);
        assertEquals(NONE, target.get(8, 8, 0, buffers.task).flags() & NOT_DONE);
    }

    /** The last region of each run is missing between them, and for the page as a whole another is always missing. */
    @Test
    void shouldNeverHaveThePageUpToDateByItsRegions() {
        target.setBlockSize(512);
        target.read(8, 5, 0, buffers.task);
        target.read(13, 3, 0, buffers.task);
        assertEquals(NONE, target.get(8, 8, 0, buffers.task).flags() & NOT_DONE);
        target.read(16, 8, 0, buffers.task);
        CachedPage page = buffers.page(2);
        assertFalse(page.isUpToDate(buffers.task));
        assertTrue(page.isUpToDate(0, 4096, buffers.task));
        page.setUpToDate(true, buffers.task);
        page.setUpToDate(false, buffers.task);
        assertTrue(page.isUpToDate(0, 4096, buffers.task), "the page's own bit leaves them alone");
    }

    @Test
    void shouldCountNoRegionOfARunBeforeItsLast() {
        assertEquals(0b111, CachedPage.regions(0, 512));
        assertEquals(0b111 << 28, CachedPage.regions(3584, 512));
        assertEquals(0x7fffffff, CachedPage.regions(0, 4096));
        assertEquals(0b1111111 << 8, CachedPage.regions(1024, 1024));
        assertEquals(0b1 << 1, CachedPage.regions(1, 256), "it begins in the middle of a region");
        assertEquals(0, CachedPage.regions(0, 128));
        assertFalse(buffers.page(1).isUpToDate(0, 128, buffers.task), "nothing is asked for, and nothing is there");
    }

    @Test
    void shouldNoteInEachPageWhatAPartOfARequestHadOfIt() {
        target.setBlockSize(1024);
        buffers.device.behave(1, false, false);
        target.read(14, 6, 0, buffers.task);
        assertTrue(buffers.page(1).isUpToDate(3072, 1024, buffers.task));
        assertFalse(buffers.page(1).isUpToDate(2048, 2048, buffers.task));
        assertTrue(buffers.page(2).isUpToDate(0, 2048, buffers.task));
        assertFalse(buffers.page(2).isUpToDate(0, 3072, buffers.task));
    }

    @Test
    void shouldLockEachPageUntilAllAreFoundOrRead() {
        PageBuf plain = target.get(8, 16, 0, buffers.task);
        assertFalse(
                plain.page(0).frame.has(PageFlags.LOCKED) || plain.page(1).frame.has(PageFlags.LOCKED));
        setUpToDate(3);
        PageBuf reading = target.get(24, 16, READ, buffers.task);
        assertTrue(reading.page(0).frame.has(PageFlags.LOCKED), "it is up to date, but the other is not");
        assertTrue(reading.page(1).frame.has(PageFlags.LOCKED));
        target.io().start(reading, READ, buffers.task);
        assertFalse(reading.page(0).frame.has(PageFlags.LOCKED)
                || reading.page(1).frame.has(PageFlags.LOCKED));
    }

    @Test
    void shouldLeavePagesLockedIfAReadCannotMapThem() {
        Buffers dropping = new Buffers();
        dropping.vmapWorks = false;
        assertNull(dropping.target.get(8, 16, READ | LOCK | MAPPED, dropping.task));
        assertEquals(Buffers.FRAMES - 2, dropping.freeFrames(), "reclaim takes no locked page");
        assertTrue(dropping.sleepsForEver(() -> dropping.target.get(16, 8, LOCK, dropping.task)));
        assertNull(dropping.target.get(24, 16, LOCK | MAPPED, dropping.task));
        assertEquals(Buffers.FRAMES - 2, dropping.freeFrames(), "nothing was to be read, and nothing stays locked");
    }

    @Test
    void shouldSleepUntilAPageIsRead() {
        buffers.device.behave(1, false, true);
        PageBuf reading = target.read(8, 4, ASYNC | LOCK, buffers.task);
        buffers.whileAsleep = () -> buffers.device.complete(buffers.interrupt);
        PageBuf other = target.get(12, 4, LOCK, buffers.task);
        assertFalse(reading.hasPagesLocked());
        assertEquals(0, other.flags() & NOT_DONE, "the whole page was read");
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
        assertNull(dropping.target.get(8, 24, LOCK | READ_AHEAD | READ, dropping.task));
        assertEquals(List.of("km:1", "nopage:1200", "release_page:1", "kmem_free", "free:8"), dropping.calls());
        assertEquals(1, dropping.freeFrames(), "it is unlocked before that");
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
