package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.text.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The reports that an exploration run writes into files. From the beginning each says that the run is not finished, and
 * after each test how far it is, so that a run that is killed leaves none that could be taken for a whole one, and none
 * of an earlier run stays.
 */
public final class Reports {
    private final Map<ReportFile, Form> files = new LinkedHashMap<>();
    private final PrintWriter err;
    private final List<Exploration> ended = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private int tests = RunSoFar.BEGUN.tests();
    private boolean isComplete = true;

    /** How a report is put: JUnit XML, sets of outcomes. */
    public interface Form {
        /** The whole text of a report of a run that is this far. */
        String text(RunSoFar run);
    }

    /** No reports yet; says on {@code err} what comes to be wrong with any. */
    public Reports(PrintWriter err) {
        this.err = err;
    }

    /**
     * Takes the place of a report, if one is asked for.
     *
     * @throws IOException if that cannot be written to; the message says what and why
     */
    public void begin(@Nullable Path file, Form form) throws IOException {
        if (file != null) {
            files.put(ReportFile.begin(file, form.text(RunSoFar.BEGUN)), form);
        }
    }

    /** The inputs are read: so many tests are to come. */
    public void read(int testsToCome) {
        tests = testsToCome;
        write(false);
    }

    /** Something cannot be read; the message says what, and why. */
    public void unreadable(String message) {
        unreadable.add(message);
    }

    /** A test is explored. */
    public void test(Exploration exploration) {
        ended.add(exploration);
        write(false);
    }

    /** The run is over. Returns whether every report could be written. */
    public boolean end() {
        write(true);
        return isComplete;
    }

    private void write(boolean isLast) {
        RunSoFar run = new RunSoFar(List.copyOf(ended), tests, List.copyOf(unreadable));
        files.forEach((file, form) -> {
            try {
                if (isLast) {
                    file.end(form.text(run));
                } else {
                    file.soFar(form.text(run));
                }
            } catch (IOException e) {
                if (isComplete) {
                    err.println("gaugeblock: cannot write " + file.file() + ": " + Reason.of(e) + "; the run goes on");
                }
                isComplete = false;
            }
        });
    }
}
