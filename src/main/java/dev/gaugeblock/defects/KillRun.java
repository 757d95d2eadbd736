package dev.gaugeblock.defects;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Puts somebody's tests to the sound allocator and to defects, and tells which test finds which. All is as it must be
 * if every test holds on the sound allocator, and every defect is found.
 */
public final class KillRun {
    private final OwnTests tests;
    private final Reporter reporter;
    private final boolean isBlind;
    private final UnaryOperator<String> again;

    /**
     * A run.
     *
     * @param reporter gets what is found
     * @param isBlind whether nothing may tell a defect but its number
     * @param again the command that is about one defect, by what the table calls it, up to {@code --replay}
     */
    public KillRun(OwnTests tests, Reporter reporter, boolean isBlind, UnaryOperator<String> again) {
        this.tests = tests;
        this.reporter = reporter;
        this.isBlind = isBlind;
        this.again = again;
    }

    /** Runs all; {@code defects} by what the table calls them. */
    public void run(Map<String, Defect> defects) throws IOException, DefectException {
        List<LitmusTest> read = read();
        if (read.isEmpty()) {
            return;
        }
        reporter.expect(read.size() + defects.size());
        List<String> sound = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Trial> trials = tests.onTheSoundAllocator(read);
        for (int i = 0; i < trials.size(); i++) {
            reporter.add(onTheSoundAllocator(read.get(i), trials.get(i)));
            reporter.testEnded();
            switch (trials.get(i).result()) {
                case SURVIVED -> sound.add(read.get(i).name());
                case NOT_JUDGED -> unknown.add(read.get(i).name());
                case FOUND -> {} // It finds nothing: it would with any allocator.
            }
        }
        KillTable table = new KillTable(List.copyOf(defects.keySet()), sound);
        table.head().forEach(reporter::print);
        int killed = 0;
        for (Map.Entry<String, Defect> each : defects.entrySet()) {
            long start = System.nanoTime();
            String name = each.getKey();
            OwnTests.Fate fate = isBlind
                    ? tests.ofBlind(each.getValue(), sound, again.apply(name))
                    : tests.of(each.getValue(), sound, again.apply(name));
            killed += fate.isKilled() ? 1 : 0;
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            reporter.add(fate(name, fate, unknown, time, table.line(name, fate)));
            reporter.testEnded();
        }
        reporter.summary(List.of(KillTable.summary(killed, defects.size(), sound.size(), read.size())));
    }

    /** The tests; what is wrong with the files is reported. None, if two have one name: it would be told of both. */
    private List<LitmusTest> read() {
        LitmusSuite suite = tests.suite();
        reporter.incomplete(suite, tests.folder().toString());
        Set<String> names = new HashSet<>();
        for (LitmusTest test : suite.tests()) {
            if (!names.add(test.name())) {
                reporter.unreadable(
                        Place.of(test.file()),
                        test.file() + ": another test is called " + test.name() + ": give each a name of its own");
                return List.of();
            }
        }
        return suite.tests();
    }

    private static Case onTheSoundAllocator(LitmusTest test, Trial trial) {
        Conclusion conclusion =
                switch (trial.result()) {
                    case SURVIVED -> Conclusion.HOLDS;
                    case FOUND -> Conclusion.VIOLATED;
                    case NOT_JUDGED -> Conclusion.INCONCLUSIVE;
                };
        String reason =
                switch (trial.result()) {
                    case SURVIVED -> "";
                    case FOUND ->
                        "it does not hold on the sound allocator (" + trial.id()
                                + "): it would find fault with any, so it finds no defect";
                    case NOT_JUDGED -> "nobody knows whether it holds on the sound allocator: " + trial.text();
                };
        List<String> text = new ArrayList<>();
        if (conclusion != Conclusion.HOLDS) {
            text.add(test.name() + ": " + reason);
            trial.text().lines().filter(line -> conclusion.isWrong()).forEach(text::add);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("sound", conclusion == Conclusion.HOLDS);
        return new Case(
                test.name(), Place.of(test.file()), conclusion, reason, trial.evidence(), data, Duration.ZERO, text);
    }

    private Case fate(String name, OwnTests.Fate fate, List<String> unknown, Duration time, String line) {
        List<@Nullable Object> finds = new ArrayList<>();
        List<@Nullable Object> survives = new ArrayList<>();
        List<@Nullable Object> open = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (Trial trial : fate.trials()) {
            switch (trial.result()) {
                case FOUND -> {
                    Map<String, @Nullable Object> found = new LinkedHashMap<>();
                    found.put("subject", trial.subject());
                    found.put("id", trial.id());
                    finds.add(found);
                    evidence.addAll(trial.evidence());
                }
                case SURVIVED -> survives.add(trial.subject());
                case NOT_JUDGED -> open.add(trial.subject());
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("killed_by", finds);
        data.put("survives", survives);
        data.put("not_decided", open);
        Place place = isBlind ? Place.NOWHERE : DefectCases.place(fate.defect());
        if (fate.isKilled()) {
            return new Case(name, place, Conclusion.HOLDS, "", evidence, data, time, List.of(line));
        }
        open.addAll(unknown);
        String reason =
                open.isEmpty() ? "no test finds it" : "not known whether a test finds it: not decided is " + open;
        Conclusion conclusion = open.isEmpty() ? Conclusion.VIOLATED : Conclusion.INCONCLUSIVE;
        return new Case(name, place, conclusion, reason, List.of(), data, time, List.of(line));
    }
}
