package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What Java PathFinder found out about one litmus test.
 *
 * @param test the test
 * @param verdict what that means
 * @param reason for a verdict other than HOLDS, why, in a sentence; otherwise empty
 * @param states distinct states that it met
 * @param outcomes each distinct outcome
 * @param counterexample a path that shows the violation, if there is one, expected or not
 * @param finding what the counterexample says about the granularity of the built-in explorer; otherwise empty
 * @param revision of jpf-core, seven digits
 * @param time of the processor for the whole process, start included; the only part that differs from run to run
 */
public record JpfExploration(
        LitmusTest test,
        Verdict verdict,
        String reason,
        long states,
        SortedSet<String> outcomes,
        Optional<Counterexample> counterexample,
        String finding,
        String revision,
        Duration time) {}
