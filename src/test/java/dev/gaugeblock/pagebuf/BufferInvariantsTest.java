package dev.gaugeblock.pagebuf;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Each invariant of page buffers holds in sound states, and says what is wrong in others. */
class BufferInvariantsTest {
    private final Buffers buffers = new Buffers();
    private final BufferTarget target = buffers.target;
    private final PageBuf buffer = buffers.get(1, 0);

    private static void assertSays(String what, String said) {
        assertTrue(said != null && said.contains(what), said);
    }

    @Test
    void shouldAllHoldOfASoundState() {
        target.io().writeLater(buffers.get(2, 0), buffers.task);
        assertNull(target.live().nobodyForgotten());
        assertNull(target.live().noArgumentStored());
        assertNull(target.live().noLockFreeTwice());
        assertNull(target.hash().everyBufferInItsChain());
        assertNull(target.freedBuffersNowhere());
        assertNull(target.delayed().queuedBuffersHeld());
        assertNull(buffers.cache.everyUserHasAReference());
        assertTrue(target.isAtRest());
    }

    @Test
    void shouldNoticeAStoredArgument() {
        buffer.flags.update(0, PageBufFlags.TRYLOCK, buffers.task);
        assertNull(target.live().noArgumentStored());
        buffer.flags.update(0, PageBufFlags.DONT_BLOCK, buffers.task);
        assertSays("with LOCK or DONT_BLOCK among them", target.live().noArgumentStored());
    }

    @Test
    void shouldNoticeAnUnlockingTooMany() {
        buffer.unlock(buffers.task);
        assertNull(target.live().noLockFreeTwice());
        buffer.unlock(buffers.task);
        assertSays("the lock of buffer 8+8 is free 2 times over", target.live().noLockFreeTwice());
    }

    @Test
    void shouldNoticeASleeperWhoseIoIsNotUnderWay() {
        assertTrue(buffers.sleepsForEver(() -> target.io().await(buffer, buffers.task)));
        assertSays("no I/O is under way", target.live().nobodyForgotten());
    }

    @Test
    void shouldLetASleeperWaitForIoThatIsUnderWay() {
        buffers.device.behave(1, false, true);
        assertTrue(buffers.sleepsForEver(() -> target.io().start(buffer, PageBufFlags.READ, buffers.task)));
        assertNull(target.live().nobodyForgotten());
    }

    @Test
    void shouldNoticeABufferInAForeignChain() {
        int other = 0;
        while (target.hash().chain(other) == target.hash().chainOf(8)) {
            other++;
        }
        HashChain foreign = target.hash().chain(other);
        foreign.lock.acquire(buffers.task);
        foreign.addLocked(buffer, buffers.task);
        foreign.lock.release(buffers.task);
        assertSays("not that of its block", target.hash().everyBufferInItsChain());
    }

    @Test
    void shouldNoticeTheSameBlocksTwiceInAChain() {
        HashChain chain = target.hash().chainOf(8);
        chain.lock.acquire(buffers.task);
        chain.addLocked(buffer, buffers.task);
        chain.lock.release(buffers.task);
        assertSays("twice in its chain", target.hash().everyBufferInItsChain());
    }

    @Test
    void shouldNoticeAFreedBufferInAChainOrUnderWay() {
        buffers.device.behave(1, false, true);
        target.io().start(buffer, PageBufFlags.WRITE | PageBufFlags.ASYNC, buffers.task);
        target.release(buffer, buffers.task);
        assertSays("is still under way", target.freedBuffersNowhere());
        PageBuf other = buffers.get(2, 0);
        other.markFreed(buffers.task);
        assertSays("is still in its hash chain", target.freedBuffersNowhere());
    }

    @Test
    void shouldNoticeAQueuedBufferWithoutItsReference() {
        target.io().writeLater(buffer, buffers.task);
        buffer.hold.set(0, buffers.task);
        assertSays("with a hold count of 0", target.delayed().queuedBuffersHeld());
        buffer.list = null;
        assertSays("does not know it", target.delayed().queuedBuffersHeld());
    }

    @Test
    void shouldNoticeALostReferenceOfAPage() {
        buffers.allocator.free(buffer.page(0).frame, 0, buffers.task);
        assertSays("page 1 has 1 users, but frame", buffers.cache.everyUserHasAReference());
    }

    @Test
    void shouldNotBeAtRestWhileALockIsHeld() {
        target.hash().chainOf(8).lock.acquire(buffers.task);
        assertTrue(!target.isAtRest());
    }
}
