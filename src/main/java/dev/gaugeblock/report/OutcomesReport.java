package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * All outcomes of litmus tests as text, in the form of {@code spec/outcomes}, which holds those of the original code: what {@code
 * gaugeblock explore --outcomes} writes.
 */
public final class OutcomesReport {
    private OutcomesReport() {}

    /** Writes the outcomes of the tests, one test after the other; a file of that name is replaced as a whole. */
    public static void write(Path file, List<Exploration> explorations) throws IOException {
        List<String> lines = new ArrayList<>();
        explorations.forEach(exploration -> lines.addAll(lines(exploration)));
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.write(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The lines of one test: what it is, and its outcomes, sorted. What stopped it, if it is not complete, is said. */
    public static List<String> lines(Exploration exploration) {
        List<String> lines = new ArrayList<>();
        lines.add("# litmus " + exploration.test().name());
        lines.add("# text " + exploration.test().file());
        lines.add("# executions " + exploration.schedules());
        String violation =
                exploration.counterexample().map(Counterexample::violationId).orElse("");
        if (!violation.isEmpty()) {
            lines.add("# stopped at " + violation);
        } else if (exploration.verdict() == Verdict.BOUNDED || exploration.verdict() == Verdict.BROKEN) {
            lines.add("# incomplete: " + exploration.reason());
        }
        lines.add("# outcomes " + exploration.outcomes().size());
        lines.addAll(exploration.outcomes().keySet());
        return lines;
    }
}
