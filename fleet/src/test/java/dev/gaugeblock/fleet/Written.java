package dev.gaugeblock.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads back what a job wrote. */
final class Written {
    private Written() {}

    /** The rows of a table, by these columns. */
    static List<Row> rows(Path out, String first, String... columns) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
                .getOrCreate()) {
            return spark.read()
                    .parquet(out.resolve("verdicts").toString())
                    .select(first, columns)
                    .orderBy(first)
                    .collectAsList();
        }
    }

    /** The summary, without its line feed. */
    static String summary(Path out) throws IOException {
        return Files.readString(out.resolve("summary.json")).strip();
    }
}
