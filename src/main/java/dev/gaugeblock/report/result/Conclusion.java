package dev.gaugeblock.report.result;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What came of one thing that was judged, in the words that all commands and all reports share. */
public enum Conclusion {
    /** It is as it must be. */
    HOLDS(0, "It is as it must be."),
    /** A rule is broken. */
    VIOLATED(1, "A rule is broken."),
    /** No rule is broken, but what a litmus file expects does not come true. */
    UNEXPECTED(
            5,
            "No rule is broken, but a never, a sometimes, the outcomes or the known-bad of a litmus file is not so."),
    /** An input cannot be read. */
    UNREADABLE(3, "An input cannot be read."),
    /** A budget was spent before everything was seen. */
    BOUNDED(4, "A bound was reached before everything was seen: nothing was shown."),
    /** It could not be judged, or not all of it. */
    INCONCLUSIVE(4, "It could not be judged, or not all of it: nothing was shown."),
    /** The tool failed, not what it judges. */
    BROKEN(70, "The tool failed, not what it judges."),
    /** There is nothing to judge about it. */
    NOT_JUDGED(4, "There is nothing to judge about it.");

    /** The worst first: the order of the exit codes. */
    private static final List<Conclusion> BY_WEIGHT =
            List.of(BROKEN, VIOLATED, UNEXPECTED, UNREADABLE, INCONCLUSIVE, BOUNDED, HOLDS, NOT_JUDGED);

    private final int exitCode;
    private final String says;

    Conclusion(int exitCode, String says) {
        this.exitCode = exitCode;
        this.says = says;
    }

    /** What a command ends with of which this came. */
    public int exitCode() {
        return exitCode;
    }

    /** What it means, in a sentence. */
    public String says() {
        return says;
    }

    /** As reports write it: {@code not-judged}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it was judged, and is not as it must be. */
    public boolean isWrong() {
        return this == VIOLATED || this == UNEXPECTED;
    }

    /** Whether there is nothing to tell of it: it is as it must be, or there was nothing to judge. */
    public boolean isQuiet() {
        return this == HOLDS || this == NOT_JUDGED;
    }

    /** Whether nothing was shown, though something should have been: no pass, and no failure either. */
    public boolean isOpen() {
        return this == BOUNDED || this == INCONCLUSIVE;
    }

    /** What came of all together: the worst of them. Of nothing, or where nothing was judged, {@link #INCONCLUSIVE}. */
    public static Conclusion worst(Collection<Conclusion> all) {
        for (Conclusion each : BY_WEIGHT) {
            if (all.contains(each)) {
                return each == NOT_JUDGED ? INCONCLUSIVE : each;
            }
        }
        return INCONCLUSIVE;
    }
}
