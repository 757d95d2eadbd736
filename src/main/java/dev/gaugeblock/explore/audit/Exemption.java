package dev.gaugeblock.explore.audit;

import java.util.concurrent.atomic.AtomicBoolean;

/** What the rule {@code word-misused} would name and is right all the same. Ghosts are exempt where they stand. */
enum Exemption {
    SAME_PLACE(
            "the words of two page buffers of the same blocks, or of two cached pages of one index",
            "They are announced by one name, so the reduction takes more for dependent than is, and never less. A name with a"
                    + " number of its own would differ between executions that reach the same state.");

    private final String what;
    private final String reason;
    private final AtomicBoolean needed = new AtomicBoolean();

    Exemption(String what, String reason) {
        this.what = what;
        this.reason = reason;
    }

    /** Whether it is about a word of that name; from then on it was needed. */
    boolean covers(String name) {
        boolean covers = name.contains(" of buffer ") || name.contains(" of page ");
        if (covers) {
            needed.set(true);
        }
        return covers;
    }

    String what() {
        return what;
    }

    String reason() {
        return reason;
    }

    /** Whether something would have been found without it, since this program was loaded. */
    boolean wasNeeded() {
        return needed.get();
    }
}
