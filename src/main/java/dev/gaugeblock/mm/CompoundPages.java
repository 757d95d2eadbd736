package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * Compound blocks (behaviour 8): every frame is marked and points to the head, so that a reference to any frame is one to the
 * head. Only kernels built with hugetlb have them, and only for orders above 0.
 */
final class CompoundPages {
    private final MemMap memMap;
    private final boolean enabled;
    private final PageChecks checks;

    CompoundPages(MemMap memMap, boolean enabled, PageChecks checks) {
        this.memMap = memMap;
        this.enabled = enabled;
        this.checks = checks;
    }

    /** {@code prep_compound_page}, for a block that was just allocated with {@code __GFP_COMP}. */
    void make(PageFrame head, int order, Task task) {
        if (!enabled || order == 0) {
            return;
        }
        PageFrame second = frame(head.pfn + 1);
        second.mapping = 0;
        second.index = order;
        for (int i = 0; i < 1 << order; i++) {
            PageFrame part = frame(head.pfn + i);
            part.testAndSet(PageFlags.COMPOUND, task);
            part.privateData = head.structAddress();
        }
    }

    /** {@code destroy_compound_page}, for a block on its way to the free lists. The private fields stay as they are. */
    void undo(PageFrame head, int order, Task task) {
        if (!enabled || order == 0 || !head.test(PageFlags.COMPOUND, task)) {
            return;
        }
        if (frame(head.pfn + 1).index != order) {
            checks.badPage("destroy_compound_page", head);
        }
        for (int i = 0; i < 1 << order; i++) {
            PageFrame part = frame(head.pfn + i);
            if (!part.test(PageFlags.COMPOUND, task)) {
                checks.badPage("destroy_compound_page", head);
            }
            if (part.privateData != head.structAddress()) {
                checks.badPage("destroy_compound_page", head);
            }
            part.testAndClear(PageFlags.COMPOUND, task);
        }
    }

    /** The frame whose reference count stands for the given one: the head of its compound block, or itself. */
    PageFrame counted(PageFrame frame, Task task) {
        return enabled && frame.test(PageFlags.COMPOUND, task) ? frame(PageFrame.pfnAt(frame.privateData)) : frame;
    }

    private PageFrame frame(int pfn) {
        PageFrame frame = memMap.frameOrNull(pfn);
        if (frame == null) {
            throw new IllegalStateException("a compound block points to frame " + pfn + ", which does not exist");
        }
        return frame;
    }
}
