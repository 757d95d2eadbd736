package dev.gaugeblock.pagebuf;

import static dev.gaugeblock.pagebuf.PageBufFlags.ASYNC;
import static dev.gaugeblock.pagebuf.PageBufFlags.DELWRI;
import static dev.gaugeblock.pagebuf.PageBufFlags.STALE;
import static dev.gaugeblock.pagebuf.PageBufFlags.UPDATE;
import static dev.gaugeblock.pagebuf.PageBufFlags.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.KernelBug;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedWritesTest {
    private final Buffers buffers = new Buffers();
    private final DelayedWrites delayed = buffers.target.delayed();

    private PageBuf queued(int page) {
        PageBuf buffer = buffers.get(page, 0);
        buffers.target.io().writeLater(buffer, buffers.task);
        buffers.calls();
        return buffer;
    }

    @Test
    void shouldPutWhatIsQueuedAgainAtTheTailWithOneReference() {
        PageBuf first = queued(1);
        PageBuf second = queued(2);
        assertEquals(List.of(first, second), delayed.buffers());
        buffers.target.find(8, 8, 0, null, buffers.task);
        assertEquals(2, first.holds());
        buffers.target.io().writeLater(first, buffers.task);
        assertEquals(List.of(second, first), delayed.buffers());
        assertEquals(1, first.holds());
    }

    /** Queued by a release, the reference that was dropped and taken again is the queue's: none to give back. */
    @Test
    void shouldKeepTheReferenceOfAReleasedBufferThatIsQueuedAgain() {
        PageBuf buffer = queued(1);
        buffer.hold(buffers.task);
        buffer.flags.update(0, DELWRI, buffers.task);
        delayed.queue(buffer, false, buffers.task);
        assertEquals(2, buffer.holds());
    }

    @Test
    void shouldNoticeThatABufferIsNotToBeWrittenLater() {
        PageBuf buffer = buffers.get(1, 0);
        buffers.calls();
        delayed.queue(buffer, false, buffers.task);
        assertEquals(List.of("ASSERT:pagebuf_delwri_queue"), buffers.calls());
    }

    @Test
    void shouldDropTheReferenceOfWhatItTakesOut() {
        PageBuf buffer = queued(1);
        delayed.dequeue(buffer, buffers.task);
        assertTrue(buffer.isFreed());
        assertEquals(List.of(), delayed.buffers());
        assertEquals(Buffers.FRAMES, buffers.freeFrames());
    }

    @Test
    void shouldClearTheFlagEvenIfNothingIsQueued() {
        PageBuf buffer = buffers.get(1, DELWRI);
        delayed.dequeue(buffer, buffers.task);
        assertEquals(0, buffer.flags() & DELWRI);
        assertEquals(1, buffer.holds());
    }

    /** The trap: without the flag the queue does not let go. */
    @Test
    void shouldLeaveInTheQueueWhatHasLostItsFlag() {
        PageBuf buffer = queued(1);
        buffer.flags.update(DELWRI, 0, buffers.task);
        delayed.dequeue(buffer, buffers.task);
        assertTrue(buffer.isQueued());
        assertEquals(1, buffer.holds());
    }

    @Test
    void shouldWriteInTheDaemonWhatIsNeitherPinnedNorLocked() {
        PageBuf pinned = queued(1);
        pinned.pin(buffers.task);
        PageBuf locked = queued(2);
        locked.tryLock(buffers.task);
        PageBuf free = queued(3);
        delayed.writeOld(buffers.task);
        assertEquals(List.of("apply:WRITE", "release_page:3", "free:24", "run_queue"), buffers.calls());
        assertTrue(free.isFreed());
        assertEquals(List.of(pinned, locked), delayed.buffers());
    }

    @Test
    void shouldWaitForEachBufferInAFlushThatWaits() {
        PageBuf pinned = queued(1);
        pinned.pin(buffers.task);
        PageBuf first = queued(2);
        PageBuf second = queued(3);
        buffers.device.behave(1, false, true);
        buffers.whileAsleep = () -> {
            assertEquals(0, first.flags() & ASYNC);
            buffers.device.complete(buffers.interrupt);
            buffers.device.complete(buffers.interrupt);
        };
        assertEquals(1, delayed.flush(true, buffers.task));
        assertTrue(first.isFreed() && second.isFreed());
        assertEquals(List.of(pinned), delayed.buffers());
        assertEquals(Buffers.FRAMES - 1, buffers.freeFrames());
    }

    @Test
    void shouldWriteTheNewestFirst() {
        queued(1);
        queued(2);
        queued(3);
        delayed.flush(false, buffers.task);
        List<String> written = buffers.calls();
        assertEquals(List.of("free:24", "free:16", "free:8"), only("free", written));
        queued(1);
        queued(2);
        delayed.writeOld(buffers.task);
        assertEquals(List.of("free:16", "free:8"), only("free", buffers.calls()));
    }

    private static List<String> only(String word, List<String> calls) {
        return calls.stream().filter(call -> call.startsWith(word)).toList();
    }

    /** It lost the flag when somebody found it stale; it is written all the same. */
    @Test
    void shouldNoticeWhatIsQueuedWithoutItsFlag() {
        queued(1).flags.update(DELWRI, 0, buffers.task);
        delayed.writeOld(buffers.task);
        assertEquals(
                List.of("ASSERT:pagebuf_daemon", "apply:WRITE", "release_page:1", "free:8", "run_queue"),
                buffers.calls());
        queued(2).flags.update(DELWRI, 0, buffers.task);
        delayed.flush(false, buffers.task);
        assertEquals(List.of("ASSERT:xfs_flush_buftarg", "apply:WRITE", "release_page:2", "free:16"), buffers.calls());
    }

    @Test
    void shouldHaveCompletionsRunBeforeAFlush() {
        buffers.device.behave(1, false, true);
        PageBuf log = buffers.get(1, 0);
        PageBuf data = buffers.get(2, 0);
        data.flags.update(0, PageBufFlags.FS_DATAIOD, buffers.task);
        for (PageBuf buffer : List.of(log, data)) {
            buffers.target.io().start(buffer, WRITE | ASYNC, buffers.task);
            buffers.device.complete(buffers.interrupt);
        }
        buffers.calls();
        buffers.whileAsleep = () -> {
            buffers.target.work().runAll(true, buffers.task);
            assertTrue(data.isFreed());
            buffers.whileAsleep = () -> buffers.target.work().runAll(false, buffers.task);
        };
        delayed.flush(false, buffers.task);
        assertEquals(List.of("release_page:2", "free:16", "release_page:1", "free:8"), buffers.calls());
    }

    /**
     * It sleeps for the lock of a buffer that its user then has written later: that counts as queued, and drops a
     * reference.
     */
    @Test
    void shouldDropAReferenceIfABufferIsQueuedAgainDuringAFlushThatWaits() {
        PageBuf buffer = queued(1);
        buffers.target.find(8, 8, 0, null, buffers.task);
        assertEquals(2, buffer.holds());
        buffers.whileAsleep = () -> {
            assertTrue(buffer.isQueued());
            assertEquals(List.of(), delayed.buffers());
            buffers.target.io().writeLater(buffer, buffers.task);
            assertEquals(List.of(buffer), delayed.buffers());
        };
        assertEquals(0, delayed.flush(true, buffers.task));
        assertEquals(0, buffer.holds(), "one for its user, one for each time that it was queued");
        assertTrue(delayed.queuedBuffersHeld().contains("with a hold count of 0"));
    }

    /** The next of the private list is looked for in the queue then, and behind its end is no buffer. */
    @Test
    void shouldStopIfTheBufferWhoseTurnIsNextWasQueuedAgain() {
        PageBuf next = queued(1);
        PageBuf locked = queued(2);
        locked.tryLock(buffers.task);
        buffers.target.find(8, 8, 0, null, buffers.task);
        buffers.whileAsleep = () -> {
            buffers.target.io().writeLater(next, buffers.task);
            locked.unlock(buffers.task);
        };
        KernelBug bug = assertThrows(KernelBug.class, () -> delayed.flush(false, buffers.task));
        assertEquals("xfs_flush_buftarg: list_left", bug.getMessage());
    }

    @Test
    void shouldOnlyStartWhatAFlushWithoutWaitingWrites() {
        PageBuf buffer = queued(1);
        buffers.device.behave(1, false, true);
        assertEquals(0, delayed.flush(false, buffers.task));
        assertEquals(ASYNC | WRITE, buffer.flags() & (ASYNC | DELWRI | UPDATE));
        assertFalse(buffer.isQueued());
        buffers.device.complete(buffers.interrupt);
        buffers.target.work().run(buffers.task);
        assertTrue(buffer.isFreed());
    }

    @Test
    void shouldSetAndClearWhatAMacroNames() {
        PageBuf buffer = queued(1);
        buffer.hold(buffers.task);
        BufferMacros.apply("SUPER_STALE", buffer, buffers.target, buffers.task);
        assertEquals(STALE, buffer.flags() & (STALE | DELWRI | PageBufFlags.NOT_DONE));
        assertFalse(buffer.isQueued());
        BufferMacros.apply("UNSTALE", buffer, buffers.target, buffers.task);
        assertEquals(0, buffer.flags() & STALE);
        BufferMacros.apply("DELAYWRITE", buffer, buffers.target, buffers.task);
        BufferMacros.apply("READ", buffer, buffers.target, buffers.task);
        BufferMacros.apply("FLUSH", buffer, buffers.target, buffers.task);
        BufferMacros.apply("ZEROFLAGS", buffer, buffers.target, buffers.task);
        assertEquals(PageBufFlags.FLUSH, buffer.flags() & (UPDATE | ASYNC | DELWRI | PageBufFlags.FLUSH));
    }

    @Test
    void shouldRefuseAMacroThatIsNone() {
        PageBuf buffer = buffers.get(1, 0);
        for (String name : List.of("GUESS", "UNGUESS", "UN", "UNUNSTALE", "UNZEROFLAGS")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> BufferMacros.apply(name, buffer, buffers.target, buffers.task),
                    name);
        }
    }
}
