package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A list of buffers that are linked by {@code pb_list}, so that each is on one such list at most: the queue of delayed
 * writes, or what a flush or the daemon has taken from it. The lock of {@link DelayedWrites} guards all of them.
 */
final class WriteList implements Stateful {
    private final List<PageBuf> buffers = new ArrayList<>();

    void addFirstLocked(PageBuf buffer) {
        buffers.add(0, buffer);
        buffer.list = this;
    }

    void addLastLocked(PageBuf buffer) {
        buffers.add(buffer);
        buffer.list = this;
    }

    /** {@code list_del_init}: the buffer is on no list any more. */
    static void unlinkLocked(PageBuf buffer) {
        WriteList list = buffer.list;
        if (list != null) {
            list.buffers.remove(buffer);
            buffer.list = null;
        }
    }

    /** The first buffer, or {@code null} if there is none. */
    @Nullable
    PageBuf firstLocked() {
        return buffers.isEmpty() ? null : buffers.get(0);
    }

    /** The buffer behind one that is here; {@code null} behind the last. */
    @Nullable
    PageBuf nextLocked(PageBuf buffer) {
        int next = buffers.indexOf(buffer) + 1;
        return next < buffers.size() ? buffers.get(next) : null;
    }

    /** The buffers from the first on, without the lock, for dumps, invariants and tests. */
    List<PageBuf> buffers() {
        return new ArrayList<>(buffers);
    }

    @Override
    public void writeState(StateSink out) {
        out.put(buffers.size());
        for (PageBuf buffer : buffers) {
            buffer.writeIdentity(out);
        }
    }
}
