package dev.gaugeblock.pagebuf;

import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
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
 * The device's pages in memory, {@code struct address_space}. The cache has a reference to the frame of each of its
 * pages, and so has each buffer that uses one. Frames come from the reference allocator. A harness may have lookups
 * fail.
 *
 * <p>A page is locked by whoever looked it up, until its contents are settled: the bit is the frame's, and those who
 * look for the page meanwhile sleep for it. It is tried under the cache's own lock, which nobody sleeps with.
 */
public class PageCache implements Stateful {
    private final PageAllocator allocator;
    private final PageWaitTable locks;
    private final boolean keepsUnused;
    private final Scheduler scheduler;
    /** {@code tree_lock}: guards the pages. */
    private final SpinLock lock;

    private final List<CachedPage> pages = new ArrayList<>();

    /**
     * An empty cache.
     *
     * @param locks where tasks sleep for the locks of pages
     * @param keepsUnused whether a page stays here when no buffer uses it any more. Otherwise it is as if reclaim came
     *     at once, and a frame that stays away is one that a buffer did not give back, or whose page was left locked:
     *     reclaim takes no such page.
     */
    public PageCache(PageAllocator allocator, PageWaitTable locks, boolean keepsUnused, Scheduler scheduler) {
        this.allocator = allocator;
        this.locks = locks;
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
     * {@code find_or_create_page}: a page, locked and with a reference for the caller. Sleeps while another has locked
     * it.
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
        while (found == null) {
            if (insert(page, task)) {
                return page;
            }
            found = find(index, task);
        }
        allocator.free(frame, 0, task);
        return found;
    }

    /**
     * {@code find_lock_page}: a page, locked and with a reference for the caller, or {@code null} if it is not here.
     * Sleeps while another has locked it. The reference keeps the page here meanwhile, so that nobody has to look
     * again.
     */
    private @Nullable CachedPage find(int index, Task task) {
        boolean was = lock(task);
        CachedPage page = useLocked(index, task);
        boolean locked = page != null && locks.tryLock(page.frame, task);
        unlock(was, task);
        if (page != null && !locked) {
            locks.lock(page.frame, task);
        }
        return page;
    }

    /** {@code add_to_page_cache}: inserts a page, locked, unless another task has been faster; says whether it did. */
    private boolean insert(CachedPage page, Task task) {
        boolean was = lock(task);
        boolean missing = findLocked(page.index, task) == null;
        if (missing) {
            locks.tryLock(page.frame, task);
            addLocked(page, task);
        }
        unlock(was, task);
        return missing;
    }

    /**
     * Clears the lock bit of the page: whoever sleeps for it may have it.
     *
     * @throws KernelBug {@code bug} if it was not locked
     */
    public void unlock(CachedPage page, Task task) {
        locks.unlock(page.frame, task);
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

    private @Nullable CachedPage useLocked(int index, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        CachedPage page = findLocked(index, task);
        if (page != null) {
            allocator.get(page.frame, task);
            page.uses++;
        }
        return page;
    }

    private @Nullable CachedPage findLocked(int index, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        CachedPage page = page(index);
        scheduler.lookedUp("the page cache", "page ", index, page != null, task);
        return page;
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
        return page.uses == 0 && !keepsUnused && !locks.isLocked(page.frame, task) && pages.remove(page);
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

    @Invariant(
            id = "cached-page-unique",
            says = "The cache has one page for an index, or none.",
            guardedBy = Invariant.BUFFER_LOCKS)
    @Nullable
    String onePageForAnIndex() {
        for (int i = 0; i < pages.size(); i++) {
            for (int later = i + 1; later < pages.size(); later++) {
                if (pages.get(i).index == pages.get(later).index) {
                    return "the cache has two pages for index " + pages.get(i).index + ", in " + pages.get(i).frame
                            + " and in " + pages.get(later).frame;
                }
            }
        }
        return null;
    }

    /** The pages in the order in which they came, without the lock, for invariants and tests. */
    public List<CachedPage> pages() {
        return new ArrayList<>(pages);
    }

    /** The page with a number, likewise; {@code null} if it is not here. */
    public @Nullable CachedPage page(int index) {
        for (CachedPage page : pages) {
            if (page.index == index) {
                return page;
            }
        }
        return null;
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
