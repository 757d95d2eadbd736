package dev.gaugeblock.mm;

import dev.gaugeblock.machine.BrokenStructure;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A list of page frames, linked through the frames themselves. Its owner's lock guards it. */
public final class PageList extends ListLink implements Stateful {
    /** No list is longer: there are no more frames. */
    private static final long LONGEST = 1L << 20;

    private static final int[] NO_FRAMES = {};

    public boolean isEmpty() {
        return next == this;
    }

    /** The frame at the head; a {@link BrokenStructure} if the list is empty. */
    PageFrame first() {
        return frame(next);
    }

    /** The frame at the tail; a {@link BrokenStructure} if the list is empty. */
    PageFrame last() {
        return frame(previous);
    }

    private static PageFrame frame(ListLink link) {
        if (!(link instanceof PageFrame)) {
            throw new BrokenStructure("a frame is taken from a list that is empty");
        }
        return (PageFrame) link;
    }

    /** Puts a frame that is in no list at the head. */
    public void addFirst(PageFrame frame) {
        insertAfter(frame);
    }

    void addLast(PageFrame frame) {
        previous.insertAfter(frame);
    }

    /** Takes the frame at the tail out of the list; a {@link BrokenStructure} if it is empty. */
    public PageFrame takeLast() {
        PageFrame frame = last();
        frame.unlink();
        return frame;
    }

    /**
     * The frame numbers from head to tail.
     *
     * @param limit most frames that the list can hold; a longer walk means that it is corrupted
     * @throws IllegalStateException if the walk does not come back to the list within {@code limit} frames, or comes
     *     to another list
     */
    public int[] pfns(int limit) {
        if (next == this) {
            return NO_FRAMES;
        }
        int[] pfns = new int[8];
        int length = 0;
        for (ListLink link = next; link != this; link = link.next) {
            if (!(link instanceof PageFrame)) {
                throw new IllegalStateException("a list leads into another one: its links are broken");
            }
            if (length == limit) {
                throw new IllegalStateException("a list does not end after " + limit + " frames: its links are broken");
            }
            if (length == pfns.length) {
                pfns = Arrays.copyOf(pfns, 2 * length);
            }
            pfns[length++] = ((PageFrame) link).pfn;
        }
        return Arrays.copyOf(pfns, length);
    }

    /**
     * The frames from head to tail, and whether each points back; an end mark. A broken list is written as far as it is
     * one.
     */
    @Override
    public void writeState(StateSink out) {
        ListLink before = this;
        long length = 0;
        ListLink link = next;
        while (link instanceof PageFrame && length < LONGEST) {
            out.put(((PageFrame) link).pfn);
            out.put(link.previous == before ? 0 : 1);
            before = link;
            link = link.next;
            length++;
        }
        out.put(link == this ? -1 : -2);
    }

    /** What is wrong with the links, or {@code null}: each neighbour must point back, and the walk must end. */
    public @Nullable String brokenLink(int limit) {
        int length = 0;
        for (ListLink link = this; ; link = link.next) {
            if (link.next.previous != link) {
                return "the link after " + nameOf(link) + " does not point back to it";
            }
            if (link.next == this) {
                return null;
            }
            if (!(link.next instanceof PageFrame)) {
                return "the link after " + nameOf(link) + " leads into another list";
            }
            if (++length > limit) {
                return "the list does not end after " + limit + " frames";
            }
        }
    }

    private String nameOf(ListLink link) {
        return link == this ? "the list's head" : link.toString();
    }

    /** The list of the blocks of an order; a {@link BrokenStructure} if there is none, as of one above the largest. */
    static PageList ofOrder(int order, PageList[] lists) {
        if (order >= lists.length) {
            throw new BrokenStructure(
                    "a block of order " + order + " belongs on no list: the largest order is " + (lists.length - 1));
        }
        return lists[order];
    }
}
