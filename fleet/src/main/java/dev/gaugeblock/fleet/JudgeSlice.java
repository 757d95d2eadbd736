package dev.gaugeblock.fleet;

import dev.gaugeblock.api.Judging;
import dev.gaugeblock.api.TraceVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Judges the traces of a slice, on whatever machine it comes to, one after the other as they are asked for.
 *
 * <p>A trace that fails a shared JVM is judged again in one of its own; so is each of a slice that is tried again, as
 * one of them may have ended the JVM. So a slice never throws, and no trace takes another with it.
 */
final class JudgeSlice implements FlatMapFunction<ArrayList<Found>, Row> {
    private static final long serialVersionUID = 1L;

    static final String FILE = "file";
    static final String DATE = "date";
    static final String VERDICT = "verdict";
    static final String REASON = "reason";

    static final StructType SCHEMA = new StructType()
            .add(FILE, DataTypes.StringType)
            .add(Table.STATE, DataTypes.StringType)
            .add(DATE, DataTypes.StringType)
            .add(VERDICT, DataTypes.StringType)
            .add("rule", DataTypes.StringType)
            .add("line", DataTypes.LongType)
            .add("event", DataTypes.LongType)
            .add(REASON, DataTypes.StringType)
            .add("events", DataTypes.LongType)
            .add("answers", DataTypes.LongType)
            .add("version", DataTypes.StringType);

    private final JudgeSettings settings;
    private final Broadcast<SerializableConfiguration> configuration;

    JudgeSlice(JudgeSettings settings, Broadcast<SerializableConfiguration> configuration) {
        this.settings = settings;
        this.configuration = configuration;
    }

    @Override
    public Iterator<Row> call(ArrayList<Found> slice) {
        boolean isTriedAgain = TaskContext.get().attemptNumber() > 0;
        return slice.stream().map(file -> row(file, judged(file, isTriedAgain))).iterator();
    }

    private TraceVerdict judged(Found file, boolean isTriedAgain) {
        if (!isTriedAgain) {
            TraceVerdict verdict = judged(file, settings.shared());
            if (verdict.ruling() != TraceVerdict.Ruling.BROKEN) {
                return verdict;
            }
        }
        return judged(file, settings.alone());
    }

    private TraceVerdict judged(Found file, Judging judging) {
        return file.isHere()
                ? judging.trace(Path.of(file.name()))
                : judging.trace(
                        file.name(), () -> file.open(configuration.value().value()));
    }

    private Row row(Found file, TraceVerdict verdict) {
        return RowFactory.create(
                file.name(),
                settings.state(file),
                file.date(),
                verdict.ruling().name(),
                verdict.rule(),
                verdict.line(),
                verdict.event(),
                verdict.reason(),
                verdict.events(),
                verdict.answers(),
                verdict.version());
    }
}
