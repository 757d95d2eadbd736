package dev.gaugeblock.kernel.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Undoes what mail, web pages and loggers do to the lines of a kernel log. */
final class LineCleaner {
    /** In front of a line: quotes, what syslog and the journal say, levels, times. */
    private static final List<Pattern> IN_FRONT = List.of(
            Pattern.compile("[>|\\s]+"),
            Pattern.compile("\\w{3} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? \\S+ kernel: ?"),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S* \\S+ kernel: ?"),
            Pattern.compile("\\w{3} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? (?:\\S+ )?"),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[\\d.,+:Z-]* "),
            Pattern.compile("(?:kern|user|daemon) *:[a-z]+ *: "),
            Pattern.compile("\\S+ kernel: "),
            Pattern.compile("kernel: "),
            Pattern.compile("<\\d{1,3}>(?:\\d+,\\d+,\\d+,[-c];)?"),
            Pattern.compile("\\[ *\\d+\\.\\d+\\] ?"),
            Pattern.compile("\\[\\w{3} \\w{3} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}\\] ?"),
            Pattern.compile("\\[[<>+\\d. ]+\\] ?"));

    private static final Pattern CALLER = Pattern.compile("\\[ *([TC]\\d+)\\] ?");
    private static final Pattern STAMP_AND_CALLER = Pattern.compile("\\[ *\\d+\\.\\d+\\]\\[ *([TC]\\d+)\\] ?");
    private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[\\d;]*[A-Za-z]");
    private static final Pattern QUOTED_PRINTABLE = Pattern.compile("=(?:3D|20|09|0D|0A|C2=A0)");

    private LineCleaner() {}

    /** The lines that a line of a file stands for: several if line feeds in it were spelt out. */
    static List<LogLine> clean(long number, String raw) {
        List<LogLine> lines = new ArrayList<>();
        String text = raw.indexOf('#') >= 0 ? raw.replace("#011", "\t") : raw;
        for (String part : text.split("#012", -1)) {
            lines.add(cleaned(number, part));
        }
        return lines;
    }

    private static LogLine cleaned(long number, String raw) {
        String text = raw;
        if (text.indexOf('\u001b') >= 0) {
            text = COLOURS.matcher(text).replaceAll("");
        }
        if (text.indexOf('=') >= 0) {
            text = QUOTED_PRINTABLE
                    .matcher(text)
                    .replaceAll(code ->
                            code.group().equals("=3D") ? "=" : code.group().equals("=0D") ? "" : " ");
        }
        if (text.indexOf('&') >= 0) {
            text = text.replace("&gt;", ">")
                    .replace("&lt;", "<")
                    .replace("&nbsp;", " ")
                    .replace("&amp;", "&");
        }
        text = text.replace('\t', ' ').replace('\u00a0', ' ').replace("\r", "");
        String caller = "";
        int from = 0;
        boolean found = true;
        while (found && from < text.length()) {
            found = false;
            for (Pattern pattern : List.of(STAMP_AND_CALLER, CALLER)) {
                Matcher matcher = pattern.matcher(text).region(from, text.length());
                if (matcher.lookingAt()) {
                    caller = String.valueOf(matcher.group(1));
                    from = matcher.end();
                    found = true;
                }
            }
            for (Pattern pattern : IN_FRONT) {
                Matcher matcher = pattern.matcher(text).region(from, text.length());
                if (matcher.lookingAt()) {
                    from = matcher.end();
                    found = true;
                }
            }
        }
        return new LogLine(number, caller, text.substring(from).stripTrailing());
    }
}
