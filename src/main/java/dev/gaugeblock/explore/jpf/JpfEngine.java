package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.LitmusJudge;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.Turnstile;
import dev.gaugeblock.explore.harness.pathfinder.Pathfinder;
import dev.gaugeblock.explore.litmus.LitmusEncoder;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The second witness: explores litmus tests with Java PathFinder, one process for each. */
public final class JpfEngine {
    /** How many seconds of processor time one run may take where nobody says otherwise. */
    public static final int LIMIT = 600;

    private final JpfHome home;
    private final String classpath;
    private final Duration limit;
    private final Map<String, String> settings;

    /**
     * An engine.
     *
     * @param classpath what JPF explores: the classes of this program, perhaps with others before them
     * @param limit of the processor time of one run; by the clock it may take ten times as long
     * @param assertions whether the assertions of the explored program are on
     */
    public JpfEngine(JpfHome home, String classpath, Duration limit, boolean assertions) {
        this.home = home;
        this.classpath = classpath;
        this.limit = limit;
        this.settings = assertions ? Map.of() : Map.of("vm.disable_assertions", "dev.gaugeblock.*");
    }

    /**
     * Where the classes of this program lie, a folder or a jar, and the annotations that stand on them: Java PathFinder
     * looks at every annotation of a method that is asked for one, as the invariants are.
     */
    public static String ownClasses() {
        return location(JpfEngine.class) + File.pathSeparator + location(Nullable.class);
    }

    private static Path location(Class<?> type) {
        CodeSource from = Objects.requireNonNull(type.getProtectionDomain().getCodeSource(), "of a jar or a folder");
        return Path.of(URI.create(from.getLocation().toString()));
    }

    /** What the engine failed to find of two seeded defects, a deadlock and a lock left out; empty if it found both. */
    public String canary() throws IOException {
        JpfOutput deadlock = new JpfOutput(run(LitmusEncoder.encode(Canary.deadlock())));
        if (!found(deadlock, Violation.DEADLOCK)) {
            return missed("two locks taken in two orders, and no deadlock was seen", deadlock);
        }
        List<String> arguments = new ArrayList<>(LitmusEncoder.encode(Canary.harmless()));
        arguments.add(Pathfinder.UNGUARDED);
        JpfOutput unguarded = new JpfOutput(run(arguments));
        return found(unguarded, Turnstile.ID)
                ? ""
                : missed("two programs in a section that nothing guards, and nobody saw them", unguarded);
    }

    private static boolean found(JpfOutput output, String id) {
        return output.kind() == JpfOutput.Kind.VIOLATED
                && violationOf(output).id().equals(id);
    }

    private static String missed(String what, JpfOutput output) {
        String said = output.reason().isEmpty() ? output.kind().toString().toLowerCase(Locale.ROOT) : output.reason();
        return "Java PathFinder did not find the canary: " + what + " (" + said + ")";
    }

    /**
     * Explores every interleaving of a test, or up to the first that goes wrong.
     *
     * @throws IOException if JPF cannot be started
     */
    public JpfExploration explore(LitmusTest test) throws IOException {
        List<String> arguments = LitmusEncoder.encode(test);
        JpfProcess.Ended run = run(arguments);
        JpfOutput output = new JpfOutput(run);
        Result result = new Result(test, output, run.time());
        if (output.kind() == JpfOutput.Kind.BROKEN) {
            return result.of(Verdict.BROKEN, output.reason());
        }
        LitmusJudge judge = new LitmusJudge(test);
        String unexpected = "";
        for (String line : run.outcomes()) {
            JpfEnd end;
            try {
                end = new JpfEnd(test, line);
            } catch (IllegalArgumentException e) {
                return result.of(Verdict.BROKEN, String.valueOf(e.getMessage()));
            }
            result.outcomes.add(end.outcome());
            Violation atEnd = judge.ended(end);
            if (atEnd != null && unexpected.isEmpty()) {
                unexpected = atEnd.id() + ": " + atEnd.message() + ": " + end.outcome();
            }
        }
        if (output.kind() == JpfOutput.Kind.VIOLATED) {
            return violated(result, judge, arguments);
        }
        if (!unexpected.isEmpty()) {
            return result.of(Verdict.UNEXPECTED, unexpected);
        }
        if (output.kind() == JpfOutput.Kind.BOUNDED) {
            return result.of(Verdict.BOUNDED, output.reason());
        }
        String wrong = judge.exhausted(result.outcomes.size());
        return result.of(wrong.isEmpty() ? Verdict.HOLDS : Verdict.UNEXPECTED, wrong);
    }

    /** Runs it once more, to be told the path. The search is the same, so it finds the same violation first. */
    private JpfExploration violated(Result result, LitmusJudge judge, List<String> arguments) throws IOException {
        Violation violation = violationOf(result.output);
        if (violation.id().isEmpty()) {
            return result.of(Verdict.BROKEN, "it reports a broken invariant, but not which: " + violation.message());
        }
        Path folder = Files.createTempDirectory("gaugeblock-jpf");
        Path xml = folder.resolve("report.xml");
        try {
            List<String> narrated = new ArrayList<>(arguments);
            narrated.add(Pathfinder.NARRATED);
            JpfOutput again = new JpfOutput(run(narrated, JpfSettings.narrated(xml)));
            if (again.kind() == JpfOutput.Kind.BOUNDED) {
                return result.of(
                        Verdict.BOUNDED,
                        "it found " + violation.id() + ": " + violation.message() + ", but its path is not told: "
                                + again.reason());
            }
            if (!isAgain(violation, again)) {
                return result.of(Verdict.BROKEN, "the violation does not happen again: " + violation.message());
            }
            String untold = result.tell(xml, violation);
            if (!untold.isEmpty()) {
                return result.of(Verdict.BROKEN, untold);
            }
        } finally {
            Files.deleteIfExists(xml);
            Files.delete(folder);
        }
        return judge.isKnown(violation)
                ? result.of(Verdict.HOLDS, "")
                : result.of(Verdict.VIOLATED, violation.id() + ": " + violation.message());
    }

    private static Violation violationOf(JpfOutput violated) {
        return Objects.requireNonNull(violated.violation());
    }

    /** A narrated run tells the ids of invariants, and who waits at a deadlock, in its XML alone. */
    private static boolean isAgain(Violation violation, JpfOutput again) {
        return again.kind() == JpfOutput.Kind.VIOLATED
                && (violationOf(again).id().equals(violation.id())
                        || withoutTexts(violationOf(again).message()).equals(withoutTexts(violation.message())));
    }

    /** Only a narrated run has the texts of operations: the other quotes nothing in their place. */
    private static String withoutTexts(String message) {
        return message.replaceAll("\"[^\"]*\"", "\"\"");
    }

    private JpfProcess.Ended run(List<String> arguments) throws IOException {
        return run(arguments, Map.of());
    }

    private JpfProcess.Ended run(List<String> arguments, Map<String, String> more) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return JpfProcess.run(
                JpfSettings.command(home, classpath, all, arguments),
                Path.of("").toAbsolutePath(),
                limit);
    }

    /** What is known of one test so far. */
    private static final class Result {
        private final LitmusTest test;
        private final JpfOutput output;
        private final Duration time;
        private final SortedSet<String> outcomes = new TreeSet<>();
        private @Nullable Counterexample counterexample;
        private String finding = "";

        Result(LitmusTest test, JpfOutput output, Duration time) {
            this.test = test;
            this.output = output;
            this.time = time;
        }

        /** Makes the path in a report a counterexample. Returns why it cannot be one, or nothing. */
        String tell(Path xml, Violation violation) {
            try {
                tell(JpfPath.read(xml, test.programs().size()), violation);
                return "";
            } catch (IOException e) {
                return "the path to the violation cannot be told: " + violation.message() + ": " + e.getMessage();
            }
        }

        /** The explorer's own telling where it has the same interleaving. */
        private void tell(JpfPath path, Violation violation) {
            Schedule schedule = path.schedule();
            Counterexample told = new Counterexample(
                    violation,
                    Counterexample.ruleOf(violation),
                    Counterexample.titlesOf(test),
                    path.rows(),
                    schedule,
                    path.memoryBefore(),
                    path.memoryAfter(),
                    List.of(),
                    "",
                    "");
            Optional<Counterexample> replayed = replay(schedule);
            boolean same = replayed.map(Counterexample::violation)
                    .filter(other -> other.id().equals(violation.id()))
                    .isPresent();
            counterexample = (same ? replayed.get() : told).withNotes(path::linesOf);
            if (same) {
                return;
            }
            if (path.unguarded().isEmpty()) {
                finding = "The built-in explorer does not see this: replaying the schedule goes well there.";
            } else {
                finding =
                        "No schedule of the built-in explorer does this: state is touched outside its lock, and tasks were"
                                + " switched at " + String.join(", ", path.unguarded()) + ".";
            }
        }

        private Optional<Counterexample> replay(Schedule schedule) {
            try (Explorer explorer = new Explorer(Reduction.NONE)) {
                return Optional.of(explorer.replay(test, schedule));
            } catch (IllegalArgumentException doesNotFit) {
                return Optional.empty();
            }
        }

        JpfExploration of(Verdict verdict, String reason) {
            return new JpfExploration(
                    test,
                    verdict,
                    reason,
                    output.states(),
                    outcomes,
                    Optional.ofNullable(counterexample),
                    finding,
                    output.revision(),
                    time);
        }
    }
}
