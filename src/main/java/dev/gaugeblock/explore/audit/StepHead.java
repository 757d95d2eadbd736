package dev.gaugeblock.explore.audit;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The head of the present step: which words it announced, and whether they may be touched now, which is in one call.
 */
final class StepHead {
    private @Nullable Object announced;
    private @Nullable Object alsoRead;
    private @Nullable Object entered;
    private int depth;
    private boolean open;
    private boolean reads;

    /** The step announces no word, or its one call is over. */
    void none() {
        announced = null;
        alsoRead = null;
        entered = null;
        depth = 0;
        open = false;
    }

    /** The step announces a word, which it may only read, and maybe that it reads another. */
    void open(Object word, @Nullable Object second, boolean onlyReads) {
        announced = word;
        reads = onlyReads;
        alsoRead = second;
        open = true;
    }

    /** A method begins that touches a word. */
    void enter(Object word) {
        if (depth++ == 0) {
            entered = word;
        }
    }

    /** It has ended, and was no call of the step's own. */
    void leave() {
        depth--;
    }

    /** It has ended. Says whether that was the step's one call. */
    boolean exit(Object word) {
        depth = Math.max(depth - 1, 0);
        boolean was = open && depth == 0 && word == announced;
        if (was) {
            open = false;
        }
        return was;
    }

    /** Whether a part of a word may be touched now: a field of it, or a collection or array that it keeps. */
    boolean covers(Object object, Site site) {
        boolean keeps = !Instrumenter.isWord(object);
        boolean writes = site.writes() && (reads || object == alsoRead);
        return isInside() && !writes && (keeps || object == announced || object == alsoRead);
    }

    /** Whether the step is in its one call. */
    boolean isInside() {
        return open && depth > 0 && entered == announced;
    }

    /** Why it may not. */
    String complaint(Object object, Site site) {
        if (isInside() && site.writes()) {
            return "the step announced that it only reads " + object;
        }
        if (announced == null) {
            return "the step did not announce " + object;
        }
        return open
                ? "the step announced " + announced + ", and touches it in no method of its own that ends in Owned"
                : "the step announced " + announced + ", and has touched it already: one step, one call";
    }
}
