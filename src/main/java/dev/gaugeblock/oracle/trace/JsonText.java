package dev.gaugeblock.oracle.trace;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes what {@link JsonReader} reads, in the form of the event files: on one line and without blanks. */
public final class JsonText {
    private static final int LONGEST_SHOWN = 200;

    private JsonText() {}

    public static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    /** The beginning of what may be anything, fit for a message: on one line, and not too long. */
    public static String shown(@Nullable Object value) {
        String text = of(value);
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    /** A text in which control characters are spelt out, so that it does nothing to a terminal. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        appendPrintable(text.toCharArray(), printable);
        return printable.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                text.append(separator);
                append(entry.getKey(), text);
                text.append(':');
                append(entry.getValue(), text);
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> array) {
            String separator = "[";
            for (Object element : array) {
                text.append(separator);
                append(element, text);
                separator = ",";
            }
            text.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            text.append('"');
            // JSON would let the control characters beyond ASCII be.
            appendPrintable(JsonStringEncoder.getInstance().quoteAsString(string), text);
            text.append('"');
        } else {
            text.append(value); // a number, true, false or null
        }
    }

    private static void appendPrintable(char[] from, StringBuilder text) {
        for (char each : from) {
            if (Character.isISOControl(each)) {
                text.append(String.format("\\u%04X", (int) each));
            } else {
                text.append(each);
            }
        }
    }
}
