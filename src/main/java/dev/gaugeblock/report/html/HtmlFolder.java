package dev.gaugeblock.report.html;

import dev.gaugeblock.report.form.JsonForm;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Run;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The folder of a run's pages. As with other reports, nothing in it is of an earlier run or half: the pages of an
 * earlier one are removed before the work, and at each moment the page of the run says how far it is.
 */
public final class HtmlFolder {
    private static final String INDEX = "index.html";
    private static final String PAGE = "case-\\d{4,}\\.html";

    /** What a drawing has of a kernel's trace. */
    private static final String TRACE = "trace";

    private final Path folder;
    /** How many cases have their page. */
    private int written;
    /** What is drawn on pages that are still to be written, by the index of the case. */
    private final Map<Integer, Map<String, @Nullable Object>> drawings = new HashMap<>();

    private HtmlFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes the folder, which is made if it is not there: removes the pages of an earlier run, and writes that of this
     * one.
     *
     * @throws IOException if it cannot be written to, or has other files; the message names it and says why
     */
    public static HtmlFolder begin(Path folder, Run run) throws IOException {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IOException("it is no folder");
            }
            Files.createDirectories(folder);
            clear(folder);
            HtmlFolder pages = new HtmlFolder(folder);
            pages.write(run);
            return pages;
        } catch (IOException e) {
            throw new IOException("cannot write " + folder + ": " + Reason.of(e), e);
        }
    }

    private static void clear(Path folder) throws IOException {
        List<Path> there;
        try (Stream<Path> files = Files.list(folder)) {
            there = files.sorted().toList();
        }
        Path index = folder.resolve(INDEX);
        boolean isOurs = Files.isRegularFile(index) && Files.readString(index).contains(Page.MARK);
        if (!there.isEmpty() && !isOurs) {
            throw new IOException("it has files that are of no earlier report: name a new folder, or an empty one");
        }
        for (Path file : there) {
            if (folder.relativize(file).toString().matches(PAGE)) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(index);
    }

    /** What the page of the case with an index draws beside its JSON. */
    public void draw(int index, Map<String, @Nullable Object> drawing) {
        drawings.put(index, drawing);
    }

    /** Writes the pages of what was judged since, and the run's. */
    public void write(Run run) throws IOException {
        while (written < run.cases().size()) {
            Case judged = run.cases().get(written);
            Map<String, @Nullable Object> data = JsonForm.head(run.command());
            Map<String, @Nullable Object> drawing = drawings.get(written);
            data.put("case", drawing != null && drawing.containsKey(TRACE) ? ofTrace(judged) : JsonForm.of(judged));
            data.put("drawing", drawing);
            WholeFile.write(folder.resolve(name(written)), Page.of("case", data));
            drawings.remove(written);
            written++;
        }
        WholeFile.write(folder.resolve(INDEX), Page.of("run", RunData.of(run)));
    }

    /** Without the report on live blocks, which is drawn instead; a trace may have any number of them. */
    private static Map<String, @Nullable Object> ofTrace(Case judged) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>(judged.data());
        data.remove("report");
        return Shortened.of(JsonForm.of(judged.withData(data)));
    }

    /** Where the pages lie, as the user named it. */
    public Path folder() {
        return folder;
    }

    /** The page of the case with this index. */
    static String name(int index) {
        return String.format(Locale.ROOT, "case-%04d.html", index + 1);
    }
}
