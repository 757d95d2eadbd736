package dev.gaugeblock.fleet;

import dev.gaugeblock.api.Explored;
import dev.gaugeblock.api.Exploring;
import dev.gaugeblock.api.Litmus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Explores the programs of a slice, one after the other as asked for. It never throws: what fails is a row. */
final class SweepSlice implements FlatMapFunction<ArrayList<SweepTask>, Row> {
    private static final long serialVersionUID = 1L;

    static final String JOB = "job";
    static final String PROGRAM = "program";
    static final String DEFECT = "defect";
    static final String REDUCTION = "reduction";
    static final String VERDICT = "verdict";
    static final String RULE = "rule";
    static final String REASON = "reason";
    static final String OUTCOMES = "outcomes";

    static final StructType SCHEMA = new StructType()
            .add(JOB, DataTypes.StringType)
            .add(Table.STATE, DataTypes.StringType)
            .add(PROGRAM, DataTypes.StringType)
            .add(DEFECT, DataTypes.StringType)
            .add(REDUCTION, DataTypes.StringType)
            .add(VERDICT, DataTypes.StringType)
            .add(RULE, DataTypes.StringType)
            .add(REASON, DataTypes.StringType)
            .add("schedules", DataTypes.LongType)
            .add("outcome_count", DataTypes.LongType)
            .add(OUTCOMES, DataTypes.StringType);

    /** The memory that results of earlier versions are about, which did not name it. */
    static final String SC = "sc";

    /** In the place of a verdict: the file is no litmus test. */
    static final String UNREADABLE = "UNREADABLE";

    private static final int KEPT = 4;

    /** The programs with a defect that this JVM has loaded, the last ones; guarded by itself. */
    private static final Map<String, Exploring> LOADED = new LinkedHashMap<>();

    private final String budget;
    private final String memory;
    private final Broadcast<Map<String, Map<String, byte[]>>> classFiles;

    /**
     * A slice's work.
     *
     * @param budget as {@code explore --budget} takes it, for each exploration
     * @param memory model of the machine's memory, as {@code explore --memory} takes it
     * @param classFiles of each defect
     */
    SweepSlice(String budget, String memory, Broadcast<Map<String, Map<String, byte[]>>> classFiles) {
        this.budget = budget;
        this.memory = memory;
        this.classFiles = classFiles;
    }

    /** What a row depends on. */
    static String state(SweepTask task, String budget, String memory) {
        return "text " + digest(task.text()) + ", budget " + budget + (memory.equals(SC) ? "" : ", memory " + memory);
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    @Override
    public Iterator<Row> call(ArrayList<SweepTask> slice) {
        return slice.stream().map(this::row).iterator();
    }

    private Row row(SweepTask task) {
        Litmus program;
        try {
            program = Litmus.parse(task.text());
        } catch (IllegalArgumentException e) {
            return row(task, UNREADABLE, "", e.getMessage(), 0, 0, "");
        }
        try {
            Explored explored = exploring(task.defect())
                    .by(reduction(task.reduction()))
                    .under(memory(memory))
                    .within(budget)
                    .withoutShortening()
                    .explore(program);
            return row(
                    task,
                    explored.verdict().name(),
                    explored.counterexample().map(Explored.Counterexample::rule).orElse(""),
                    explored.reason(),
                    explored.schedules(),
                    explored.outcomes().size(),
                    digest(String.join(
                            "\n", explored.outcomes().stream().sorted().toList())));
        } catch (Throwable e) {
            // Throwable, not Exception: whatever it is, one program must not end the exploring of the others.
            return row(task, Explored.Verdict.BROKEN.name(), "", "the exploration failed: " + e, 0, 0, "");
        }
    }

    static Exploring.Reduction reduction(String name) {
        return Exploring.Reduction.valueOf(name.toUpperCase(Locale.ROOT).replace('+', '_'));
    }

    static Exploring.Memory memory(String name) {
        return Exploring.Memory.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private Exploring exploring(String defect) {
        Map<String, byte[]> classes = classFiles.value().getOrDefault(defect, Map.of());
        // The same defect of another build is another program.
        String name = defect + " "
                + classes.values().stream().mapToInt(Arrays::hashCode).sum();
        synchronized (LOADED) {
            Exploring known = LOADED.remove(name);
            LOADED.put(name, known == null ? Exploring.reference().seeded(classes) : known);
            if (LOADED.size() > KEPT) {
                LOADED.remove(LOADED.keySet().iterator().next());
            }
            return LOADED.get(name);
        }
    }

    private Row row(
            SweepTask task,
            String verdict,
            String rule,
            String reason,
            long schedules,
            long outcomeCount,
            String outcomes) {
        return RowFactory.create(
                task.key(),
                state(task, budget, memory),
                task.program(),
                task.defect(),
                task.reduction(),
                verdict,
                rule,
                reason,
                schedules,
                outcomeCount,
                outcomes);
    }
}
