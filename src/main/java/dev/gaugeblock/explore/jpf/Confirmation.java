package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the built-in explorer and Java PathFinder last agreed on about one litmus test, as it is kept in a file: so a
 * machine without JPF can hold the one against the other all the same, and a change of any number shows in review.
 *
 * @param test its name
 * @param known the violation that the test is there to show; empty for a test in which all goes well
 * @param schedules that the built-in explorer ran to their end, under dpor
 * @param states that Java PathFinder met
 * @param seconds of processor time that Java PathFinder took, rounded up; {@link #NOT_MEASURED} if nobody wrote it down
 * @param outcomes that both met; for a known violation none, for it ends the exploration
 */
public record Confirmation(
        String test, String known, long schedules, long states, long seconds, SortedSet<String> outcomes) {
    /** No time was written down. */
    public static final long NOT_MEASURED = -1;

    /** A sentence at the head of the file. */
    private static final String HEAD =
            "# What the built-in explorer and Java PathFinder agree on, test by test. Written by"
                    + " gaugeblock explore --engine all --confirm FILE.";

    /** What two engines that agree have confirmed. */
    public static Confirmation of(CrossValidation agreed) {
        if (agreed.verdict() != Verdict.HOLDS) {
            throw new IllegalArgumentException(
                    agreed.test().name() + " is " + agreed.verdict() + ", which confirms nothing");
        }
        return new Confirmation(
                agreed.test().name(),
                agreed.test().knownBad().orElse(""),
                agreed.builtin().schedules(),
                agreed.jpf().states(),
                agreed.jpf().time().plusMillis(999).toSeconds(),
                agreed.isExhaustive() ? agreed.jpf().outcomes() : new TreeSet<>());
    }

    /** Writes the file. The runs must all be of one revision of JPF. */
    public static void write(Path file, List<CrossValidation> agreed, LocalDate date) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.add("confirmed " + date + " jpf-core " + agreed.get(0).jpf().revision());
        for (CrossValidation validation : agreed) {
            Confirmation confirmation = of(validation);
            lines.add("");
            lines.add("test " + confirmation.test);
            lines.add("  HOLDS" + (confirmation.known.isEmpty() ? "" : " known-bad " + confirmation.known));
            lines.add("  builtin " + confirmation.schedules + " schedules");
            lines.add("  jpf " + confirmation.states + " states in " + confirmation.seconds + " s");
            confirmation.outcomes.forEach(outcome -> lines.add("  outcome " + outcome));
        }
        Files.write(file, lines);
    }

    /**
     * Reads the file.
     *
     * @return by test name
     * @throws IOException if it cannot be read, or names the line that is not as {@link #write} writes it
     */
    public static Map<String, Confirmation> read(Path file) throws IOException {
        return new ConfirmationReader(file).read();
    }
}
