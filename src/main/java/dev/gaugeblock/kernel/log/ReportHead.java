package dev.gaugeblock.kernel.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The lines in which a report says what was asked for. Mail may have wrapped them, so that they are read piece by
 * piece.
 */
final class ReportHead {
    private static final Pattern FAILURE = Pattern.compile("page\\s+allocation\\s+failure\\b(?!s)");
    private static final Pattern STALL = Pattern.compile("page\\s+allocation\\s+stalls\\s+for\\b");
    private static final Pattern OOM = Pattern.compile("(?:\\binvoked\\s+)?\\boom-killer:");
    private static final Pattern VMALLOC =
            Pattern.compile("vmalloc(?::| error).*?(?:allocation\\s+failure|failed\\s+to\\s+allocate)");

    private static final Pattern PROSE = Pattern.compile("(?i)(?:subject|re|fwd|in-reply-to|references):.*|\\[PATCH.*");
    private static final Pattern ORDER = Pattern.compile("\\border\\s*[:=]\\s*(-?\\d{1,4})(?![\\w])");
    private static final Pattern MASK = Pattern.compile("\\b(?:mode:|gfp_mask=)\\s*0x([0-9a-fA-F]{1,15})(?![\\w])");
    private static final Pattern NAMES =
            Pattern.compile("\\b(?:mode:|gfp_mask=)\\s*0x[0-9a-fA-F]+\\s*\\(([\\w|\\s]+)\\)");
    private static final Pattern OPEN_NAMES = Pattern.compile("0x[0-9a-fA-F]+\\s*\\([^)]*$");
    private static final Pattern NODEMASK = Pattern.compile("\\bnodemask=(\\d+(?:[-,]\\d+)*)");
    private static final Pattern MEMS = Pattern.compile("\\bmems_allowed=(\\d+(?:[-,]\\d+)*)");
    private static final int LONGEST_RANGE = 1024;

    /** A head may be spread over so many lines. */
    private static final int MOST_LINES = 4;

    private final LogLine first;
    private final ReportKind kind;
    private final StringBuilder text;
    private final String task;
    private int lines = 1;

    private ReportHead(LogLine first, ReportKind kind, String task, String text) {
        this.first = first;
        this.kind = kind;
        this.task = task;
        this.text = new StringBuilder(text);
    }

    /**
     * The head that begins in a line, or in the one before it and is known for one only now; {@code null} if none does.
     *
     * @param before the line before, {@code null} if there is none
     */
    static @Nullable ReportHead in(@Nullable LogLine before, LogLine line) {
        String tail = before == null ? "" : before.text() + " ";
        String window = tail + line.text();
        boolean mayBe = window.contains("allocation") || window.contains("oom-killer") || window.contains("vmalloc");
        if (!mayBe || isInMailHead(line.text())) {
            return null;
        }
        ReportHead head = of(VMALLOC, ReportKind.VMALLOC, before, line, tail, window);
        head = head == null ? of(STALL, ReportKind.STALL, before, line, tail, window) : head;
        head = head == null ? of(FAILURE, ReportKind.FAILURE, before, line, tail, window) : head;
        return head == null ? of(OOM, ReportKind.OOM_KILL, before, line, tail, window) : head;
    }

    /** Whether somebody speaks of a report in the head of a mail. */
    static boolean isInMailHead(String text) {
        return PROSE.matcher(text).matches();
    }

    private static @Nullable ReportHead of(
            Pattern phrase, ReportKind kind, @Nullable LogLine before, LogLine line, String tail, String window) {
        Matcher matcher = phrase.matcher(window);
        while (matcher.find()) {
            if (matcher.end() > tail.length()) {
                boolean wrapped = before != null && matcher.start() < tail.length();
                LogLine first = wrapped && before != null ? before : line;
                int from = wrapped ? 0 : tail.length();
                String task = window.substring(Math.min(from, matcher.start()), matcher.start())
                        .strip()
                        .replaceAll("[:\\s]+$", "");
                return new ReportHead(first, kind, task, window.substring(matcher.start()));
            }
        }
        return null;
    }

    /** The line that it begins in. */
    LogLine first() {
        return first;
    }

    /** Whether more of it may stand in the lines to come. */
    boolean isOpen() {
        boolean oldOom = kind == ReportKind.OOM_KILL && !text.toString().contains("invoked");
        boolean whole = MASK.matcher(text).find()
                && (oldOom || ORDER.matcher(text).find())
                && !OPEN_NAMES.matcher(text).find();
        return !whole && lines < MOST_LINES;
    }

    /** Takes the next line in. */
    void add(LogLine line) {
        text.append(' ').append(line.text());
        lines++;
    }

    /** Whether it has nothing of a request: somebody only speaks of such reports. */
    boolean isProse() {
        return !MASK.matcher(text).find()
                && !ORDER.matcher(text).find()
                && !text.toString().contains("gfp_mask=");
    }

    ReportKind kind() {
        String order = group(ORDER);
        return kind == ReportKind.OOM_KILL && "-1".equals(order) ? ReportKind.BY_HAND : kind;
    }

    Asked asked() {
        String order = group(ORDER);
        String mask = group(MASK);
        String names = group(NAMES);
        return new Asked(
                task,
                order == null ? null : Integer.valueOf(order),
                mask == null ? null : Long.valueOf(mask, 16),
                names == null ? "" : names.replaceAll("\\s+", ""),
                nodes(group(NODEMASK)),
                nodes(group(MEMS)));
    }

    private @Nullable String group(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** What a later line of the report says of nodes, beside what is known. */
    static Asked withNodes(Asked asked, String text) {
        Matcher mems = MEMS.matcher(text);
        Matcher mask = NODEMASK.matcher(text);
        return new Asked(
                asked.task(),
                asked.order(),
                asked.mask(),
                asked.names(),
                asked.nodes() == null && mask.find() ? nodes(mask.group(1)) : asked.nodes(),
                asked.cpusetNodes() == null && mems.find() ? nodes(mems.group(1)) : asked.cpusetNodes());
    }

    /** The numbers of a list like {@code 0-1,3}. */
    private static @Nullable List<Integer> nodes(@Nullable String list) {
        if (list == null) {
            return null;
        }
        List<Integer> nodes = new ArrayList<>();
        for (String part : list.split(",")) {
            String[] ends = part.split("-");
            long first = Long.parseLong(ends[0].length() > 9 ? "0" : ends[0]);
            long last = ends.length < 2 || ends[1].length() > 9 ? first : Long.parseLong(ends[1]);
            for (long node = first; node <= last && nodes.size() < LONGEST_RANGE; node++) {
                nodes.add((int) node);
            }
        }
        return nodes;
    }
}
