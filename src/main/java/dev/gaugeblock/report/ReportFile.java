package dev.gaugeblock.report;

import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of a report, which is never of an earlier run and never half: what stood there is removed before the work,
 * and at each moment the file is a whole report that says how far the run is. A device or a pipe gets the last report
 * only, once.
 */
public final class ReportFile {
    private final Path file;
    /** The same place; for a link, where it leads. */
    private final Path target;

    private ReportFile(Path file, Path target) {
        this.file = file;
        this.target = target;
    }

    /**
     * Takes the place: removes what stands there, and writes the report of a run that has only begun.
     *
     * @throws IOException if the place cannot be written to; the message names it and says why
     */
    public static ReportFile begin(Path file, String nothingYet) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            ReportFile report = new ReportFile(file, Files.exists(file) ? file.toRealPath() : file);
            if (report.isReplaced()) {
                Files.deleteIfExists(report.target);
            }
            report.soFar(nothingYet);
            return report;
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /** Replaces the report by the one that is true now. */
    public void soFar(String text) throws IOException {
        if (isReplaced()) {
            WholeFile.write(target, text);
        }
    }

    /** The last report. */
    public void end(String text) throws IOException {
        if (isReplaced()) {
            WholeFile.write(target, text);
        } else {
            Files.writeString(target, text);
        }
    }

    /** Where the report goes, as the user named it. */
    public Path file() {
        return file;
    }

    private boolean isReplaced() {
        return !Files.exists(target) || Files.isRegularFile(target);
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "its folder does not exist" : Reason.of(e);
    }
}
