package dev.gaugeblock.pagebuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PageCacheTest {
    private final Buffers dropping = new Buffers();

    @Test
    void shouldGiveTheSamePageToAllWhoAsk() {
        CachedPage page = dropping.cache.findOrCreate(3, 0, dropping.task);
        assertSame(page, dropping.cache.findOrCreate(3, 0, dropping.task));
        assertEquals(3, page.frame.references(), "one of the cache, and one for each who asked");
        assertEquals(Buffers.FRAMES - 1, dropping.freeFrames());
    }

    @Test
    void shouldDropAPageWithItsLastUser() {
        CachedPage page = dropping.cache.findOrCreate(3, 0, dropping.task);
        dropping.cache.findOrCreate(3, 0, dropping.task);
        dropping.cache.release(page, dropping.task);
        assertSame(page, dropping.cache.find(3, dropping.task));
        dropping.cache.release(page, dropping.task);
        dropping.cache.release(page, dropping.task);
        assertNull(dropping.cache.find(3, dropping.task));
        assertEquals(Buffers.FRAMES, dropping.freeFrames());
    }

    @Test
    void shouldKeepAPageWithoutUsersIfItIsToKeepAny() {
        Buffers keeping = new Buffers(true);
        CachedPage page = keeping.cache.findOrCreate(3, 0, keeping.task);
        keeping.cache.release(page, keeping.task);
        assertEquals(1, page.frame.references());
        assertSame(page, keeping.cache.find(3, keeping.task));
    }

    @Test
    void shouldHaveNothingWithoutMemory() {
        for (int frame = 0; frame < Buffers.FRAMES; frame++) {
            assertNotNull(dropping.allocator.alloc(0, 0, dropping.task));
        }
        assertNull(dropping.cache.findOrCreate(3, PageBufFlags.gfp(PageBufFlags.READ_AHEAD), dropping.task));
    }
}
