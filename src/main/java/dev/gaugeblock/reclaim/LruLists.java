package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PageList;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A zone's two lists of pages that are in use and could be given up: the active list, of those used lately, and the
 * inactive one. New ones come to the head, and reclaim looks at the tail. The lists hold a reference of each of their
 * frames, the only one.
 *
 * <p>{@code zone.lru_lock} guards the lists, the flags {@code PG_lru} and {@code PG_active} of the frames on them, and,
 * for writing, their lengths in {@link ZoneLru}. It is taken with interrupts off, and never inside {@code zone.lock} or
 * the reverse.
 */
public final class LruLists implements Stateful {
    private final Zone zone;
    private final ZoneLru counts;

    /** That of the zone. */
    private final SpinLock lock;

    /** {@code active_list}. */
    private final PageList active = new PageList();

    /** {@code inactive_list}. */
    private final PageList inactive = new PageList();

    LruLists(Zone zone, ZoneLru counts) {
        this.zone = zone;
        this.counts = counts;
        this.lock = zone.lruLock;
        lock.guards(this);
    }

    /** The empty lists of all zones of a machine, by their {@link Zone#number}, with their counts. */
    public static LruLists[] of(Memory memory, ZoneLru[] counts) {
        LruLists[] lists = new LruLists[memory.zones()];
        for (int number = 0; number < lists.length; number++) {
            lists[number] = new LruLists(memory.zone(number), counts[number]);
        }
        return lists;
    }

    /** What guards the lists. */
    public SpinLock lock() {
        return lock;
    }

    /** {@code lru_cache_add_active}: the frame's one reference goes to the lists. */
    public void addActive(PageFrame frame, Task task) {
        boolean was = enter(task);
        putLocked(frame, active, task);
        counts.active.add(1, task);
        leave(was, task);
    }

    /** {@code lru_cache_add}: likewise, for a page that nobody has used yet. */
    public void addInactive(PageFrame frame, Task task) {
        boolean was = enter(task);
        putLocked(frame, inactive, task);
        counts.inactive.add(1, task);
        leave(was, task);
    }

    /**
     * Takes pages from the tail of the active list, for their taker alone to look at, and counts them as scanned.
     *
     * @param most how many at most, from 1
     * @return those taken, the one at the tail first; there may be fewer, or none
     */
    PageFrame[] takeActive(int most, Task task) {
        boolean was = enter(task);
        PageFrame[] taken = takeLocked(active, most, task);
        countScannedLocked(taken.length, task);
        counts.active.add(-taken.length, task);
        leave(was, task);
        return taken;
    }

    /** Likewise from the inactive list. */
    PageFrame[] takeInactive(int most, Task task) {
        boolean was = enter(task);
        PageFrame[] taken = takeLocked(inactive, most, task);
        counts.inactive.add(-taken.length, task);
        countScannedLocked(taken.length, task);
        leave(was, task);
        return taken;
    }

    /** Puts pages that were taken from the active list on the inactive one. */
    void putInactive(PageFrame[] taken, Task task) {
        boolean was = enter(task);
        for (PageFrame frame : taken) {
            putLocked(frame, inactive, task);
        }
        counts.inactive.add(taken.length, task);
        leave(was, task);
    }

    private void putLocked(PageFrame frame, PageList list, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        frame.setLruFlags(list == active ? PageFlags.LRU | PageFlags.ACTIVE : PageFlags.LRU);
        list.addFirst(frame);
    }

    private PageFrame[] takeLocked(PageList list, int most, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        PageFrame[] taken = new PageFrame[most];
        int count = 0;
        while (count < most && !list.isEmpty()) {
            PageFrame frame = list.takeLast();
            frame.setLruFlags(0);
            taken[count++] = frame;
        }
        PageFrame[] all = new PageFrame[count];
        System.arraycopy(taken, 0, all, 0, count);
        return all;
    }

    /** Adds to pages_scanned, in two accesses: what a free does in between, under another lock, is lost. */
    private void countScannedLocked(int frames, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        zone.pagesScanned.set(zone.pagesScanned.get(task) + frames, task);
    }

    private boolean enter(Task task) {
        boolean was = task.cpu.interrupts.save(task);
        lock.acquire(task);
        return was;
    }

    private void leave(boolean was, Task task) {
        lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }

    /** Frame numbers of the active list from head to tail; for dumps and invariants while nothing runs. */
    public int[] active() {
        return active.pfns(zone.spanned);
    }

    /** Likewise of the inactive list. */
    public int[] inactive() {
        return inactive.pfns(zone.spanned);
    }

    /** The lists alone; the flags are the frames'. */
    @Override
    public void writeState(StateSink out) {
        active.writeState(out);
        inactive.writeState(out);
    }

    @Invariant(
            id = "lru-count",
            says = "Each LRU list is a closed ring of links, and nr_active and nr_inactive are their lengths.",
            guardedBy = Invariant.LRU_LOCK)
    @Nullable
    String countsAreLengths() {
        String wrong = wrongLength("active", active, counts.active.peek());
        return wrong == null ? wrongLength("inactive", inactive, counts.inactive.peek()) : wrong;
    }

    private @Nullable String wrongLength(String name, PageList list, int count) {
        String broken = list.brokenLink(zone.spanned);
        if (broken != null) {
            return "the " + name + " list of " + zone + ": " + broken;
        }
        int length = list.pfns(zone.spanned).length;
        return length == count
                ? null
                : "the " + name + " list of " + zone + " has " + length + " frames, nr_" + name + " is " + count;
    }

    @Invariant(
            id = "lru-flags",
            says =
                    "A frame carries PG_lru if and only if it is on an LRU list of its zone, and PG_active if that is the"
                            + " active one; the list holds a reference of it.",
            guardedBy = Invariant.LRU_LOCK)
    @Nullable
    String flagsTellTheList() {
        long[] flags = new long[zone.spanned];
        for (int pfn : active()) {
            flags[pfn - zone.startPfn] = PageFlags.LRU | PageFlags.ACTIVE;
        }
        for (int pfn : inactive()) {
            flags[pfn - zone.startPfn] |= PageFlags.LRU;
        }
        for (int pfn = zone.startPfn; pfn < zone.startPfn + zone.spanned; pfn++) {
            String wrong = wrongFlags(zone.frame(pfn), flags[pfn - zone.startPfn]);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String wrongFlags(PageFrame frame, long flags) {
        boolean onList = flags != 0;
        boolean onActive = (flags & PageFlags.ACTIVE) != 0;
        if (frame.has(PageFlags.LRU) != onList || frame.has(PageFlags.ACTIVE) != onActive) {
            return frame + " is on " + (onActive ? "the active list" : onList ? "the inactive list" : "no LRU list")
                    + ", but PG_lru is " + frame.has(PageFlags.LRU) + " and PG_active " + frame.has(PageFlags.ACTIVE);
        }
        return onList && frame.references() == 0 ? frame + " is on an LRU list without a reference" : null;
    }
}
