package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a file of events: its header, and then event after event, in memory for one of them. */
public final class TraceReader implements Closeable {
    private final LineReader lines;
    private final @Nullable Header header;
    private long nextNumber;

    private TraceReader(LineReader lines) throws TextFormatException {
        this.lines = lines;
        String first = lines.next();
        this.header =
                first == null ? null : Header.of(JsonReader.read(first, lines.position()), lines.position(), first);
    }

    /** Opens a file and reads its header. */
    public static TraceReader open(Path file) throws IOException, TextFormatException {
        return of(LineReader.open(file));
    }

    /** Reads the header of what is open already. */
    public static TraceReader of(LineReader lines) throws IOException, TextFormatException {
        try {
            return new TraceReader(lines);
        } catch (TextFormatException e) {
            lines.close();
            throw e;
        }
    }

    /** Whether there is not even a header. */
    public boolean isEmpty() {
        return header == null;
    }

    public Header header() {
        return Objects.requireNonNull(header, "an empty file has none");
    }

    /** The next event, or {@code null} after the last. Its operation may be unknown, its fields are unchecked. */
    public @Nullable Event next() throws TextFormatException {
        return advance() ? event() : null;
    }

    /** Goes to the next event; {@code false} after the last. */
    public boolean advance() throws TextFormatException {
        return lines.advance();
    }

    /** The line of the event, for whoever can read it faster than {@link #event}. */
    public LineReader line() {
        return lines;
    }

    /** The number that the event must have; whoever has read it from the line calls {@link #count}. */
    public long expectedNumber() {
        return nextNumber;
    }

    /** The event was read, and has the number that it must have. */
    public void count() {
        nextNumber++;
    }

    /** The event, of which only the name of its operation and its number were read, and found right. */
    public Event unread(String operation) throws TextFormatException {
        return Event.unread(lines.position(), nextNumber++, operation, lines.text());
    }

    /** Reads the event. */
    public Event event() throws TextFormatException {
        return event(lines.text());
    }

    private Event event(String line) throws TextFormatException {
        Position at = lines.position();
        Map<String, @Nullable Object> fields = JsonReader.read(line, at);
        Object number = fields.get("i");
        if (!(number instanceof Long) || (Long) number != nextNumber) {
            throw at.error("i: expected event number " + nextNumber + ", found "
                    + (fields.containsKey("i") ? JsonText.shown(number) : "none"));
        }
        if (!(fields.get("op") instanceof String operation)) {
            throw at.error("op: expected the name of an operation, found "
                    + (fields.containsKey("op") ? JsonText.shown(fields.get("op")) : "none"));
        }
        return new Event(at, nextNumber++, operation, fields);
    }

    /**
     * What stands behind the line that decides about a file.
     *
     * @param lines how many
     * @param damage the first of them that is no event, {@code null} if they all are
     */
    public record Rest(long lines, @Nullable TextFormatException damage) {
        /** What was decided before, and the damage. */
        public String with(String decided) {
            TextFormatException here = damage;
            return here == null ? decided : decided + "; further on: " + here.getMessage();
        }

        /** Throws the damage if there is any: it outweighs what was decided before. */
        public void requireEvents(String decided) throws TextFormatException {
            TextFormatException here = damage;
            if (here != null) {
                throw here.after(decided);
            }
        }
    }

    /**
     * Reads on to the end without judging anything.
     *
     * @param decided what was found out before. If the file's very bytes are damaged it cannot be trusted, and is named
     *     with the error
     */
    public Rest skipRest(String decided) throws TextFormatException {
        long skipped = 0;
        TextFormatException damage = null;
        try {
            for (; advance(); skipped++) {
                String text = lines.text();
                damage = damage == null ? damage(text) : damage;
            }
        } catch (TextFormatException e) {
            throw e.after(decided);
        }
        return new Rest(skipped, damage);
    }

    private @Nullable TextFormatException damage(String line) {
        try {
            event(line);
            return null;
        } catch (TextFormatException e) {
            return e;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
