package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;

/**
 * Reads and writes buffers. Whoever starts I/O owns the buffer's lock; if nobody is to wait for it, the completion takes over the
 * lock and a reference.
 */
public final class BufferIo {
    /** {@code BIO_MAX_PAGES}: no part of a request has more pages. */
    public static final int MOST_PAGES = 256;

    /** The error that every failure of a device leaves in a buffer. */
    public static final int EIO = 5;

    private static final int SET_BY_START = PageBufFlags.READ
            | PageBufFlags.WRITE
            | PageBufFlags.ASYNC
            | PageBufFlags.READ_AHEAD
            | PageBufFlags.RUN_QUEUES;

    private final @NotOnlyInitialized BufferTarget target;
    private final BlockDevice device;
    private final BufferPages pages;
    private final BufferObserver observer;

    BufferIo(@UnderInitialization BufferTarget target, BlockDevice device, BufferPages pages, BufferObserver observer) {
        this.target = target;
        this.device = device;
        this.pages = pages;
        this.observer = observer;
    }

    /**
     * {@code pagebuf_iostart}: reads or writes as the argument says, and waits for it unless that has ASYNC. With DELWRI it only
     * has the buffer written later, and gives up the lock and the reference of the caller.
     *
     * @return 0 or a positive error number
     * @throws KernelBug {@code bug} for a buffer whose place on the device is not known
     */
    public int start(PageBuf buffer, int argument, Task task) {
        if ((argument & PageBufFlags.DELWRI) != 0) {
            int asked = argument & (PageBufFlags.DELWRI | PageBufFlags.ASYNC);
            buffer.flags.update(PageBufFlags.UPDATE | PageBufFlags.ASYNC, asked, task);
            target.delayed().queue(buffer, true, task);
            return 0;
        }
        buffer.flags.update(SET_BY_START | PageBufFlags.DELWRI, argument & SET_BY_START, task);
        if (buffer.address() == PageBuf.NO_ADDRESS) {
            throw new KernelBug("pagebuf_iostart", "bug");
        }
        int status = (argument & PageBufFlags.WRITE) != 0 ? strategy(buffer, task) : request(buffer, task);
        return status == 0 && (argument & PageBufFlags.ASYNC) == 0 ? await(buffer, task) : status;
    }

    /** {@code pagebuf_iostrategy}: the request, or what the file system has put in its place. */
    int strategy(PageBuf buffer, Task task) {
        BufferHook hook = buffer.strategyHook;
        return hook == null ? request(buffer, task) : hook.run(buffer, task);
    }

    /**
     * {@code pagebuf_iorequest}: submits the request that the flags tell of. A reference of its own keeps the buffer meanwhile, and a
     * count of its own in {@code io_remaining} keeps completion from coming before everything is submitted.
     *
     * @return 0: what goes wrong is in the buffer's error
     */
    public int request(PageBuf buffer, Task task) {
        int flags = buffer.flags.get(task);
        if ((flags & PageBufFlags.DELWRI) != 0) {
            target.delayed().queue(buffer, true, task);
            return 0;
        }
        if ((flags & PageBufFlags.WRITE) != 0) {
            buffer.waitUntilUnpinned(device, task);
        }
        buffer.hold(task);
        buffer.ioRemaining.set(1, task);
        apply(buffer, task);
        partDone(buffer, false, task);
        target.release(buffer, task);
        return 0;
    }

    /**
     * {@code _pagebuf_ioapply}: submits the request in parts. A buffer of less than a page whose page was locked to be read has the
     * whole of that page read, for the sake of what else is in it. It is only the first page, even if the buffer reaches into a
     * second one: that one is not read, and stays locked.
     */
    private void apply(PageBuf buffer, Task task) {
        boolean locked = isReadingLocked(buffer, task);
        boolean read = buffer.has(PageBufFlags.READ, task);
        if (locked && pages.areBlocks() && buffer.bytes() < PageFrame.SIZE) {
            submit(new Bio(buffer, true, 0, 0, PageFrame.SIZE, 1), task);
        } else {
            submitAll(buffer, read, task);
        }
        if (buffer.has(PageBufFlags.RUN_QUEUES, task)) {
            buffer.flags.update(PageBufFlags.RUN_QUEUES, 0, task);
            if (buffer.ioRemaining.get(task) > 1) {
                device.runQueue(task);
            }
        }
    }

    /**
     * In order, with as many pages in a part as the device takes. What has no page any more, as a lookup gave up, makes a part
     * without pages: that is an error, and its count in {@code io_remaining} stays, so that the request never ends.
     */
    private void submitAll(PageBuf buffer, boolean read, Task task) {
        int count = buffer.memory.count();
        int most = Math.min(MOST_PAGES, device.pagesAtOnce(count));
        int offset = buffer.offset();
        int left = buffer.bytes();
        int next = 0;
        boolean taken = true;
        while (left > 0 && taken) {
            Bio bio = new Bio(buffer, read, next, offset, left, Math.min(most, count - next));
            taken = submit(bio, task);
            offset = 0;
            left -= bio.bytes();
            next += bio.pages;
        }
    }

    /** Returns whether there was anything to submit. */
    private boolean submit(Bio bio, Task task) {
        bio.buffer.ioRemaining.add(1, task);
        if (bio.pages == 0) {
            bio.buffer.error.set(EIO, task);
            return false;
        }
        observer.applied(bio.read);
        device.submit(bio, task);
        return true;
    }

    /** {@code _pagebuf_iolocked}: whether the buffer is being read, and its pages are locked for that. */
    private boolean isReadingLocked(PageBuf buffer, Task task) {
        int flags = buffer.flags.get(task);
        if ((flags & PageBufFlags.UPDATE) == 0) {
            observer.assertionFailed("_pagebuf_iolocked");
        }
        return (flags & PageBufFlags.READ) != 0 && buffer.memory.isLocked();
    }

    /**
     * {@code bio_end_io_pagebuf}: the device has carried a part of a request out. Each of its pages is then up to date, whether it
     * was read or written, unless the buffer has an error, from now or from before; and one that was locked to be read is unlocked.
     * Interrupt handlers call it.
     *
     * @param failed whether it came to nothing
     * @throws KernelBug {@code bug} if the page that it unlocks was not locked
     */
    public void ended(Bio bio, boolean failed, Task task) {
        PageBuf buffer = bio.buffer;
        if (failed) {
            buffer.error.set(EIO, task);
        }
        for (int i = 0; i < bio.pages; i++) {
            if (buffer.error.get(task) == 0) {
                pages.setUpToDate(bio, i, task);
            }
            if (isReadingLocked(buffer, task)) {
                pages.unlock(buffer, bio.first + i, task);
            }
        }
        partDone(buffer, true, task);
    }

    /** {@code _pagebuf_iodone}: after the last part, all is done. */
    private void partDone(PageBuf buffer, boolean schedule, Task task) {
        if (buffer.ioRemaining.add(-1, task) == 0) {
            buffer.setEndingGhost(true);
            buffer.memory.setLocked(false);
            done(buffer, buffer.has(PageBufFlags.FS_DATAIOD, task), schedule, task);
        }
    }

    /**
     * {@code pagebuf_iodone}: I/O is at its end. If somebody waits, wakes them; otherwise completes it, at once or in a thread.
     *
     * @param data whether that thread is the one for data, rather than for the log
     * @param schedule whether a thread must do it, since this is an interrupt
     */
    public void done(PageBuf buffer, boolean data, boolean schedule, Task task) {
        buffer.flags.update(PageBufFlags.UPDATE, 0, task);
        if (buffer.error.get(task) == 0) {
            buffer.flags.update(PageBufFlags.NOT_DONE, 0, task);
        }
        if (buffer.doneHook == null && !buffer.has(PageBufFlags.ASYNC, task)) {
            buffer.ioDone.up(task);
            buffer.setEndingGhost(false);
        } else if (schedule) {
            buffer.setEndingGhost(false);
            target.work().queue(buffer, data, task);
        } else {
            buffer.setEndingGhost(false);
            target.work().complete(buffer, task);
        }
    }

    /** {@code pagebuf_iowait}: sleeps until I/O has ended. Returns 0 or its error, a positive number. */
    public int await(PageBuf buffer, Task task) {
        if (buffer.ioRemaining.get(task) != 0) {
            device.runQueue(task);
        }
        buffer.ioDone.down(task);
        return buffer.error.get(task);
    }

    /** Has the device work on what it has. */
    void runQueue(Task task) {
        device.runQueue(task);
    }

    /** {@code XFS_bwrite}: writes now. Waits for it, and lets go of the buffer, unless the buffer is ASYNC. */
    public int write(PageBuf buffer, Task task) {
        boolean waits = !buffer.has(PageBufFlags.ASYNC, task);
        if (!waits) {
            buffer.flags.update(0, PageBufFlags.RUN_QUEUES, task);
        }
        target.delayed().dequeue(buffer, task);
        strategy(buffer, task);
        if (!waits) {
            return 0;
        }
        int failure = await(buffer, task);
        target.unlockAndRelease(buffer, task);
        return failure;
    }

    /** {@code xfs_bdwrite}: has it written later, and lets go of it. */
    public int writeLater(PageBuf buffer, Task task) {
        return start(buffer, PageBufFlags.DELWRI | PageBufFlags.ASYNC, task);
    }

    /** {@code xfs_bawrite}: begins to write now, and lets go of it. */
    public int writeAsync(PageBuf buffer, Task task) {
        target.delayed().dequeue(buffer, task);
        return start(buffer, PageBufFlags.WRITE | PageBufFlags.ASYNC | PageBufFlags.RUN_QUEUES, task);
    }
}
