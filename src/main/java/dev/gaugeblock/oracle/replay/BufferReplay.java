package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.BufferOperation;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.EventForm;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.pagebuf.BufferIo;
import dev.gaugeblock.pagebuf.BufferMacros;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.HashChain;
import dev.gaugeblock.pagebuf.PageBuf;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Replays the events of a file about page buffers, on a machine of its own. */
public final class BufferReplay implements EventReplay {
    private static final int EBUSY = 16;

    private final BufferSurroundings surroundings = new BufferSurroundings();
    private final BufferTarget target = surroundings.target();
    private final BufferIo io = target.io();
    private final Task task = surroundings.task();

    @Override
    public EventForm form(Event event) {
        return operation(event).form;
    }

    private static BufferOperation operation(Event event) {
        BufferOperation operation = BufferOperation.named(event.operation());
        if (operation == null) {
            throw new BeyondReferenceException("operation " + JsonText.shown(event.operation())
                    + " is none on page buffers that the reference knows of");
        }
        return operation;
    }

    /** Nothing to show: the pages of the buffers are only counted. */
    @Override
    public @Nullable Machine machine() {
        return null;
    }

    @Override
    public Answers apply(Event event) {
        BufferOperation operation = operation(event);
        surroundings.begin();
        Answers answers = new Answers();
        PageBuf buffer = null;
        switch (operation) {
            case ENV -> setUp(event);
            case UPTODATE -> surroundings.setUpToDate(event.integer("page"), event.flag("v"));
            case PUMP -> attempt(answers, surroundings::pump);
            case WORK -> attempt(answers, surroundings::work);
            case FLUSH ->
                attempt(answers, () -> answers.put("r", target.delayed().flush(event.flag("wait"), task)));
            case DAEMON -> attempt(answers, () -> target.delayed().writeOld(task));
            case GET, READ, FIND -> buffer = obtain(operation, event, answers);
            default -> buffer = use(operation, event, answers);
        }
        surroundings.addTrace(answers);
        if (buffer != null && surroundings.isThere(buffer)) {
            addState(buffer, answers);
        }
        List<PageBuf> delayed = target.delayed().buffers();
        requireNoneFreed(delayed, answers);
        return addCounts(answers.put("delwri", surroundings.numbers(delayed)));
    }

    private Answers addCounts(Answers answers) {
        return answers.put("work", target.work().length()).put("pending", surroundings.pending());
    }

    /** A buffer that has lost DELWRI while it was queued is freed with its last reference, and stays linked. */
    private void requireNoneFreed(List<PageBuf> delayed, Answers answers) {
        for (PageBuf buffer : delayed) {
            if (buffer.isFreed()) {
                throw new BeyondReferenceException(FreedBuffers.why(buffer), addCounts(answers), "delwri");
            }
        }
    }

    private void setUp(Event event) {
        surroundings.behave(event.integer("bios"), event.integer("err") != 0, event.flag("pending_mode"));
        surroundings.fail(event.integer("nomem"), event.integer("vmapfail"));
        target.setBlockSize(event.integer("bsize"));
    }

    /** An operation that gives a buffer, or none. The chain is told unless the operation was given up. */
    private @Nullable PageBuf obtain(BufferOperation operation, Event event, Answers answers) {
        int block = event.integer("blk");
        int length = event.integer("len");
        int flags = (int) event.number("arg");
        @Nullable PageBuf[] obtained = new PageBuf[1];
        boolean ended = attempt(answers, () -> {
            obtained[0] = switch (operation) {
                case GET -> target.get(block, length, flags, task);
                case READ -> target.read(block, length, flags, task);
                default -> target.find(block, length, flags, null, task);
            };
        });
        if (!ended) {
            return null;
        }
        PageBuf buffer = obtained[0];
        if (buffer == null) {
            answers.putNull("r");
        } else {
            answers.put("r", surroundings.number(buffer));
        }
        HashChain chain = target.hash().chainOf(block);
        answers.put("chain", surroundings.numbers(chain.buffers()));
        return buffer;
    }

    /** An operation on a buffer that is there, or on none. */
    private @Nullable PageBuf use(BufferOperation operation, Event event, Answers answers) {
        PageBuf buffer = event.has("buf") ? surroundings.buffer(event.integer("buf")) : null;
        if (operation == BufferOperation.SHOW && event.has("buf")) {
            return buffer;
        }
        if (buffer == null) {
            answers.put("r", "NOBUF");
            return null;
        }
        attempt(answers, () -> use(operation, buffer, event, answers));
        return buffer;
    }

    private void use(BufferOperation operation, PageBuf buffer, Event event, Answers answers) {
        switch (operation) {
            case IOSTART -> answers.put("r", io.start(buffer, (int) event.number("arg"), task));
            case IOREQUEST -> answers.put("r", io.request(buffer, task));
            case IODONE -> io.done(buffer, event.flag("dataio"), event.flag("schedule"), task);
            case IOWAIT -> answers.put("r", io.await(buffer, task));
            case BWRITE -> answers.put("r", io.write(buffer, task));
            case BDWRITE -> {
                surroundings.setStrategy(buffer);
                answers.put("r", io.writeLater(buffer, task));
            }
            case BAWRITE -> {
                surroundings.setStrategy(buffer);
                answers.put("r", io.writeAsync(buffer, task));
            }
            case RELSE -> target.unlockAndRelease(buffer, task);
            case RELE -> target.release(buffer, task);
            case HOLD -> buffer.hold(task);
            case LOCK -> target.lock(buffer, task);
            case CONDLOCK -> answers.put("r", buffer.tryLock(task) ? 0 : -EBUSY);
            case UNLOCK -> buffer.unlock(task);
            case PIN -> buffer.pin(task);
            case UNPIN -> buffer.unpin(task);
            case DEQUEUE -> target.delayed().dequeue(buffer, task);
            case MACRO -> BufferMacros.apply(event.text("name"), buffer, target, task);
            case HOOKS -> surroundings.setHooks(buffer, event.flag("iodone"), event.flag("relse"), event.flag("strat"));
            default -> throw new IllegalArgumentException(operation.form.spelling + " is not about one buffer");
        }
    }

    /** Runs kernel code; returns whether it came to its end. */
    private boolean attempt(Answers answers, Runnable kernelCode) {
        try {
            kernelCode.run();
            return true;
        } catch (BufferSurroundings.Blocked blocked) {
            answers.put("r", "BLOCKED");
        } catch (KernelBug bug) {
            surroundings.note("BUG:" + bug.function);
            answers.put("r", "BUG");
        }
        return false;
    }

    private static void addState(PageBuf buffer, Answers answers) {
        answers.put("flags", Integer.toUnsignedLong(buffer.flags()))
                .put("hold", buffer.holds())
                .put("sema", buffer.lock().count())
                .put("iodonesema", buffer.ioDone().count())
                .put("remaining", buffer.ioRemaining())
                .put("error", buffer.error())
                .put("queued", buffer.isQueued() ? 1 : 0)
                .put("locked", buffer.hasPagesLocked() ? 1 : 0)
                .put("pages", buffer.pageCount());
    }
}
