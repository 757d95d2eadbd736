package dev.gaugeblock.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a job writes: Parquet, a row for each piece of its work. A row has a key, which no other row has, and a state:
 * what it was made of, and how. What is written is never changed. A job that goes on does what has no row yet, and
 * refuses if a row was made of something else; at its end there must be one row for each piece, or it does not pass.
 */
final class Table {
    /** The column that says what a row was made of, and how. */
    static final String STATE = "state";

    private static final String COUNT = "rows";

    private final SparkSession spark;
    private final String folder;
    private final StructType schema;
    private final String key;
    private final String partition;

    /**
     * A table.
     *
     * @param folder where it is, or will be
     * @param schema has the key, {@link #STATE}, and the column by which files are put into folders, as texts
     */
    Table(SparkSession spark, String folder, StructType schema, String key, String partition) {
        this.spark = spark;
        this.folder = folder;
        this.schema = schema;
        this.key = key;
        this.partition = partition;
    }

    /** All rows, those of earlier runs among them. */
    Dataset<Row> rows() throws IOException {
        Path path = new Path(folder);
        boolean isThere =
                path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
        return isThere ? spark.read().schema(schema).parquet(folder) : spark.createDataFrame(List.of(), schema);
    }

    /** The rows of these pieces. */
    Dataset<Row> rowsOf(Dataset<Row> pieces) throws IOException {
        return rows().join(pieces.select(key), key);
    }

    /** Pieces of work as a table of their own, by key and state. */
    Dataset<Row> pieces(Map<String, String> states) {
        List<Row> rows = new ArrayList<>();
        states.forEach((name, state) -> rows.add(RowFactory.create(name, state)));
        StructType pair = new StructType().add(key, DataTypes.StringType).add(STATE, DataTypes.StringType);
        return spark.createDataFrame(rows, pair).cache();
    }

    /**
     * The keys of the pieces that have no row yet.
     *
     * @throws UsageException if another has one that was made of something else, or in another way
     */
    List<String> missing(Dataset<Row> pieces) throws IOException, UsageException {
        Dataset<Row> rows = rows();
        Dataset<Row> others = pieces.as("now")
                .join(rows.as("before"), functions.col("now." + key).equalTo(functions.col("before." + key)))
                .where(functions.col("now." + STATE).notEqual(functions.col("before." + STATE)))
                .select("now." + key, "before." + STATE, "now." + STATE)
                .orderBy(key);
        List<Row> first = others.takeAsList(1);
        if (!first.isEmpty()) {
            Row other = first.get(0);
            throw new UsageException(folder + " has a row of " + other.getString(0) + " that was made of ("
                    + other.getString(1) + "), and now it would be made of (" + other.getString(2)
                    + "): give another --out");
        }
        List<String> missing = new ArrayList<>();
        pieces.join(rows, pieces.col(key).equalTo(rows.col(key)), "left_anti")
                .select(key)
                .collectAsList()
                .forEach(row -> missing.add(row.getString(0)));
        return missing;
    }

    /** Writes rows: all of them are there then, or none. */
    void append(JavaRDD<Row> rows) {
        spark.createDataFrame(rows, schema)
                .write()
                .mode(SaveMode.Append)
                .partitionBy(partition)
                .parquet(folder);
    }

    /** What is wrong with the rows of the pieces; empty if there is one for each. */
    String complaint(Dataset<Row> pieces) throws IOException {
        Dataset<Row> counts =
                rows().groupBy(key).agg(functions.count(functions.lit(1)).as(COUNT));
        Dataset<Row> wrong = pieces.join(counts, pieces.col(key).equalTo(counts.col(key)), "left")
                .where(functions
                        .coalesce(functions.col(COUNT), functions.lit(0))
                        .notEqual(1))
                .select(
                        pieces.col(key),
                        functions
                                .coalesce(functions.col(COUNT), functions.lit(0L))
                                .as(COUNT))
                .orderBy(pieces.col(key));
        List<Row> first = wrong.takeAsList(1);
        return first.isEmpty()
                ? ""
                : wrong.count() + " of " + pieces.count() + " have another number of rows than 1, the first is "
                        + first.get(0).getString(0) + " with " + first.get(0).getLong(1);
    }
}
