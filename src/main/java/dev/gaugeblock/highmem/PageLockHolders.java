package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Who has locked each page: what tasks believe that have asked for the lock and gone on, apart from the bit. What was
 * wrong first is kept.
 */
@Ghost("An invariant reads it; a page's holder changes with its bit, and of two wrong things either will do.")
public final class PageLockHolders {
    private final int startPfn;
    /** By frame: who holds its lock, or {@code null}. */
    private final @Nullable Task[] holders;

    private @Nullable String wrong;

    PageLockHolders(Memory memory) {
        this.startPfn = memory.startPfn();
        this.holders = new Task[memory.endPfn() - startPfn];
    }

    /** A task has the lock of a page now. */
    void hasLockedGhost(PageFrame frame, Task task) {
        Task holder = holders[frame.pfn - startPfn];
        if (holder != null && wrong == null) {
            wrong = task + " takes the lock of " + frame + ", which " + holder + " holds";
        }
        holders[frame.pfn - startPfn] = task;
    }

    /** Whoever held the lock of a page has given it up; that need not be the task that took it. */
    void hasUnlockedGhost(PageFrame frame) {
        holders[frame.pfn - startPfn] = null;
    }

    @Invariant(
            id = "page-lock-one-holder",
            says = "PG_locked has one holder: who comes back from lock_page is the only one until unlock_page.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String onePerPage() {
        return wrong;
    }
}
