package dev.gaugeblock.cli;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.jpf.JpfSubset;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.subject.Applicability;
import dev.gaugeblock.explore.subject.SubjectClasses;
import dev.gaugeblock.explore.subject.SubjectException;
import dev.gaugeblock.explore.subject.SubjectMaker;
import dev.gaugeblock.explore.subject.SubjectSource;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.Layout;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose allocator is explored, and what it is held to. */
final class AllocatorOptions {
    private static final String ALLOCATOR = "--allocator";
    private static final String CLASS_PATH = "--class-path";
    private static final String EXPECT = "--expect";
    private static final String CONTRACT = "contract";
    private static final String LINUX = "linux";

    @Option(
            names = ALLOCATOR,
            paramLabel = "CLASS|JAR|FOLDER",
            description = "explore this allocator in the place of the reference: a class that implements api.Subject or"
                    + " api.FreeLists, a jar, or a folder of Java sources; JAR#CLASS if there are several"
                    + " (docs/own-allocator.md)")
    private @Nullable String where;

    @Option(
            names = CLASS_PATH,
            paramLabel = "PATH",
            description = "with --allocator: jars, and folders with class files, where its classes are")
    private @Nullable String classPath;

    @Option(
            names = EXPECT,
            paramLabel = CONTRACT + "|" + LINUX,
            description =
                    "contract: what any correct allocator keeps to (default with --allocator); linux: also the sometimes,"
                            + " never, outcomes and known-bad of each test (default for the reference)")
    private @Nullable String expected;

    @Mixin
    private WithoutOption switchedOff = new WithoutOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private @Nullable SubjectClasses classes;
    private @Nullable SubjectException unusable;
    private @Nullable SubjectMaker maker;

    boolean isGiven() {
        return where != null;
    }

    /** Whether some invariant is switched off. */
    boolean switchesOff() {
        return !switchedOff.ids().isEmpty();
    }

    /** Looks for the classes; what is wrong with them is told by {@link #load}. */
    void find() {
        if (expected != null && !expected.equals(CONTRACT) && !expected.equals(LINUX)) {
            throw usage(EXPECT + " is " + CONTRACT + " or " + LINUX + ", not \"" + expected + "\"");
        }
        String asked = where;
        if (asked == null) {
            if (classPath != null) {
                throw usage(CLASS_PATH + " says where the classes of an " + ALLOCATOR + " are: there is none");
            }
            return;
        }
        AuditedProgram audited = Audit.program();
        try {
            classes = audited == null
                    ? SubjectSource.find(asked, path())
                    : new SubjectClasses(audited.subject(), Map.of(), List.of());
        } catch (SubjectException e) {
            unusable = e;
        } catch (SubjectSource.AmbiguousException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private List<Path> path() {
        return classPath == null
                ? List.of()
                : Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** Whether there is no such allocator, or none that could be explored. */
    boolean isUnusable() {
        SubjectClasses found = classes;
        return unusable != null || found != null && !found.complaints().isEmpty();
    }

    /** The program once more, instrumented, with the allocator if there is one. */
    AuditedProgram audited() {
        SubjectClasses found = classes;
        return found == null ? new AuditedProgram() : new AuditedProgram(found.main(), found.classes());
    }

    /** Loads the allocator. Says whether it can be explored; what it lacks is reported. */
    boolean load(Reporter reporter) {
        SubjectClasses found = classes;
        SubjectException wrong = unusable;
        if (found != null && wrong == null) {
            for (String complaint : found.complaints()) {
                reporter.open(found.main(), Conclusion.INCONCLUSIVE, "cannot be explored: " + complaint);
            }
            if (!found.complaints().isEmpty()) {
                return false;
            }
            try {
                AuditedProgram audited = Audit.program();
                maker = new SubjectMaker(audited == null ? found.load() : found.load(audited), words());
                return true;
            } catch (SubjectException e) {
                wrong = e;
            }
        }
        reporter.unreadable(
                Place.of(String.valueOf(where)), wrong == null ? "no allocator" : String.valueOf(wrong.getMessage()));
        return false;
    }

    /** The class files that Java PathFinder needs besides the program's; none for the reference. */
    Map<String, byte[]> classFiles() {
        SubjectClasses found = classes;
        return found == null ? Map.of() : found.classes();
    }

    /** Whether Java PathFinder would execute the allocator faithfully; what it would not is reported. */
    boolean isForPathfinder(Reporter reporter) {
        boolean isFaithful = true;
        for (Map.Entry<String, byte[]> each : classFiles().entrySet()) {
            for (JpfSubset.Finding finding : JpfSubset.findings(each.getValue())) {
                reporter.open(
                        each.getKey(),
                        Conclusion.INCONCLUSIVE,
                        "Java PathFinder would not run it faithfully: " + finding);
                isFaithful = false;
            }
        }
        return isFaithful;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(ALLOCATOR, String.valueOf(where)));
        if (classPath != null) {
            words.addAll(List.of(CLASS_PATH, classPath));
        }
        if (expected != null) {
            words.addAll(List.of(EXPECT, expected));
        }
        return words;
    }

    /** The tests that the allocator can be put to, each with it; those that it cannot are reported, and counted. */
    List<LitmusTest> applicable(List<LitmusTest> tests, Reporter reporter, Layout layout) {
        List<LitmusTest> expecting = new ArrayList<>();
        boolean isContract = expected == null ? isGiven() : expected.equals(CONTRACT);
        List<String> off = switchedOff.ids();
        off.forEach(id -> reporter.print("switched off: " + id));
        tests.forEach(test -> expecting.add((isContract ? test.forContract() : test).without(off)));
        SubjectMaker made = maker;
        if (made == null) {
            return expecting;
        }
        ExplorationReport report =
                new ExplorationReport(tests.stream().map(LitmusTest::name).toList(), layout);
        Map<String, Integer> counts = new TreeMap<>();
        List<LitmusTest> applicable = new ArrayList<>();
        for (LitmusTest test : expecting) {
            String missing = Applicability.missing(test, made);
            if (missing.isEmpty()) {
                applicable.add(test.on(made.another()));
            } else {
                reporter.add(report.notApplicable(test, missing));
                reporter.testEnded();
                counts.merge(missing, 1, Integer::sum);
            }
        }
        if (applicable.size() < tests.size()) {
            List<String> each = new ArrayList<>();
            counts.forEach((missing, count) -> each.add(count + " without " + missing));
            reporter.print("not applicable: " + (tests.size() - applicable.size()) + " of " + tests.size()
                    + " litmus tests (" + String.join(", ", each) + ")");
        }
        if (applicable.isEmpty()) {
            reporter.open(made.className(), Conclusion.INCONCLUSIVE, "nothing to check: no litmus test is applicable");
        }
        return applicable;
    }

    /** What results depend on. */
    void addTo(Map<String, String> settings) {
        if (where != null) {
            settings.put("allocator", where);
        }
        if (where != null || expected != null) {
            settings.put("expect", expected == null ? CONTRACT : expected);
        }
        switchedOff.addTo(settings);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Which invariants of the catalogue are not judged: for whoever wants to find by an own one what they find. */
    static final class WithoutOption {
        @Option(
                names = "--without",
                paramLabel = "ID",
                description = "switch an invariant off (gaugeblock invariants lists them); may be given more than once")
        private List<String> without = new ArrayList<>();

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        /**
         * Their ids.
         *
         * @throws ParameterException if there is no such invariant
         */
        List<String> ids() {
            List<String> known = InvariantCatalogue.entries().stream()
                    .map(InvariantCatalogue.Entry::id)
                    .toList();
            for (String id : without) {
                if (!known.contains(id)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--without " + id + ": there is no such invariant; there are: " + String.join(", ", known));
                }
            }
            return List.copyOf(without);
        }

        /** What results depend on. */
        void addTo(Map<String, String> settings) {
            if (!without.isEmpty()) {
                settings.put("without", String.join(",", without));
            }
        }
    }
}
