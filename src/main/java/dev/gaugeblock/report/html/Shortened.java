package dev.gaugeblock.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * JSON of which a page shows as much as is good for it: long texts are cut, long lists have their end left out, and
 * what all of it has is bounded. A text that is cut ends in how much more there is.
 */
final class Shortened {
    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_LIST = 500;
    /** Of all texts together; one character may be six in the page. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private int left = MOST_CHARACTERS;

    private Shortened() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> object) {
        return new Shortened().object(object);
    }

    private Map<String, @Nullable Object> object(Map<?, ?> object) {
        Map<String, @Nullable Object> shortened = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : object.entrySet()) {
            String name = String.valueOf(each.getKey());
            left -= name.length() + 8;
            shortened.put(name, value(each.getValue()));
        }
        return shortened;
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            int longest = Math.max(0, Math.min(LONGEST_TEXT, left));
            left -= Math.min(longest, text.length()) + 8;
            return text.length() <= longest
                    ? text
                    : text.substring(0, longest) + "... (" + (text.length() - longest) + " more characters)";
        }
        if (value instanceof Map<?, ?> object) {
            return object(object);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> shortened = new ArrayList<>();
            for (Object each : list.subList(0, Math.min(LONGEST_LIST, list.size()))) {
                if (left <= 0) {
                    break;
                }
                left -= 8;
                shortened.add(value(each));
            }
            return shortened;
        }
        return value;
    }
}
