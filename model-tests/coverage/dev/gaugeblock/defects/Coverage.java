package dev.gaugeblock.defects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.IRuntime;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;

/**
 * Which lines and branches of the kernel packages are reached by the litmus suite, by the vectors, by the state
 * machines, and
 * by all of them. Writes {@code docs/coverage.md}. Each runs in a copy of the program whose kernel classes count.
 */
public final class Coverage {
    private static final List<String> PACKAGES = List.of("machine", "mm", "highmem", "reclaim", "pagebuf");
    private static final Path CLASSES = Path.of("target/classes/dev/gaugeblock");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path DOCUMENT = Path.of("docs/coverage.md");
    private static final int SESSIONS = 1000;
    private static final String OPEN = "none yet";

    private final Map<String, byte[]> originals = new TreeMap<>();
    private final Map<String, ExecutionDataStore> suites = new TreeMap<>();
    private final IRuntime runtime = new LoggerRuntime();
    private final RuntimeData data = new RuntimeData();

    private Coverage() {}

    public static void main(String[] args) throws Exception {
        Coverage coverage = new Coverage();
        coverage.runtime.startup(coverage.data);
        PatchedProgram program = new PatchedProgram(coverage.instrumented());
        coverage.collect("litmus", () -> runAll(program.probe(Engine.BUILTIN)));
        coverage.collect("vectors", () -> runAll(program.probe(Engine.CHECK)));
        coverage.collect("state machines", () -> runSessions(program));
        coverage.runtime.shutdown();
        Files.writeString(DOCUMENT, coverage.report());
    }

    /** Something to run, which may fail. */
    private interface Suite {
        void run() throws Exception;
    }

    private Map<String, byte[]> instrumented() throws IOException {
        Instrumenter instrumenter = new Instrumenter(runtime);
        Map<String, byte[]> counting = new HashMap<>();
        for (String each : PACKAGES) {
            try (Stream<Path> files = Files.list(CLASSES.resolve(each))) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".class")).toList()) {
                    String name = "dev.gaugeblock." + each + "."
                            + file.getFileName().toString().replace(".class", "");
                    byte[] bytes = Files.readAllBytes(file);
                    originals.put(name, bytes);
                    counting.put(name, instrumenter.instrument(bytes, name));
                }
            }
        }
        return counting;
    }

    private void collect(String name, Suite suite) throws Exception {
        suite.run();
        ExecutionDataStore reached = new ExecutionDataStore();
        data.collect(reached, new SessionInfoStore(), false);
        if (reached.getContents().isEmpty()) {
            throw new IllegalStateException(name + " reached nothing");
        }
        // The counters go on to be used: what is kept is a copy.
        ExecutionDataStore store = new ExecutionDataStore();
        ExecutionDataStore all = suites.computeIfAbsent("all", key -> new ExecutionDataStore());
        reached.getContents().forEach(each -> {
            store.put(copyOf(each));
            all.put(copyOf(each));
        });
        suites.put(name, store);
        data.reset();
    }

    private static ExecutionData copyOf(ExecutionData each) {
        return new ExecutionData(each.getId(), each.getName(), each.getProbes().clone());
    }

    private static void runAll(Probe probe) throws IOException {
        try (probe) {
            for (String subject : probe.subjects()) {
                probe.run(subject);
            }
        }
    }

    @SuppressWarnings("unchecked") // The loader has a class of that name, which is such a function.
    private static void runSessions(PatchedProgram program) throws Exception {
        LongFunction<String> trying = (LongFunction<String>) program.loadClass("dev.gaugeblock.machines.Trying")
                .getConstructor()
                .newInstance();
        String wrong = trying.apply(SESSIONS);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("session " + wrong);
        }
    }

    private CoverageBuilder analysed(String suite) throws IOException {
        CoverageBuilder builder = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(suites.getOrDefault(suite, new ExecutionDataStore()), builder);
        for (Map.Entry<String, byte[]> each : originals.entrySet()) {
            analyzer.analyzeClass(each.getValue(), each.getKey());
        }
        return builder;
    }

    private String report() throws IOException {
        List<String> suiteNames = List.of("litmus", "vectors", "state machines", "all");
        StringBuilder text = new StringBuilder(
                """
                # What is reached

                Lines and branches of the kernel packages, in percent, that are reached by the litmus suite (`dpor`), by `spec/vectors`, by 1,000 sessions
                of the state machines, and by any of them. The unit tests, which call single methods, do not count here. `mvn -B -o -Pcoverage test` makes
                this page anew.

                | package | litmus | vectors | state machines | all |
                |---|---|---|---|---|
                """);
        Map<String, CoverageBuilder> analysed = new HashMap<>();
        for (String suite : suiteNames) {
            analysed.put(suite, analysed(suite));
        }
        for (String each : PACKAGES) {
            text.append("| `").append(each).append("` |");
            for (String suite : suiteNames) {
                text.append(' ').append(shares(analysed.get(suite), each)).append(" |");
            }
            text.append('\n');
        }
        List<String> open = new ArrayList<>();
        Map<String, List<String>> explained = new TreeMap<>();
        for (IClassCoverage each : analysed.get("all").getClasses()) {
            for (IMethodCoverage method : each.getMethods()) {
                for (int line = method.getFirstLine(); line >= 0 && line <= method.getLastLine(); line++) {
                    if (method.getLine(line).getStatus() == ICounter.NOT_COVERED) {
                        note(each, method, line, open, explained);
                    }
                }
            }
        }
        text.append("\n## Lines that none reaches\n\nReason: ")
                .append(OPEN)
                .append(". (")
                .append(open.size())
                .append(" lines)\n\n");
        open.forEach(line -> text.append(line).append('\n'));
        explained.forEach((reason, lines) -> {
            text.append("\nReason: ")
                    .append(reason)
                    .append(". (")
                    .append(lines.size())
                    .append(" lines)\n\n");
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }

    private static String shares(CoverageBuilder builder, String kernelPackage) {
        int lines = 0;
        int linesReached = 0;
        int branches = 0;
        int branchesReached = 0;
        for (IClassCoverage each : builder.getClasses()) {
            if (each.getPackageName().equals("dev/gaugeblock/" + kernelPackage)) {
                lines += each.getLineCounter().getTotalCount();
                linesReached += each.getLineCounter().getCoveredCount();
                branches += each.getBranchCounter().getTotalCount();
                branchesReached += each.getBranchCounter().getCoveredCount();
            }
        }
        return 100 * linesReached / lines + "/" + 100 * branchesReached / Math.max(1, branches);
    }

    private static void note(
            IClassCoverage of, IMethodCoverage method, int line, List<String> open, Map<String, List<String>> explained)
            throws IOException {
        Path source = SOURCES.resolve(of.getPackageName()).resolve(of.getSourceFileName());
        List<String> lines = Files.readAllLines(source);
        String what = lines.get(line - 1).strip();
        String entry = "* `" + of.getPackageName().replace("dev/gaugeblock/", "") + "/" + of.getSourceFileName() + ":"
                + line + "` `" + what.replace("`", "'") + "`";
        String reason = reason(method, what, lines, line);
        if (reason.equals(OPEN)) {
            open.add(entry);
        } else {
            explained.computeIfAbsent(reason, key -> new ArrayList<>()).add(entry);
        }
    }

    /** What its place says about a line: the reasons that hold of every line of that kind. */
    private static String reason(IMethodCoverage method, String what, List<String> lines, int line) {
        String name = method.getName();
        if (name.equals("writeState")
                || name.startsWith("write") && method.getDesc().contains("StateSink")) {
            return "it writes the state for `dpor+cache`, which `ReductionTest` runs, and the suite under `dpor` does not";
        }
        if (name.equals("toString") || name.equals("what") || name.equals("notHeldBy") || name.equals("name")) {
            return "it is the text of a message, which only a violation or a deadlock prints";
        }
        if (method.getDesc().equals("()Ljava/lang/String;") || what.startsWith("return \"") || what.contains("? \"")) {
            return "it says what an invariant found wrong: only a defect leads here (`model-tests/defects`)";
        }
        for (int back = line; back > Math.max(0, line - 6); back--) {
            if (lines.get(back - 1).contains("throw new")) {
                return "it refuses what no caller may do; unit tests do it";
            }
        }
        if (name.equals("<init>") && method.getDesc().equals("()V")) {
            return "nobody makes an object of a class that has only static methods";
        }
        return OPEN;
    }
}
