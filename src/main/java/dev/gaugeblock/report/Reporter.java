package dev.gaugeblock.report;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.report.form.Form;
import dev.gaugeblock.report.form.JsonForm;
import dev.gaugeblock.report.form.TextForm;
import dev.gaugeblock.report.form.WorkflowCommands;
import dev.gaugeblock.report.html.HtmlFolder;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.Run;
import dev.gaugeblock.text.GaveUpException;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes what a command finds as it finds it, and puts it out: on standard output in the form that was asked for, and
 * into files. From the beginning each file says that the run is not finished, and after each test how far it is, so
 * that a run that is killed leaves none that could be taken for a whole one, and none of an earlier run stays.
 */
public final class Reporter {
    private final String command;
    private final Map<String, String> settings;
    private final Format format;
    private final TextForm people;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<ReportFile, Form> files = new LinkedHashMap<>();
    private @Nullable HtmlFolder pages;
    private final List<Case> cases = new ArrayList<>();
    private final List<Run.Note> notes = new ArrayList<>();
    private int done;
    private int total = -1;
    private boolean isFinished;
    private boolean isComplete = true;

    /**
     * Nothing found yet.
     *
     * @param settings what the results depend on beside the inputs
     * @param people the form of {@link Format#text}
     * @param err gets what comes to be wrong with a file
     */
    public Reporter(
            String command,
            Map<String, String> settings,
            Format format,
            TextForm people,
            PrintWriter out,
            PrintWriter err) {
        this.people = people;
        this.command = command;
        this.settings = settings;
        this.format = format;
        this.out = out;
        this.err = err;
    }

    /**
     * Takes the place of a file, if one is asked for.
     *
     * @throws IOException if that cannot be written to, or is another report's; the message says what and why
     */
    public void begin(@Nullable Path file, Form form) throws IOException {
        if (file != null) {
            Path place = file.toAbsolutePath().normalize();
            for (ReportFile other : files.keySet()) {
                if (other.file().toAbsolutePath().normalize().equals(place)) {
                    throw new IOException(
                            "cannot write " + file + ": another report goes there: give each a file of its own");
                }
            }
            files.put(ReportFile.begin(file, form.text(run())), form);
        }
    }

    /**
     * Takes the folder of pages, if one is asked for.
     *
     * @throws IOException if that cannot be written to; the message says what and why
     */
    public void beginPages(@Nullable Path folder) throws IOException {
        if (folder != null) {
            pages = HtmlFolder.begin(folder, run());
        }
    }

    /** The inputs are read: so many tests are to come. */
    public void expect(int testsToCome) {
        total = testsToCome;
        write();
    }

    /** Something is judged, or cannot be; with what pages draw of it, which is worked out if there are to be some. */
    public void add(Case judged, Supplier<Map<String, @Nullable Object>> drawing) {
        HtmlFolder folder = pages;
        if (folder != null) {
            folder.draw(cases.size(), drawing.get());
        }
        add(judged);
    }

    /** Something is judged, or cannot be. */
    public void add(Case judged) {
        cases.add(judged);
        if (format == Format.text) {
            people.of(judged).forEach(out::println);
        } else if (format == Format.github) {
            WorkflowCommands.of(judged).forEach(out::println);
        }
        out.flush();
    }

    /** One of the tests that were to come is behind us, with all that is to be said of it. */
    public void testEnded() {
        done++;
        write();
    }

    /** An input cannot be read; the message says what and why, and goes to standard error. */
    public void unreadable(Place place, String message) {
        err.println("gaugeblock: " + TextForm.safe(message));
        add(Case.unreadable(place, message));
    }

    /** An input cannot be read, or not by this run; the message says where and why, and goes to standard error. */
    public void unreadable(String file, TextFormatException wrong) {
        Place place = new Place(file, wrong.line());
        String message = String.valueOf(wrong.getMessage());
        if (wrong instanceof GaveUpException) {
            broken(place, message);
        } else {
            unreadable(place, message);
        }
    }

    /** An input does not fit the heap; the message says so and where, and goes to standard error. */
    public void broken(Place place, String message) {
        err.println("gaugeblock: BROKEN: " + TextForm.safe(message));
        add(Case.bare(place.name(), place, Conclusion.BROKEN, message, List.of()));
    }

    /** Why nothing could be judged; goes to standard error. */
    public void open(String what, Conclusion conclusion, String message) {
        err.println("gaugeblock: " + (conclusion == Conclusion.BROKEN ? "BROKEN: " : "") + TextForm.safe(message));
        add(Case.bare(what, Place.NOWHERE, conclusion, message, List.of()));
    }

    /**
     * What of a suite cannot be explored, and what is to be known of the rest.
     *
     * @param where the tests were looked for, for one that has none
     */
    public void incomplete(LitmusSuite suite, String where) {
        suite.notes().forEach(note -> err.println("gaugeblock: " + note));
        suite.unreadable().forEach(refused -> unreadable(new Place(refused.file(), refused.line()), refused.message()));
        suite.emptyFiles()
                .forEach(file ->
                        open(file.toString(), Conclusion.INCONCLUSIVE, "nothing to check: " + file + " is empty"));
        if (suite.tests().isEmpty() && suite.unreadable().isEmpty()) {
            open("suite", Conclusion.INCONCLUSIVE, "nothing to check: there is no litmus test in " + where);
        }
    }

    /** A remark about a place, which people read as a line. */
    public void note(Place place, String text, String line) {
        notes.add(new Run.Note(place, text));
        print(line);
    }

    /** Where goes what is not found, but said while the search goes on. */
    public PrintWriter errors() {
        return err;
    }

    /** A line for people, such as the head of a table. */
    public void print(String line) {
        if (format == Format.text) {
            people.between(List.of(line)).forEach(out::println);
            out.flush();
        }
    }

    /** The lines with the totals, for people. */
    public void summary(List<String> lines) {
        if (format != Format.json) {
            people.between(lines).forEach(out::println);
            out.flush();
        }
    }

    /** What came of all that was judged so far. */
    public Conclusion conclusion() {
        return Conclusion.worst(cases.stream().map(Case::conclusion).toList());
    }

    /** Whether there is something, and none of it was to be judged. */
    public boolean isNothingJudged() {
        return !cases.isEmpty() && cases.stream().allMatch(each -> each.conclusion() == Conclusion.NOT_JUDGED);
    }

    /** The run is over. Returns whether every file could be written. */
    public boolean end() {
        isFinished = true;
        write();
        return isComplete;
    }

    /** After the end: what can be printed then only. */
    public void ended(int exitCode) {
        if (format == Format.json) {
            out.println(JsonForm.text(run(), exitCode));
            out.flush();
        }
    }

    private Run run() {
        return new Run(command, settings, List.copyOf(cases), done, total, isFinished, List.copyOf(notes));
    }

    private void write() {
        HtmlFolder folder = pages;
        if (files.isEmpty() && folder == null) {
            return;
        }
        Run run = run();
        files.forEach((file, form) -> {
            try {
                if (isFinished) {
                    file.end(form.text(run));
                } else {
                    file.soFar(form.text(run));
                }
            } catch (IOException e) {
                failed(file.file(), e);
            }
        });
        if (folder != null) {
            try {
                folder.write(run);
            } catch (IOException e) {
                failed(folder.folder(), e);
            }
        }
    }

    private void failed(Path place, IOException e) {
        if (isComplete) {
            err.println("gaugeblock: cannot write " + place + ": " + Reason.of(e) + "; the run goes on");
        }
        isComplete = false;
    }
}
