package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The device's pages in memory, {@code struct address_space}. The cache has a reference to the frame of each of its pages, and so
 * has each buffer that uses one. Frames come from the reference allocator. A harness may have lookups fail.
 */
public class PageCache implements Stateful {
    private final PageAllocator allocator;
    private final boolean keepsUnused;
    private final Scheduler scheduler;
    /** {@code tree_lock}: guards the pages. */
    private final SpinLock lock;

    private final List<CachedPage> pages = new ArrayList<>();

    /**
     * An empty cache.
     *
     * @param keepsUnused whether a page stays here when no buffer uses it any more. Otherwise it is as if reclaim came at once, and
     *     a frame that stays away is one that a buffer did not give back.
     */
    public PageCache(PageAllocator allocator, boolean keepsUnused, Scheduler scheduler) {
        this.allocator = allocator;
        this.keepsUnused = keepsUnused;
        this.scheduler = scheduler;
        this.lock = new SpinLock("tree_lock", SpinLock.IRQ_SAFE, scheduler);
        lock.guards(this);
    }

    /** Where its frames come from. */
    PageAllocator allocator() {
        return allocator;
    }

    /**
     * {@code find_or_create_page}: a page, with a reference for the caller.
     *
     * @return the page, or {@code null} if there is no memory for a new one
     */
    public @Nullable CachedPage findOrCreate(int index, int gfp, Task task) {
        CachedPage found = find(index, task);
        if (found != null) {
            return found;
        }
        PageFrame frame = allocator.alloc(gfp, 0, task);
        if (frame == null) {
            return null;
        }
        CachedPage page = new CachedPage(index, frame, scheduler);
        CachedPage inserted = insert(page, task);
        if (inserted != page) {
            allocator.free(frame, 0, task);
        }
        return inserted;
    }

    /** {@code find_lock_page}: a page with a reference for the caller, or {@code null} if it is not here. */
    public @Nullable CachedPage find(int index, Task task) {
        boolean was = lock(task);
        CachedPage page = findLocked(index, task);
        unlock(was, task);
        return page;
    }

    /** Inserts a page, unless another task was faster: then its page is the one. */
    private CachedPage insert(CachedPage page, Task task) {
        boolean was = lock(task);
        CachedPage earlier = findLocked(page.index, task);
        if (earlier == null) {
            addLocked(page, task);
        }
        unlock(was, task);
        return earlier == null ? page : earlier;
    }

    /** {@code page_cache_release}: the caller's reference goes. */
    public void release(CachedPage page, Task task) {
        boolean was = lock(task);
        boolean last = dropUseLocked(page, task);
        unlock(was, task);
        allocator.free(page.frame, 0, task);
        if (last) {
            allocator.free(page.frame, 0, task);
        }
    }

    private @Nullable CachedPage findLocked(int index, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        for (CachedPage page : pages) {
            if (page.index == index) {
                allocator.get(page.frame, task);
                page.uses++;
                return page;
            }
        }
        return null;
    }

    private void addLocked(CachedPage page, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        allocator.get(page.frame, task);
        page.uses = 1;
        pages.add(page);
    }

    /** A buffer lets go of a page; returns whether the page leaves the cache with that. */
    private boolean dropUseLocked(CachedPage page, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        page.uses--;
        return page.uses == 0 && !keepsUnused && pages.remove(page);
    }

    private boolean lock(Task task) {
        boolean was = task.cpu.interrupts.save(task);
        lock.acquire(task);
        return was;
    }

    private void unlock(boolean was, Task task) {
        lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }

    @Invariant(
            id = "cached-page-references",
            says = "The frame of a page in the cache has a reference of the cache and one for each user of the page.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String everyUserHasAReference() {
        for (CachedPage page : pages) {
            if (page.frame.references() != page.uses + 1) {
                return page + " has " + page.uses + " users, but " + page.frame + " has " + page.frame.references()
                        + " references";
            }
        }
        return null;
    }

    /** The pages in the order in which they came, without the lock, for invariants and tests. */
    public List<CachedPage> pages() {
        return new ArrayList<>(pages);
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(pages.size());
        for (CachedPage page : pages) {
            page.writeState(out);
        }
    }
}
