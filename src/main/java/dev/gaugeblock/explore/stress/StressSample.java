package dev.gaugeblock.explore.stress;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What running one litmus test on real threads met. The threads' timing is the machine's: the same seed gives other
 * counts, and perhaps other outcomes, next time. So nothing follows from what is missing here, and only what was met is
 * known.
 *
 * @param test the test
 * @param verdict what that means
 * @param reason for a verdict other than SAMPLED, why, in a sentence; otherwise empty
 * @param repetitions runs of the test that came to an end, to a violation's included
 * @param outcomes each outcome met, and in how many repetitions
 * @param knownViolations repetitions that met the violation that the test states, if it states one
 * @param unmet conditions of {@code sometimes} that no repetition met
 * @param violation the violation that ended the run, if one did
 * @param circumstances of that violation: in which repetition, where each program was, and the memory; lines for a
 *     reader
 * @param points scheduling points that tasks came to
 * @param checks invariants checked, all of them between repetitions
 * @param time how long it took
 */
public record StressSample(
        LitmusTest test,
        StressVerdict verdict,
        String reason,
        int repetitions,
        SortedMap<String, Integer> outcomes,
        int knownViolations,
        List<Condition> unmet,
        Optional<Violation> violation,
        List<String> circumstances,
        long points,
        long checks,
        Duration time) {

    /**
     * Outcomes that were met here, but that exploring every interleaving of the same test did not find: one of the two
     * engines is broken, or state is touched outside of its lock.
     *
     * @throws IllegalArgumentException if the exploration is of another test, or is not
     *     {@linkplain Exploration#isExhausted exhausted}, so that there is nothing to compare with
     */
    public List<String> unknownTo(Exploration exploration) {
        if (!exploration.test().name().equals(test.name())) {
            throw new IllegalArgumentException("the sample is of " + test.name() + ", the exploration of "
                    + exploration.test().name());
        }
        if (!exploration.isExhausted()) {
            throw new IllegalArgumentException("the exploration of " + test.name()
                    + " did not come to its end, so it cannot say which outcomes there are");
        }
        List<String> unknown = new ArrayList<>();
        for (String outcome : outcomes.keySet()) {
            if (!exploration.outcomes().containsKey(outcome)) {
                unknown.add(outcome);
            }
        }
        return unknown;
    }
}
