package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What engines might find out about a litmus test, made up. */
final class Findings {
    private static final String RACE =
            """
            litmus NAME
            "Two requests for the last frame."
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    private Findings() {}

    static LitmusTest test(String name) {
        return LitmusParser.parse(name + ".litmus", RACE.replace("NAME", name));
    }

    static LitmusTest knownBad(String name, String id) {
        return LitmusParser.parse(name + ".litmus", RACE.replace("NAME", name) + "known-bad " + id + "\n");
    }

    /** The built-in explorer's; a violation if there is one is {@code id}, or empty. */
    static Exploration builtin(LitmusTest test, Verdict verdict, String reason, String id, String... outcomes) {
        SortedMap<String, Schedule> found = new TreeMap<>();
        List.of(outcomes).forEach(outcome -> found.put(outcome, Schedule.parse("0")));
        return new Exploration(
                test,
                verdict,
                reason,
                (verdict == Verdict.HOLDS || verdict == Verdict.UNEXPECTED) && id.isEmpty(),
                4,
                0,
                0,
                0,
                0,
                found,
                new TreeSet<>(),
                counterexample(id),
                Duration.ofMillis(100));
    }

    static JpfExploration jpf(LitmusTest test, Verdict verdict, String reason, String id, String... outcomes) {
        return new JpfExploration(
                test,
                verdict,
                reason,
                44,
                new TreeSet<>(List.of(outcomes)),
                counterexample(id),
                "",
                "7ea25de",
                Duration.ofSeconds(2));
    }

    static StressSample sample(LitmusTest test, StressVerdict verdict, String reason, String... outcomes) {
        SortedMap<String, Integer> met = new TreeMap<>();
        List.of(outcomes).forEach(outcome -> met.put(outcome, 1));
        return new StressSample(
                test, verdict, reason, 10, met, 0, List.of(), Optional.empty(), List.of(), 0, 0, Duration.ofSeconds(1));
    }

    private static Optional<Counterexample> counterexample(String id) {
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Counterexample(
                        new Violation(id, "so it is"),
                        "",
                        List.of("cpu 0", "cpu 1"),
                        List.of(),
                        Schedule.parse("0"),
                        "",
                        "",
                        List.of(),
                        "",
                        ""));
    }
}
