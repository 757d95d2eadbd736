package dev.gaugeblock.kernel.trace;

import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the form of a trace's lines tells: who printed it, with which clock, from what kind of kernel. */
public final class TraceShape {
    private static final Pattern WRITTEN =
            Pattern.compile("entries-in-buffer/entries-written: (\\d{1,18})/(\\d{1,18})");
    private static final Pattern CPUS = Pattern.compile("cpus=\\d+");

    private @Nullable TraceLayout layout;
    private long layoutLine;
    private boolean isOfTraceCmd;
    private boolean hasStamps;
    private boolean isCounter;
    private long clockLine;
    private long overwritten;

    TraceShape() {}

    /** Takes note of a line that is no event. */
    void header(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (written.find()) {
            long kept = Long.parseLong(String.valueOf(written.group(1)));
            overwritten = Math.max(0, Long.parseLong(String.valueOf(written.group(2))) - kept);
        }
        isOfTraceCmd |= CPUS.matcher(text).matches();
    }

    /** Takes note of an event; all of a file are of one form and of one clock. */
    void note(KmemLine line, KmemEvent event, Supplier<Position> position) throws TextFormatException {
        TraceLayout known = layout;
        if (known == null) {
            layout = line.layout;
            layoutLine = event.line();
        } else if (line.layout != known) {
            throw position.get()
                    .error("a line of " + line.layout.label() + " in a file of " + known.label() + " (line "
                            + layoutLine + "): give each trace as a file of its own");
        }
        if (line.stamp != KmemEvent.NONE && !hasStamps) {
            hasStamps = true;
            isCounter = line.isStampWhole;
            clockLine = event.line();
        } else if (line.stamp != KmemEvent.NONE && line.isStampWhole != isCounter) {
            throw position.get()
                    .error("a stamp "
                            + (isCounter ? "in seconds in a file of counters" : "that counts in a file of seconds")
                            + " (line " + clockLine + "): give each trace as a file of its own");
        }
    }

    /** The form of the lines, {@code null} before the first event. */
    public @Nullable TraceLayout layout() {
        return isOfTraceCmd && layout == TraceLayout.FTRACE ? TraceLayout.TRACE_CMD : layout;
    }

    /** Whether lines have a time. */
    public boolean hasStamps() {
        return hasStamps;
    }

    /** Whether the stamps are whole numbers: of the clock {@code counter}, which has no ties. */
    public boolean isCounter() {
        return isCounter;
    }

    /** How many events were overwritten in the ring, by the file's header. */
    public long overwritten() {
        return overwritten;
    }
}
