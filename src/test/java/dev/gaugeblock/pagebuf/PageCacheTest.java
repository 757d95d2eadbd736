package dev.gaugeblock.pagebuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.KernelBug;
import org.junit.jupiter.api.Test;

class PageCacheTest {
    private final Buffers dropping = new Buffers();

    @Test
    void shouldGiveTheSamePageToAllWhoAsk() {
        CachedPage page = dropping.page(3);
        assertSame(page, dropping.page(3));
        assertEquals(3, page.frame.references(), "one of the cache, and one for each who asked");
        assertEquals(Buffers.FRAMES - 1, dropping.freeFrames());
    }

    @Test
    void shouldDropAPageWithItsLastUser() {
        CachedPage page = dropping.page(3);
        dropping.page(3);
        dropping.cache.release(page, dropping.task);
        assertSame(page, dropping.cache.page(3));
        dropping.cache.release(page, dropping.task);
        assertNull(dropping.cache.page(3));
        assertEquals(Buffers.FRAMES, dropping.freeFrames());
    }

    @Test
    void shouldKeepAPageWithoutUsersIfItIsToKeepAny() {
        Buffers keeping = new Buffers(true);
        CachedPage page = keeping.page(3);
        keeping.cache.release(page, keeping.task);
        assertEquals(1, page.frame.references());
        assertSame(page, keeping.cache.page(3));
    }

    @Test
    void shouldHaveNothingWithoutMemory() {
        for (int frame = 0; frame < Buffers.FRAMES; frame++) {
            assertNotNull(dropping.allocator.alloc(0, 0, dropping.task));
        }
        assertNull(dropping.cache.findOrCreate(3, PageBufFlags.gfp(PageBufFlags.READ_AHEAD), dropping.task));
    }

    @Test
    void shouldGiveALockedPageToOneAtATime() {
        CachedPage page = dropping.cache.findOrCreate(3, 0, dropping.task);
        dropping.whileAsleep = () -> dropping.cache.unlock(page, dropping.task);
        assertSame(page, dropping.cache.findOrCreate(3, 0, dropping.task));
        dropping.whileAsleep = () -> {};
        assertTrue(dropping.sleepsForEver(() -> dropping.cache.findOrCreate(3, 0, dropping.task)));
    }

    @Test
    void shouldKeepALockedPageThatNobodyUses() {
        CachedPage page = dropping.cache.findOrCreate(3, 0, dropping.task);
        dropping.cache.release(page, dropping.task);
        assertSame(page, dropping.cache.page(3));
        assertFalse(page.isUsed());
        assertEquals(Buffers.FRAMES - 1, dropping.freeFrames());
    }

    @Test
    void shouldRefuseToUnlockWhatIsNotLocked() {
        CachedPage page = dropping.page(3);
        KernelBug bug = assertThrows(KernelBug.class, () -> dropping.cache.unlock(page, dropping.task));
        assertEquals("unlock_page: bug", bug.getMessage());
    }
}
