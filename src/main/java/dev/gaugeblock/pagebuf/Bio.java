package dev.gaugeblock.pagebuf;

import dev.gaugeblock.mm.PageFrame;

/** A part of a request that a device takes as one, {@code struct bio}: a run of the buffer's bytes, by pages. */
public final class Bio {
    /** Whose bytes they are. */
    final PageBuf buffer;

    /** Whether they are read; otherwise they are written. */
    final boolean read;

    /** Where its first page stands in the buffer, and how many pages it has; 0 for one that nothing went into. */
    final int first;

    final int pages;

    /** Where in its first page it begins, in bytes; in all others at 0. */
    private final int offset;

    private final int bytes;

    /**
     * A part of a request.
     *
     * @param bytes how many of the buffer's bytes are left for it from {@code offset} in the page at {@code first} on
     * @param most how many pages it takes at most
     */
    Bio(PageBuf buffer, boolean read, int first, int offset, int bytes, int most) {
        this.buffer = buffer;
        this.read = read;
        this.first = first;
        this.offset = offset;
        this.pages = Math.min(most, (offset + bytes + PageFrame.SIZE - 1) / PageFrame.SIZE);
        this.bytes = Math.max(0, Math.min(bytes, pages * PageFrame.SIZE - offset));
    }

    /** Where its bytes begin in one of its pages, counted from its first. */
    int offset(int page) {
        return page == 0 ? offset : 0;
    }

    /** How many of its bytes are in that page. */
    int bytes(int page) {
        int before = page == 0 ? 0 : page * PageFrame.SIZE - offset;
        return Math.min(bytes - before, PageFrame.SIZE - offset(page));
    }

    /** How many there are in all. */
    int bytes() {
        return bytes;
    }
}
