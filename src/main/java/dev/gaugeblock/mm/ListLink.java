package dev.gaugeblock.mm;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;

/**
 * A place in a circular doubly linked list, {@code struct list_head}: a page frame's {@code lru}, or the list itself,
 * which is the place before its first and after its last frame. A link that is in no list points to itself.
 *
 * <p>Guarded by whatever guards the list that it is in.
 */
class ListLink {
    @NotOnlyInitialized
    ListLink next;

    @NotOnlyInitialized
    ListLink previous;

    ListLink() {
        next = this;
        previous = this;
    }

    /** Takes this link out of the list it is in, whichever that is. */
    final void unlink() {
        next.previous = previous;
        previous.next = next;
        forgetLinks();
    }

    /** Makes this a link in no list, without telling its neighbours. */
    final void forgetLinks() {
        next = this;
        previous = this;
    }

    /** Puts {@code link}, which is in no list, right after this one. */
    final void insertAfter(ListLink link) {
        link.next = next;
        link.previous = this;
        next.previous = link;
        next = link;
    }
}
