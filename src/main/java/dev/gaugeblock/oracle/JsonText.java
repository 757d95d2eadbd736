package dev.gaugeblock.oracle;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes what {@link JsonReader} reads, in the form of the event files: on one line and without blanks. */
final class JsonText {
    private static final int LONGEST_SHOWN = 200;

    private JsonText() {}

    static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    /** The beginning of what may be anything, fit for a message: on one line, without control characters, at most so long. */
    static String shown(@Nullable Object value) {
        String text = of(value);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_SHOWN); i++) {
            char each = text.charAt(i);
            shown.append(Character.isISOControl(each) ? String.format("\\u%04x", (int) each) : String.valueOf(each));
        }
        return shown.append(text.length() > LONGEST_SHOWN ? "..." : "").toString();
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
            text.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsString(string))
                    .append('"');
        } else {
            text.append(value); // a number, true, false or null
        }
    }
}
