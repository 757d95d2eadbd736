package dev.gaugeblock.fleet;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** How a job starts, and how it ends whatever happens. */
final class Job {
    private static final int USAGE = 2;
    private static final int UNREADABLE = 3;
    private static final int INTERNAL = 70;

    /** What a job does. */
    interface Work {
        /** Returns the exit code. */
        int run(SparkSession spark) throws UsageException, IOException;
    }

    /** What a job does once its arguments are read. */
    interface Reader {
        Work read() throws UsageException;
    }

    private Job() {}

    /** Runs it; what it ends with is what the process should end with. */
    static int run(String name, Reader reader) {
        SparkSession spark = null;
        try {
            Work work = reader.read();
            // Keys are texts, also where they look like numbers.
            spark = SparkSession.builder()
                    .appName("gaugeblock " + name)
                    .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
                    .getOrCreate();
            return work.run(spark);
        } catch (UsageException e) {
            return said(name, e.getMessage(), USAGE);
        } catch (IOException e) {
            return said(name, e.toString(), UNREADABLE);
        } catch (Exception e) {
            e.printStackTrace();
            return said(name, "the job failed, and goes on where it was if it is started again: " + e, INTERNAL);
        } finally {
            if (spark != null) {
                spark.stop();
            }
        }
    }

    private static int said(String name, String what, int exitCode) {
        System.err.println("gaugeblock " + name + ": " + what);
        return exitCode;
    }
}
