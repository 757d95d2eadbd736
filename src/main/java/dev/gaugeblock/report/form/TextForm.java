package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Results as people read them on standard output.
 *
 * @param detail how much of them is wanted
 * @param colored whether verdicts are coloured; the words say all that the colours say
 */
public record TextForm(Detail detail, boolean colored) {
    /** How much is wanted. */
    public enum Detail {
        /** A line with the verdict for each thing that was judged. */
        QUIET,
        NORMAL,
        /** Also what else is known of each. */
        VERBOSE
    }

    /** As much as usual, without colours. */
    public static final TextForm PLAIN = new TextForm(Detail.NORMAL, false);

    private static final Pattern VERDICT =
            Pattern.compile("\\b(HOLDS|FOUND|VIOLATED|SURVIVES|BROKEN|UNEXPECTED|UNREADABLE|BOUNDED|INCONCLUSIVE)\\b");

    /** The lines for one that was judged. */
    public List<String> of(Case judged) {
        List<String> lines = new ArrayList<>();
        if (detail == Detail.QUIET) {
            String reason = judged.conclusion().isQuiet() ? "" : ": " + judged.reason();
            lines.add(judged.name() + ": " + judged.conclusion().id().toUpperCase(Locale.ROOT) + reason);
        } else {
            lines.addAll(judged.text());
        }
        if (detail == Detail.VERBOSE) {
            judged.data().forEach((name, value) -> lines.add("    " + name + ": " + value));
        }
        List<String> safe = new ArrayList<>();
        for (String line : lines) {
            safe.add(safe.isEmpty() ? withColor(safe(line)) : safe(line));
        }
        return safe;
    }

    /** A line that is about none of them alone, such as the head of a table; none where verdicts alone are wanted. */
    public List<String> between(List<String> lines) {
        return detail == Detail.QUIET
                ? List.of()
                : lines.stream().map(TextForm::safe).toList();
    }

    private String withColor(String line) {
        Matcher verdict = VERDICT.matcher(line);
        return colored ? verdict.replaceFirst(found -> color(found.group()) + found.group() + "\u001b[0m") : line;
    }

    private static String color(String verdict) {
        return switch (verdict) {
            case "HOLDS", "FOUND" -> "\u001b[32m";
            case "VIOLATED", "SURVIVES", "BROKEN" -> "\u001b[31m";
            default -> "\u001b[33m";
        };
    }

    /**
     * A text as it can be shown: what would move the cursor, turn the direction of writing, or end the line is spelt
     * out, as names of files and what stands in them may hold anything.
     */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            int type = Character.getType(each);
            boolean isShown = each == '\t'
                    || type != Character.CONTROL
                            && type != Character.FORMAT
                            && type != Character.LINE_SEPARATOR
                            && type != Character.PARAGRAPH_SEPARATOR;
            if (isShown) {
                safe.append(each);
            } else {
                safe.append(String.format("\\u%04x", (int) each));
            }
        }
        return safe.toString();
    }
}
