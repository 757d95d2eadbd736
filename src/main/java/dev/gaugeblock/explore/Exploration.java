package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What exploring one litmus test found.
 *
 * @param test the test
 * @param verdict what that means
 * @param reason for a verdict other than HOLDS, why, in a sentence; otherwise empty
 * @param isExhausted whether every execution was covered, so that {@code outcomes} are all that there are: not if a
 *     bound was reached, the tool failed, or an execution broke a rule, expected or not, for the exploration ends there
 * @param schedules executions run to their end
 * @param pruned executions that were given up because they would only have repeated others
 * @param states different states met, where states are told apart ({@link Reduction#DPOR_CACHE}); otherwise 0
 * @param steps scheduling steps taken in all
 * @param checks invariants checked in all
 * @param outcomes each distinct outcome, with the first schedule that led to it
 * @param classes each distinct class of executions, if they were asked for; otherwise empty
 * @param counterexample an execution that shows the violation, if there is one, expected or not
 * @param time how long it took; the only part that differs from run to run
 */
public record Exploration(
        LitmusTest test,
        Verdict verdict,
        String reason,
        boolean isExhausted,
        long schedules,
        long pruned,
        long states,
        long steps,
        long checks,
        SortedMap<String, Schedule> outcomes,
        SortedSet<String> classes,
        Optional<Counterexample> counterexample,
        Duration time) {

    /** Of a test whose exploration came to nothing. */
    public static Exploration bounded(LitmusTest test, String reason, Duration time) {
        return new Exploration(
                test,
                Verdict.BOUNDED,
                reason,
                false,
                0,
                0,
                0,
                0,
                0,
                new TreeMap<>(),
                new TreeSet<>(),
                Optional.empty(),
                time);
    }

    /** Lines that a reader of the reason may want: the outcomes, where their number is what is wrong. */
    public List<String> outcomeLines() {
        return outcomes.entrySet().stream()
                .map(entry -> entry.getKey() + "   (schedule " + entry.getValue() + ")")
                .toList();
    }
}
