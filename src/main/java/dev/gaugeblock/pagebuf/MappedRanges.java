package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;

/**
 * The ranges of addresses of buffers with several pages. Unmapping is dear and may sleep, so ranges that nobody uses
 * any more are put by, and unmapped many at a time (seen in s45: the release of a mapped buffer unmaps nothing).
 */
final class MappedRanges implements Stateful {
    /** So many may be put by before a new mapping unmaps them all. */
    private static final int MOST_PUT_BY = 64;

    private final Vmap vmap;
    /** {@code as_list_len}. */
    private final AtomicWord putBy;

    MappedRanges(Vmap vmap, Scheduler scheduler) {
        this.vmap = vmap;
        this.putBy = new AtomicWord("as_list_len", 0, scheduler);
    }

    boolean map(int pages, Task task) {
        if (putBy.get(task) > MOST_PUT_BY) {
            purge(task);
        }
        return vmap.map(pages, task);
    }

    /** {@code free_address}: a range is no longer used. */
    void putBy(Task task) {
        putBy.add(1, task);
    }

    /** {@code purge_addresses}. */
    void purge(Task task) {
        for (int ranges = putBy.update(-1, 0, task); ranges > 0; ranges--) {
            vmap.unmap(task);
        }
    }

    @Override
    public void writeState(StateSink out) {
        putBy.writeState(out);
    }
}
