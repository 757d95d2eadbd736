package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.ASYNC;
import static dev.gaugeblock.pagebuf.PageBufFlags.DELWRI;
import static dev.gaugeblock.pagebuf.PageBufFlags.FS_DATAIOD;
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
        buffers.device.behave(1, 0, true);
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
        buffers.device.behave(3, 0, true);
        io.start(buffer, READ | ASYNC, buffers.task);
        buffers.device.complete(buffers.interrupt);
        buffers.device.complete(buffers.interrupt);
        assertEquals(1, buffer.ioRemaining());
        assertEquals(READ, buffer.flags() & UPDATE);
        buffers.device.complete(buffers.interrupt);
        assertEquals(0, buffer.flags() & UPDATE);
        assertFalse(buffers.device.complete(buffers.interrupt));
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
        buffer.setHooksOwned((done, by) -> buffers.calls.add("hook") ? 0 : 0, null, null);
        assertTrue(buffers.sleepsForEver(() -> io.start(buffer, READ, buffers.task)));
        assertEquals(List.of("apply:READ", "hook"), buffers.calls());
        assertEquals(0, buffer.ioDone().count());
    }

    @Test
    void shouldKeepWhatIsNotDoneAfterAnError() {
        buffer.flags.update(0, PARTIAL, buffers.task);
        buffers.device.behave(2, EIO, false);
        assertEquals(EIO, io.start(buffer, READ, buffers.task));
        assertEquals(NONE | PARTIAL, buffer.flags() & NOT_DONE);
        buffers.device.behave(1, 0, false);
        assertEquals(EIO, io.start(buffer, READ, buffers.task), "nothing clears it");
        buffer.error.set(0, buffers.task);
        io.start(buffer, READ, buffers.task);
        assertEquals(0, buffer.flags() & NOT_DONE);
    }

    @Test
    void shouldEndAPartAsWasSettledWhenItWasSubmitted() {
        buffers.device.behave(1, EIO, true);
        io.start(buffer, READ | ASYNC, buffers.task);
        buffers.device.behave(1, 0, true);
        buffers.device.complete(buffers.interrupt);
        assertEquals(EIO, buffer.error());
    }

    @Test
    void shouldMakePagesUpToDateByReadingAlone() {
        io.start(buffer, WRITE, buffers.task);
        assertFalse(buffer.page(0).isUpToDate(buffers.task));
        io.start(buffer, READ, buffers.task);
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
        assertEquals(List.of("apply:WRITE", "ASSERT:apply_"), buffers.calls());
    }

    @Test
    void shouldUseTheStrategyHookForWritesAlone() {
        buffer.setHooksOwned(null, null, (written, by) -> EIO);
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
        assertEquals(List.of("apply:WRITE", "ASSERT:apply_", "release_page:1", "free:8"), buffers.calls());
    }

    @Test
    void shouldNotWaitForAnAsynchronousBufferToBeWritten() {
        defer();
        buffer.flags.update(0, ASYNC, buffers.task);
        assertEquals(0, io.write(buffer, buffers.task));
        assertEquals(List.of("apply:WRITE", "ASSERT:apply_", "run_queue"), buffers.calls());
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
        assertEquals(List.of("apply:WRITE", "run_queue", "release_page:1", "free:8"), buffers.calls());
    }
}
