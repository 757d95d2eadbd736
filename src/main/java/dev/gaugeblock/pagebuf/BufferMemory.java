package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a buffer has its bytes in: pages of the cache, or memory of its own. The owner of the buffer's lock changes it; while I/O is
 * under way, the end of that.
 */
final class BufferMemory implements Stateful {
    /** {@code PB_PAGES}: a buffer has room for so many pages itself; more take a list of their own. */
    private static final int PAGES_INSIDE = 2;

    private static final CachedPage[] NONE = {};

    /** {@code pb_pages}: as long as the list was made. Those that were not found yet are {@code null}. */
    private @Nullable CachedPage[] pages = NONE;
    /** {@code pb_page_count}: fewer than there is room for if the lookup gave up. */
    private int count;
    /** {@code pb_locked}: its pages are locked until it is read. */
    private boolean locked;
    /** Memory of its own, instead of pages of the cache, and the order of that block. */
    private @Nullable PageFrame own;

    private int ownOrder;

    /** {@code _pagebuf_get_pages}: room for so many pages, none of which is there yet. */
    void makeRoom(int pageCount) {
        pages = new CachedPage[pageCount];
        count = pageCount;
    }

    void putPage(int position, CachedPage page) {
        pages[position] = page;
    }

    /** The lookup gives up: there are no more pages than these. */
    void cut(int pageCount) {
        count = pageCount;
    }

    void putOwn(PageFrame block, int order) {
        own = block;
        ownOrder = order;
    }

    void setLocked(boolean yes) {
        locked = yes;
    }

    int count() {
        return count;
    }

    /** The page at a position; {@code null} if it was not found yet, or is not the cache's. */
    @Nullable
    CachedPage page(int position) {
        return position < count ? pages[position] : null;
    }

    boolean isLocked() {
        return locked;
    }

    /** Whether the list of the pages was allocated for itself. */
    boolean hasList() {
        return pages.length > PAGES_INSIDE;
    }

    @Nullable
    PageFrame own() {
        return own;
    }

    int ownOrder() {
        return ownOrder;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(locked ? 1 : 0);
        out.put(pages.length);
        out.put(count);
        for (int i = 0; i < count; i++) {
            CachedPage page = pages[i];
            out.put(page == null ? -1 : page.frame.pfn);
        }
        PageFrame block = own;
        out.put(block == null ? -1 : block.pfn);
    }
}
