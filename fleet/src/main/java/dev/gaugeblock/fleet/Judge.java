package dev.gaugeblock.fleet;

import dev.gaugeblock.api.ExitCodes;
import dev.gaugeblock.api.TraceVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/** Judges traces, wherever Spark reads them: a row for each, the verdict of {@code gaugeblock check}. */
public final class Judge {
    private static final String OUT = "--out";
    private static final String BATCH = "--batch";
    private static final int DEFAULT_BATCH = 10_000;
    private static final int NAMED = 20;

    private final List<String> in;
    private final String out;
    private final int batch;
    private final JudgeSettings settings;

    private Judge(List<String> in, String out, int batch, JudgeSettings settings) {
        this.in = in;
        this.out = out;
        this.batch = batch;
        this.settings = settings;
    }

    /** Ends the process as {@code gaugeblock check} would, over all traces. */
    public static void main(String[] arguments) {
        System.exit(Job.run("judge", () -> of(arguments)::run));
    }

    private static Judge of(String[] given) throws UsageException {
        Arguments arguments = Arguments.of(
                given,
                List.of("--in", OUT, BATCH, JudgeSettings.LIMIT, JudgeSettings.HEAP),
                Set.of(JudgeSettings.EXACT, JudgeSettings.KERNEL, JudgeSettings.OBLIVIOUS));
        return new Judge(
                arguments.required("--in"),
                arguments.required(OUT).get(0),
                arguments.positive(BATCH, DEFAULT_BATCH),
                JudgeSettings.of(arguments));
    }

    private int run(SparkSession spark) throws UsageException, IOException {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        Summary summary = Summary.begin(out, context.hadoopConfiguration());
        Listing listing = Listing.of(in, settings::isTrace, context.hadoopConfiguration());
        if (!listing.passedOver().isEmpty()) {
            System.err.println("gaugeblock judge: " + listing.passedOver());
        }
        Map<String, Found> files = new TreeMap<>();
        listing.files().forEach(file -> files.put(file.name(), file));
        Map<String, String> states = new HashMap<>();
        files.forEach((name, file) -> states.put(name, settings.state(file)));
        Table table = new Table(spark, out + "/verdicts", JudgeSlice.SCHEMA, JudgeSlice.FILE, JudgeSlice.DATE);
        Dataset<Row> pieces = table.pieces(states);
        List<Found> missing = new ArrayList<>();
        for (String name : table.missing(pieces)) {
            missing.add(files.get(name));
        }
        missing.sort((one, other) -> one.name().compareTo(other.name()));
        System.err.println("gaugeblock judge: " + files.size() + " traces, " + missing.size() + " to be judged");
        JudgeSlice slice = new JudgeSlice(settings, configuration(context));
        for (int from = 0; from < missing.size(); from += batch) {
            List<Found> part = missing.subList(from, Math.min(missing.size(), from + batch));
            int slices = Slices.count(part.size(), context.defaultParallelism());
            table.append(context.parallelize(Slices.pack(part, slices, Found::weight), slices)
                    .flatMap(slice));
        }
        return tell(files.size(), missing.size(), listing.passedOver(), table, pieces, summary);
    }

    private static Broadcast<SerializableConfiguration> configuration(JavaSparkContext context) {
        return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    }

    private static int tell(
            int listed, int judged, String passedOver, Table table, Dataset<Row> pieces, Summary summary)
            throws IOException {
        Dataset<Row> rows = table.rowsOf(pieces).cache();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TraceVerdict.Ruling ruling : TraceVerdict.Ruling.values()) {
            counts.put(ruling.name(), 0L);
        }
        for (Row row : rows.groupBy(JudgeSlice.VERDICT).count().collectAsList()) {
            counts.put(row.getString(0), row.getLong(1));
        }
        String complaint = table.complaint(pieces);
        List<String> broken = reasons(rows, TraceVerdict.Ruling.BROKEN);
        for (TraceVerdict.Ruling ruling :
                List.of(TraceVerdict.Ruling.BROKEN, TraceVerdict.Ruling.VIOLATED, TraceVerdict.Ruling.UNREADABLE)) {
            reasons(rows, ruling).forEach(reason -> System.out.println(String.format("%-12s  %s", ruling, reason)));
        }
        if (!complaint.isEmpty()) {
            System.out.println("BROKEN        rows were lost, or came twice: " + complaint);
            counts.merge(TraceVerdict.Ruling.BROKEN.name(), 1L, Long::sum);
        }
        int exitCode = ExitCodes.of(counts);
        System.out.println(
                listed + " traces, " + judged + " of them judged now: " + counts + "; exit code " + exitCode);
        summary.put("listed", listed);
        summary.put("judged_now", judged);
        summary.put("passed_over", passedOver);
        summary.put("verdicts", counts);
        summary.put("broken", broken);
        summary.put("rows", complaint.isEmpty() ? "one for each" : complaint);
        summary.put("exit", exitCode);
        summary.write();
        return exitCode;
    }

    /** Of the first ones. */
    private static List<String> reasons(Dataset<Row> rows, TraceVerdict.Ruling ruling) {
        List<String> reasons = new ArrayList<>();
        rows.where(functions.col(JudgeSlice.VERDICT).equalTo(ruling.name()))
                .orderBy(JudgeSlice.FILE)
                .select(JudgeSlice.REASON)
                .takeAsList(NAMED)
                .forEach(row -> reasons.add(row.getString(0)));
        return reasons;
    }
}
