package dev.gaugeblock.report.result;

/**
 * A place that a reader can open.
 *
 * @param file as the user named it; empty if there is no file
 * @param line from 1; 0 for the file as a whole
 */
public record Place(String file, long line) {
    /** No file at all. */
    public static final Place NOWHERE = new Place("", 0);

    /** A file as a whole. */
    public static Place of(String file) {
        return new Place(file, 0);
    }

    /** Whether there is something to open. */
    public boolean isSomewhere() {
        return !file.isEmpty();
    }

    /** The folder that the file lies in, empty if it was named without one. */
    public String folder() {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** The file without its folder. */
    public String name() {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
