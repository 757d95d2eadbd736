package dev.gaugeblock.fleet;

import dev.gaugeblock.api.ExitCodes;
import dev.gaugeblock.api.Explored;
import dev.gaugeblock.api.SeededDefects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Explores programs, sound and with defects, under reductions: a row for each, and what they say together. */
public final class Sweep {
    private static final String OUT = "--out";
    private static final String DEFECTS = "--defects";
    private static final String REDUCTIONS = "--reductions";
    private static final String MEMORY = "--memory";
    private static final String BUDGET = "--budget";
    private static final String BATCH = "--batch";
    private static final int DEFAULT_BATCH = 100_000;
    private static final int NAMED = 20;

    private final Arguments arguments;
    private final List<String> reductions;
    private final String budget;
    private final String memory;
    private final int batch;

    private Sweep(Arguments arguments) throws UsageException {
        this.arguments = arguments;
        this.reductions =
                List.of(arguments.value(REDUCTIONS, "none,dpor,dpor+cache").split(","));
        this.budget = arguments.value(BUDGET, "1000");
        this.memory = arguments.value(MEMORY, SweepSlice.SC);
        this.batch = arguments.positive(BATCH, DEFAULT_BATCH);
    }

    /** Ends the process with 0 if every exploration came to an end and no two reductions disagree. */
    public static void main(String[] arguments) {
        System.exit(Job.run("sweep", () -> of(arguments)::run));
    }

    private static Sweep of(String[] given) throws UsageException {
        Sweep sweep = new Sweep(
                Arguments.of(given, List.of("--programs", OUT, DEFECTS, REDUCTIONS, MEMORY, BUDGET, BATCH), Set.of()));
        sweep.arguments.required("--programs");
        sweep.arguments.required(OUT);
        for (String reduction : sweep.reductions) {
            try {
                SweepSlice.reduction(reduction);
            } catch (IllegalArgumentException e) {
                throw new UsageException(REDUCTIONS + " " + reduction + ": none, dpor and dpor+cache are possible");
            }
        }
        if (!sweep.budget.matches("[1-9]\\d*[smh]?")) {
            throw new UsageException(BUDGET + " " + sweep.budget + ": a number of executions, or a time as 30s");
        }
        try {
            SweepSlice.memory(sweep.memory);
        } catch (IllegalArgumentException e) {
            throw new UsageException(MEMORY + " " + sweep.memory + ": sc and x86-tso are possible");
        }
        return sweep;
    }

    private int run(SparkSession spark) throws UsageException, IOException {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        String out = arguments.required(OUT).get(0);
        Summary summary = Summary.begin(out, context.hadoopConfiguration());
        Map<String, String> programs = programs(context.hadoopConfiguration());
        Map<String, Map<String, byte[]>> classFiles = classFiles();
        Map<String, SweepTask> tasks = tasks(programs, classFiles.keySet());
        Map<String, String> states = new HashMap<>();
        tasks.forEach((key, task) -> states.put(key, SweepSlice.state(task, budget, memory)));
        Table table = new Table(spark, out + "/verdicts", SweepSlice.SCHEMA, SweepSlice.JOB, SweepSlice.DEFECT);
        Dataset<Row> pieces = table.pieces(states);
        List<SweepTask> missing = new ArrayList<>();
        for (String key : table.missing(pieces)) {
            missing.add(tasks.get(key));
        }
        // An executor keeps the programs of a few defects loaded.
        missing.sort((one, other) -> (one.defect() + " " + one.key()).compareTo(other.defect() + " " + other.key()));
        System.err.println("gaugeblock sweep: " + tasks.size() + " explorations, " + missing.size() + " to be done");
        Broadcast<Map<String, Map<String, byte[]>>> sent = context.broadcast(classFiles);
        SweepSlice slice = new SweepSlice(budget, memory, sent);
        for (int from = 0; from < missing.size(); from += batch) {
            List<SweepTask> part = missing.subList(from, Math.min(missing.size(), from + batch));
            int slices = Slices.count(part.size(), context.defaultParallelism());
            table.append(context.parallelize(Slices.cut(part, slices), slices).flatMap(slice));
        }
        return tell(tasks.size(), missing.size(), table, pieces, summary);
    }

    /** The texts of the programs, by the names of their files. */
    private Map<String, String> programs(Configuration configuration) throws IOException, UsageException {
        Map<String, String> programs = new TreeMap<>();
        List<String> in = arguments.required("--programs");
        for (Found file :
                Listing.of(in, name -> name.endsWith(".litmus"), configuration).files()) {
            try (InputStream text = file.open(configuration)) {
                programs.put(file.name(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return programs;
    }

    /** Compiled here, once: executors need no JDK. */
    private Map<String, Map<String, byte[]>> classFiles() throws IOException, UsageException {
        Map<String, Map<String, byte[]>> classFiles = new TreeMap<>();
        String named = arguments.value(DEFECTS, "");
        List<String> ids = named.equals("all")
                ? SeededDefects.ids()
                : Stream.of(named.split(",")).filter(id -> !id.isEmpty()).toList();
        for (String id : ids) {
            try {
                classFiles.put(id, new HashMap<>(SeededDefects.classFiles(id)));
            } catch (IllegalArgumentException e) {
                throw new UsageException(DEFECTS + " " + id + ": " + e.getMessage());
            }
        }
        return classFiles;
    }

    private Map<String, SweepTask> tasks(Map<String, String> programs, Set<String> defects) {
        Map<String, SweepTask> tasks = new TreeMap<>();
        programs.forEach((program, text) -> Stream.concat(Stream.of(SweepTask.SOUND), defects.stream())
                .flatMap(
                        defect -> reductions.stream().map(reduction -> new SweepTask(program, text, defect, reduction)))
                .forEach(task -> tasks.put(task.key(), task)));
        return tasks;
    }

    private static int tell(int wanted, int done, Table table, Dataset<Row> pieces, Summary summary)
            throws IOException {
        Map<String, Map<String, Long>> verdicts = new TreeMap<>();
        List<Comparison.Verdict> rows = new ArrayList<>();
        table.rowsOf(pieces)
                .select(
                        SweepSlice.PROGRAM,
                        SweepSlice.DEFECT,
                        SweepSlice.REDUCTION,
                        SweepSlice.VERDICT,
                        SweepSlice.RULE,
                        SweepSlice.REASON,
                        SweepSlice.OUTCOMES)
                .orderBy(SweepSlice.PROGRAM, SweepSlice.DEFECT, SweepSlice.REDUCTION)
                .toLocalIterator()
                .forEachRemaining(row -> rows.add(new Comparison.Verdict(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6))));
        rows.forEach(row -> verdicts.computeIfAbsent(row.defect(), defect -> new TreeMap<>())
                .merge(row.verdict(), 1L, Long::sum));
        Comparison comparison = new Comparison(rows);
        String complaint = table.complaint(pieces);
        verdicts.forEach((defect, counts) -> System.out.println(defect + ": " + counts
                + (comparison.effects().containsKey(defect)
                        ? "; programs: " + comparison.effects().get(defect)
                        : "")));
        comparison.disagreements().stream()
                .limit(NAMED)
                .forEach(each -> System.out.println("BROKEN        the reductions disagree: " + each));
        if (!complaint.isEmpty()) {
            System.out.println("BROKEN        rows were lost, or came twice: " + complaint);
        }
        int exitCode = exitCode(rows, comparison.disagreements().size() + (complaint.isEmpty() ? 0 : 1));
        System.out.println(wanted + " explorations, " + done + " of them done now: "
                + comparison.disagreements().size() + " disagreements; exit code " + exitCode);
        summary.put("wanted", wanted);
        summary.put("done_now", done);
        summary.put("verdicts", verdicts);
        summary.put("effects", comparison.effects());
        summary.put("disagreements", comparison.disagreements().size());
        summary.put(
                "first_disagreements",
                comparison.disagreements().stream().limit(NAMED).toList());
        summary.put("rows", complaint.isEmpty() ? "one for each" : complaint);
        summary.put("exit", exitCode);
        summary.write();
        return exitCode;
    }

    /** That a program breaks a rule is no fault of the sweep: it is what is asked. */
    private static int exitCode(List<Comparison.Verdict> rows, long failures) {
        Map<String, Long> counts = new HashMap<>(Map.of(Explored.Verdict.BROKEN.name(), failures));
        for (Comparison.Verdict row : rows) {
            boolean isAnswer = row.verdict().equals(Explored.Verdict.VIOLATED.name())
                    || row.verdict().equals(Explored.Verdict.UNEXPECTED.name());
            counts.merge(isAnswer ? Explored.Verdict.HOLDS.name() : row.verdict(), 1L, Long::sum);
        }
        return ExitCodes.of(counts);
    }
}
