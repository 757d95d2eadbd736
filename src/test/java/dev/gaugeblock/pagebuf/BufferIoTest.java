package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.ASYNC;
import static dev.gaugeblock.pagebuf.PageBufFlags.DELWRI;
import static dev.gaugeblock.pagebuf.PageBufFlags.FS_DATAIOD;
import static dev.gaugeblock.pagebuf.PageBufFlags.LOCK;
import static dev.gaugeblock.pagebuf.PageBufFlags.MAPPED;
import static dev.gaugeblock.pagebuf.PageBufFlags.NONE;
import static dev.gaugeblock.pagebuf.PageBufFlags.NOT_DONE;
import static dev.gaugeblock.pagebuf.PageBufFlags.PAGE_CACHE;
import static dev.gaugeblock.pagebuf.PageBufFlags.PARTIAL;
import static dev.gaugeblock.pagebuf.PageBufFlags.READ;
import static dev.gaugeblock.pagebuf.PageBufFlags.READ_AHEAD;
import static dev.gaugeblock.pagebuf.PageBufFlags.RUN_QUEUES;
import static dev.gaugeblock.pagebuf.PageBufFlags.UPDATE;
import static dev.gaugeblock.pagebuf.PageBufFlags.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.mm.PageFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferIoTest {
    private static final int EIO = 5;

    private final Buffers buffers = new Buffers();
    private final BufferIo io = buffers.target.io();
    private final PageBuf buffer = buffers.get(1, 0);

    BufferIoTest() {
        buffers.calls();
    }

    private void defer() {
        buffers.device.behave(1, false, true);
    }

    @Test
    void shouldWaitForWhatIsNotAsynchronous() {
        assertEquals(0, io.start(buffer, READ, buffers.task));
        assertEquals(PAGE_CACHE | MAPPED, buffer.flags());
        assertEquals(0, buffer.ioDone().count(), "the wait takes what completion gives");
        assertEquals(1, buffer.holds());
        assertEquals(0, buffer.ioRemaining());
    }

    @Test
    void shouldSleepUntilTheDeviceIsDone() {
        defer();
        assertTrue(buffers.sleepsForEver(() -> io.start(buffer, WRITE, buffers.task)));
        assertEquals(List.of("apply:WRITE", "run_queue"), buffers.calls());
        assertEquals(1, buffer.ioRemaining());
        buffers.device.complete(buffers.interrupt);
        assertEquals(0, buffer.ioRemaining());
        assertEquals(1, buffer.ioDone().count());
    }

    @Test
    void shouldNotEndBeforeAllPartsHave() {
        buffers.device.behave(3, false, true);
        PageBuf pages = buffers.target.get(16, 24, LOCK, buffers.task);
        io.start(pages, READ | ASYNC, buffers.task);
        buffers.device.complete(buffers.interrupt);
        buffers.device.complete(buffers.interrupt);
        assertEquals(1, pages.ioRemaining());
        assertEquals(READ, pages.flags() & UPDATE);
        assertFalse(pages.page(2).isUpToDate(buffers.task), "each part tells of its own pages");
        assertTrue(pages.page(1).isUpToDate(buffers.task));
        buffers.device.complete(buffers.interrupt);
        assertEquals(0, pages.flags() & UPDATE);
        assertFalse(buffers.device.complete(buffers.interrupt));
    }

    /** Five pages in at most three parts: two, two and one. In at most four it takes three parts as well. */
    @Test
    void shouldCutARequestAtPages() {
        for (int parts : new int[] {3, 4}) {
            buffers.device.behave(parts, false, true);
            PageBuf pages = buffers.target.get(20 + 48 * (parts - 3), 33, LOCK, buffers.task);
            assertEquals(5, pages.pageCount());
            io.start(pages, WRITE | ASYNC, buffers.task);
            assertEquals(3, pages.ioRemaining());
            while (buffers.device.complete(buffers.interrupt)) {
                assertEquals(
                        pages.ioRemaining() == 2,
                        pages.page(1).isUpToDate(buffers.task) && !pages.page(2).isUpToDate(buffers.task));
            }
            buffers.target.work().run(buffers.task);
        }
        buffers.device.behave(9, false, true);
        io.start(buffer, WRITE | ASYNC, buffers.task);
        assertEquals(1, buffer.ioRemaining(), "one page is one part");
    }

    @Test
    void shouldReadTheWholeFirstPageOfALockedBufferOfLess() {
        PageBuf across = buffers.target.get(23, 2, LOCK | READ, buffers.task);
        buffers.calls();
        io.start(across, READ, buffers.task);
        assertEquals(List.of("apply:READ"), buffers.calls());
        assertTrue(across.page(0).isUpToDate(buffers.task));
        assertFalse(across.page(0).frame.has(PageFlags.LOCKED));
        assertFalse(across.page(1).isUpToDate(buffers.task));
        assertTrue(across.page(1).frame.has(PageFlags.LOCKED), "nobody has read it");
        PageBuf unlocked = buffers.target.get(39, 2, LOCK, buffers.task);
        io.start(unlocked, READ, buffers.task);
        assertTrue(unlocked.page(1).isUpToDate(buffers.task));
    }

    /** The lookup gave up, and somebody else has found the buffer meanwhile. */
    @Test
    void shouldNeverEndARequestThatHasNoPages() {
        buffer.memory.cut(0);
        io.start(buffer, READ | ASYNC, buffers.task);
        assertEquals(EIO, buffer.error());
        assertEquals(1, buffer.ioRemaining());
        assertEquals(List.of(), buffers.calls());
        assertEquals(0, buffers.device.pending());
    }

    @Test
    void shouldLetAThreadCompleteWhatAnInterruptEnded() {
        defer();
        io.start(buffer, WRITE | ASYNC, buffers.task);
        buffers.device.complete(buffers.interrupt);
        assertEquals(List.of("apply:WRITE", "queue_work:log"), buffers.calls());
        assertFalse(buffer.isFreed());
        buffers.target.work().run(buffers.task);
        assertTrue(buffer.isFreed());
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
    }

    @Test
    void shouldCompleteAtOnceWhatEndedWithinTheRequest() {
        io.start(buffer, WRITE | ASYNC, buffers.task);
        assertEquals(List.of("apply:WRITE", "release_page:1", "free:8"), buffers.calls());
        assertEquals(0, buffers.target.work().length());
    }

    @Test
    void shouldChooseTheQueueForData() {
        defer();
        buffer.flags.update(0, FS_DATAIOD, buffers.task);
        io.start(buffer, WRITE | ASYNC, buffers.task);
        buffers.device.complete(buffers.interrupt);
        assertEquals(List.of("apply:WRITE", "queue_work:data"), buffers.calls());
    }

    /** The trap: with a hook, nobody ups the semaphore of those who wait. */
    @Test
    void shouldCallTheHookInsteadOfWakingAnybody() {
        buffer.setHooks((done, by) -> buffers.calls.add("hook") ? 0 : 0, null, null);
        assertTrue(buffers.sleepsForEver(() -> io.start(buffer, READ, buffers.task)));
        assertEquals(List.of("apply:READ", "hook"), buffers.calls());
        assertEquals(0, buffer.ioDone().count());
    }

    @Test
    void shouldKeepWhatIsNotDoneAfterAnError() {
        buffer.flags.update(0, PARTIAL, buffers.task);
        buffers.device.behave(2, true, false);
        assertEquals(EIO, io.start(buffer, READ, buffers.task));
        assertEquals(NONE | PARTIAL, buffer.flags() & NOT_DONE);
        buffers.device.behave(1, false, false);
        assertEquals(EIO, io.start(buffer, READ, buffers.task), "nothing clears it");
        buffer.error.set(0, buffers.task);
        io.start(buffer, READ, buffers.task);
        assertEquals(0, buffer.flags() & NOT_DONE);
    }

    @Test
    void shouldEndAPartAsWasSettledWhenItWasSubmitted() {
        buffers.device.behave(1, true, true);
        io.start(buffer, READ | ASYNC, buffers.task);
        buffers.device.behave(1, false, true);
        buffers.device.complete(buffers.interrupt);
        assertEquals(EIO, buffer.error());
    }

    @Test
    void shouldMakePagesUpToDateByReadingAndWritingUnlessThereIsAnError() {
        PageBuf failed = buffers.get(2, 0);
        failed.error.set(EIO, buffers.task);
        io.start(failed, WRITE, buffers.task);
        assertFalse(failed.page(0).isUpToDate(buffers.task), "an error from before");
        io.start(buffer, WRITE, buffers.task);
        assertTrue(buffer.page(0).isUpToDate(buffers.task));
    }

    @Test
    void shouldOnlyQueueADelayedWrite() {
        buffer.flags.update(0, READ | WRITE, buffers.task);
        assertEquals(0, io.start(buffer, DELWRI | ASYNC | WRITE | READ_AHEAD, buffers.task));
        assertEquals(List.of(), buffers.calls());
        assertEquals(PAGE_CACHE | MAPPED | NONE | DELWRI | ASYNC, buffer.flags());
        assertEquals(List.of(buffer), buffers.target.delayed().buffers());
        assertEquals(1, buffer.lock().count());
        assertEquals(1, buffer.holds(), "the reference is the queue's now");
    }

    @Test
    void shouldTakeTheFlagsOfItsArgumentAndNoOthers() {
        defer();
        buffer.flags.update(0, WRITE | DELWRI | READ_AHEAD | RUN_QUEUES, buffers.task);
        io.start(buffer, READ | ASYNC, buffers.task);
        assertEquals(PAGE_CACHE | MAPPED | NONE | READ | ASYNC, buffer.flags());
        assertEquals(List.of("apply:READ"), buffers.calls());
    }

    @Test
    void shouldRequestNothingOfADelayedWrite() {
        buffer.flags.update(0, DELWRI | WRITE, buffers.task);
        io.request(buffer, buffers.task);
        assertEquals(List.of(), buffers.calls());
        assertTrue(buffer.isQueued());
    }

    @Test
    void shouldNoticeARequestThatNeitherReadsNorWrites() {
        io.request(buffer, buffers.task);
        assertEquals(List.of("ASSERT:_pagebuf_iolocked", "apply:WRITE", "ASSERT:_pagebuf_iolocked"), buffers.calls());
    }

    @Test
    void shouldUseTheStrategyHookForWritesAlone() {
        buffer.setHooks(null, null, (written, by) -> EIO);
        assertEquals(0, io.start(buffer, READ, buffers.task));
        assertEquals(EIO, io.start(buffer, WRITE, buffers.task));
        assertEquals(List.of("apply:READ"), buffers.calls());
    }

    @Test
    void shouldRefuseABufferWithoutAPlaceOnTheDevice() {
        PageBuf nowhere = buffers.target.getUncached(8, buffers.task);
        KernelBug bug = assertThrows(KernelBug.class, () -> io.start(nowhere, READ, buffers.task));
        assertEquals("pagebuf_iostart: bug", bug.getMessage());
    }

    @Test
    void shouldWaitUntilItIsUnpinnedBeforeItIsWritten() {
        buffer.pin(buffers.task);
        buffer.pin(buffers.task);
        assertEquals(0, io.start(buffer, READ, buffers.task), "reading is allowed");
        buffers.calls();
        buffers.whileAsleep = () -> {
            assertEquals(List.of(), buffers.calls());
            buffer.unpin(buffers.task);
            buffer.unpin(buffers.task);
        };
        assertEquals(0, io.start(buffer, WRITE, buffers.task));
        assertEquals(List.of("apply:WRITE"), buffers.calls());
        assertEquals(0, buffer.pins());
    }

    @Test
    void shouldRunTheQueueOnlyWhileIoIsOutstanding() {
        defer();
        io.start(buffer, WRITE | ASYNC | RUN_QUEUES, buffers.task);
        assertEquals(List.of("apply:WRITE", "run_queue"), buffers.calls());
        assertEquals(0, buffer.flags() & RUN_QUEUES);
        buffer.hold(buffers.task);
        buffers.device.complete(buffers.interrupt);
        buffers.target.work().run(buffers.task);
        buffers.calls();
        buffers.target.lock(buffer, buffers.task);
        assertEquals(List.of(), buffers.calls());
    }

    @Test
    void shouldUnlockPagesAtTheEnd() {
        defer();
        PageBuf reading = buffers.get(2, READ);
        assertTrue(reading.hasPagesLocked());
        io.start(reading, READ | ASYNC, buffers.task);
        buffers.device.complete(buffers.interrupt);
        assertFalse(reading.hasPagesLocked());
    }

    @Test
    void shouldWriteAndLetGo() {
        buffer.flags.update(0, DELWRI, buffers.task);
        assertEquals(0, io.write(buffer, buffers.task));
        assertEquals(
                List.of(
                        "ASSERT:_pagebuf_iolocked",
                        "apply:WRITE",
                        "ASSERT:_pagebuf_iolocked",
                        "release_page:1",
                        "free:8"),
                buffers.calls());
    }

    @Test
    void shouldNotWaitForAnAsynchronousBufferToBeWritten() {
        defer();
        buffer.flags.update(0, ASYNC, buffers.task);
        assertEquals(0, io.write(buffer, buffers.task));
        assertEquals(List.of("ASSERT:_pagebuf_iolocked", "apply:WRITE", "run_queue"), buffers.calls());
        assertEquals(1, buffers.device.pending());
    }

    @Test
    void shouldWriteLaterOrSoon() {
        io.writeLater(buffer, buffers.task);
        assertEquals(1, buffers.target.delayed().buffers().size());
        buffers.target.lock(buffer, buffers.task);
        buffer.hold(buffers.task);
        io.writeAsync(buffer, buffers.task);
        assertEquals(List.of(), buffers.target.delayed().buffers());
        assertEquals(List.of("apply:WRITE", "release_page:1", "free:8"), buffers.calls());
    }
}
