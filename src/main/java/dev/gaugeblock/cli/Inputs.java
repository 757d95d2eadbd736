package dev.gaugeblock.cli;

import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a command is to judge: what its arguments name, and then what a list names, a path on each line. */
final class Inputs {
    private final List<Path> paths;
    private final @Nullable Path list;
    private final List<TextFormatException> wrongLines = new ArrayList<>();
    /** Why the list cannot be opened. */
    private @Nullable IOException unopened;

    private Inputs(List<Path> named, @Nullable Path list) {
        this.paths = new ArrayList<>(named);
        this.list = list;
    }

    /** Reads the list, if there is one. Whatever is wrong with it is for {@link #sayWhatIsWrong}. */
    static Inputs of(List<Path> named, @Nullable Path list) {
        Inputs inputs = new Inputs(named, list);
        if (list != null) {
            try (LineReader lines = LineReader.open(list)) {
                inputs.add(lines);
            } catch (TextFormatException e) {
                inputs.wrongLines.add(e);
            } catch (IOException e) {
                inputs.unopened = e;
            }
        }
        return inputs;
    }

    private void add(LineReader lines) throws TextFormatException {
        String line = lines.next();
        while (line != null) {
            try {
                if (line.isEmpty()) {
                    wrongLines.add(lines.position().error("a path is expected, and the line is empty"));
                } else {
                    paths.add(Path.of(line));
                }
            } catch (InvalidPathException e) {
                wrongLines.add(lines.position().error("this is no path: " + e.getReason()));
            }
            line = lines.next();
        }
    }

    /** In the order in which they were named. */
    List<Path> paths() {
        return paths;
    }

    /** Tells of a list that cannot be read, or not all of it, and of one that names nothing. */
    void sayWhatIsWrong(Reporter reporter) {
        String name = String.valueOf(list);
        IOException why = unopened;
        if (why != null) {
            reporter.unreadable(Place.of(name), name + ": " + Reason.of(why));
        }
        wrongLines.forEach(wrong -> reporter.unreadable(name, wrong));
        if (paths.isEmpty() && why == null && wrongLines.isEmpty()) {
            reporter.open(name, Conclusion.INCONCLUSIVE, name + ": it names no file");
        }
    }
}
