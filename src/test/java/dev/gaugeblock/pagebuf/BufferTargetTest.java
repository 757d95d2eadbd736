package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.ASYNC;
import static dev.gaugeblock.pagebuf.PageBufFlags.DELWRI;
import static dev.gaugeblock.pagebuf.PageBufFlags.FORCEIO;
import static dev.gaugeblock.pagebuf.PageBufFlags.FS_MANAGED;
import static dev.gaugeblock.pagebuf.PageBufFlags.KMEM_ALLOC;
import static dev.gaugeblock.pagebuf.PageBufFlags.LOCK;
import static dev.gaugeblock.pagebuf.PageBufFlags.MAPPED;
import static dev.gaugeblock.pagebuf.PageBufFlags.NOT_DONE;
import static dev.gaugeblock.pagebuf.PageBufFlags.PAGE_CACHE;
import static dev.gaugeblock.pagebuf.PageBufFlags.READ;
import static dev.gaugeblock.pagebuf.PageBufFlags.STALE;
import static dev.gaugeblock.pagebuf.PageBufFlags.TRYLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.mm.PageFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferTargetTest {
    private final Buffers buffers = new Buffers();
    private final BufferTarget target = buffers.target;

    private PageBuf unlocked(int page, int flags) {
        PageBuf buffer = buffers.get(page, flags);
        buffer.unlock(buffers.task);
        return buffer;
    }

    @Test
    void shouldMakeWhatIsMissingAndFindWhatIsThere() {
        PageBuf made = unlocked(1, 0);
        assertEquals(List.of("km:1"), buffers.calls());
        assertSame(made, buffers.get(1, 0));
        assertEquals(List.of("km:1", "free:8"), buffers.calls());
        assertEquals(2, made.holds());
        assertEquals(0, made.lock().count());
    }

    @Test
    void shouldFindExactlyTheBlocksThatWereAskedFor() {
        PageBuf made = unlocked(1, 0);
        assertNull(target.find(8, 4, 0, null, buffers.task));
        assertNull(target.find(9, 8, 0, null, buffers.task));
        assertNotSame(made, target.get(8, 4, 0, buffers.task));
        assertSame(made, target.find(8, 8, 0, null, buffers.task));
    }

    @Test
    void shouldMoveWhatWasLookedForToTheFrontOfItsChain() {
        PageBuf first = unlocked(1, 0);
        int page = 2;
        while (target.hash().chainOf(8 * page) != target.hash().chainOf(8)) {
            page++;
        }
        PageBuf second = unlocked(page, 0);
        assertEquals(List.of(second, first), target.hash().chainOf(8).buffers());
        target.find(8, 8, 0, null, buffers.task);
        assertEquals(List.of(first, second), target.hash().chainOf(8).buffers());
    }

    @Test
    void shouldNotWaitForTheLockWithTrylock() {
        PageBuf locked = buffers.get(1, 0);
        assertNull(target.find(8, 8, TRYLOCK, null, buffers.task));
        assertEquals(1, locked.holds());
        assertTrue(buffers.sleepsForEver(() -> target.find(8, 8, 0, null, buffers.task)));
        assertEquals(2, locked.holds(), "the hold of the one who waits");
    }

    @Test
    void shouldWaitForTheLockWithoutTrylock() {
        PageBuf locked = buffers.get(1, 0);
        buffers.whileAsleep = () -> locked.unlock(buffers.task);
        assertSame(locked, target.find(8, 8, 0, null, buffers.task));
    }

    @Test
    void shouldForgetEverythingOfAStaleBufferButItsMapping() {
        PageBuf buffer = unlocked(1, DELWRI | FS_MANAGED);
        buffer.flags.update(0, STALE, buffers.task);
        target.find(8, 8, 0, null, buffers.task);
        assertEquals(MAPPED, buffer.flags());
    }

    /** The trap: without _PAGE_CACHE its freeing gives no pages back. */
    @Test
    void shouldLoseThePagesOfABufferThatWasStale() {
        PageBuf buffer = unlocked(1, 0);
        buffer.flags.update(0, STALE, buffers.task);
        target.find(8, 8, 0, null, buffers.task);
        target.unlockAndRelease(buffer, buffers.task);
        buffers.calls();
        target.release(buffer, buffers.task);
        assertEquals(List.of("free:8"), buffers.calls());
        assertEquals(Buffers.FRAMES - 1, buffers.freeFrames());
    }

    @Test
    void shouldGiveEverythingBackWithTheLastRelease() {
        PageBuf buffer = target.get(8, 24, MAPPED, buffers.task);
        assertEquals(Buffers.FRAMES - 3, buffers.freeFrames());
        buffer.hold(buffers.task);
        target.release(buffer, buffers.task);
        buffers.calls();
        target.release(buffer, buffers.task);
        assertEquals(
                List.of("release_page:1", "release_page:2", "release_page:3", "kmem_free", "free:8"), buffers.calls());
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
        assertTrue(buffer.isFreed());
        assertEquals(List.of(), target.hash().chainOf(8).buffers());
        assertEquals(List.of(), target.live().list());
    }

    @Test
    void shouldQueueADelayedWriteInsteadOfFreeingIt() {
        PageBuf buffer = unlocked(1, DELWRI);
        target.release(buffer, buffers.task);
        assertEquals(List.of(buffer), target.delayed().buffers());
        assertEquals(1, buffer.holds());
        assertTrue((buffer.flags() & ASYNC) != 0);
    }

    @Test
    void shouldKeepWhatTheFileSystemManages() {
        PageBuf buffer = unlocked(1, FS_MANAGED);
        target.release(buffer, buffers.task);
        assertEquals(0, buffer.holds());
        assertFalse(buffer.isFreed());
        assertTrue(target.hash().isDrained(buffers.task));
        assertSame(buffer, target.find(8, 8, 0, null, buffers.task));
        buffer.flags.update(FS_MANAGED, 0, buffers.task);
        assertFalse(target.hash().isDrained(buffers.task));
    }

    @Test
    void shouldCallTheReleaseHookAndFreeNothing() {
        PageBuf buffer = buffers.get(1, 0);
        buffer.setHooks(null, (released, by) -> released.holds(), null);
        target.unlockAndRelease(buffer, buffers.task);
        assertEquals(1, buffer.holds());
        assertEquals(0, buffer.lock().count(), "the hook unlocks, if anybody");
        assertFalse(buffer.isFreed());
    }

    @Test
    void shouldQueueADelayedWriteAfterTheReleaseHookToo() {
        PageBuf buffer = buffers.get(1, DELWRI);
        buffer.setHooks(null, (released, by) -> 0, null);
        target.release(buffer, buffers.task);
        assertEquals(2, buffer.holds());
        assertTrue(buffer.isQueued());
    }

    @Test
    void shouldReadWhatIsNotUpToDateAndTakeReadOutOfWhatIs() {
        Buffers keeping = new Buffers(true);
        PageBuf buffer = keeping.target.read(8, 8, 0, keeping.task);
        assertEquals(List.of("km:1", "apply:READ"), keeping.calls());
        assertEquals(PAGE_CACHE | MAPPED, buffer.flags());
        buffer.unlock(keeping.task);
        assertSame(buffer, keeping.target.read(8, 8, 0, keeping.task));
        assertEquals(List.of("km:1", "free:8"), keeping.calls());
        assertEquals(PAGE_CACHE | MAPPED, buffer.flags());
    }

    @Test
    void shouldDropAReadAheadOfWhatIsUpToDate() {
        PageBuf buffer = target.read(8, 8, 0, buffers.task);
        buffer.unlock(buffers.task);
        assertNull(target.read(8, 8, ASYNC | TRYLOCK, buffers.task));
        assertEquals(1, buffer.holds());
        assertEquals(1, buffer.lock().count());
    }

    /** Without LOCK or TRYLOCK it is not the loser's to unlock. */
    @Test
    void shouldUnlockWhatItDropsOnlyIfALockWasAskedFor() {
        PageBuf buffer = target.read(8, 8, 0, buffers.task);
        buffer.unlock(buffers.task);
        assertNull(target.read(8, 8, ASYNC, buffers.task));
        assertEquals(0, buffer.lock().count());
    }

    @Test
    void shouldGiveUpWithoutAMapping() {
        buffers.vmapWorks = false;
        assertNull(target.get(8, 16, LOCK | MAPPED, buffers.task));
        assertEquals(List.of("km:1", "vmap:2", "release_page:1", "release_page:2", "free:8"), buffers.calls());
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
    }

    @Test
    void shouldGiveABufferMemoryOfItsOwnThatNobodyFinds() {
        PageBuf buffer = target.getUncached(24, buffers.task);
        assertEquals(FORCEIO | KMEM_ALLOC | MAPPED | PageBufFlags.NONE, buffer.flags());
        assertEquals(1, buffer.lock().count());
        assertNull(target.find(0, 24, 0, null, buffers.task));
        assertEquals(Buffers.FRAMES - 4, buffers.freeFrames(), "three pages take a block of four");
        buffers.calls();
        target.release(buffer, buffers.task);
        assertEquals(
                List.of("kmem_free", "kmem_free", "free:0"),
                buffers.calls(),
                "the memory, and the list of three pages");
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
    }

    @Test
    void shouldGiveUpAnUncachedBufferForWhichThereIsNoMemory() {
        int beyondTheLargestBlock = (PageFrame.SIZE << 10) / PageBuf.BLOCK_SIZE + 1;
        assertNull(target.getUncached(beyondTheLargestBlock, buffers.task));
        assertEquals(List.of("km:1", "free:0"), buffers.calls());
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
        assertEquals(List.of(), target.live().list());
    }

    @Test
    void shouldNoticeAReleaseHookWhereNoneBelongs() {
        PageBuf buffer = target.getUncached(8, buffers.task);
        buffer.setHooks(null, (released, by) -> 0, null);
        buffer.hold(buffers.task);
        buffers.calls();
        target.release(buffer, buffers.task);
        assertEquals(List.of("ASSERT:pagebuf_rele"), buffers.calls());
    }

    @Test
    void shouldMarkANewBufferAsNotDone() {
        assertEquals(PageBufFlags.NONE, buffers.get(1, READ).flags() & NOT_DONE);
    }
}
