package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A dump of {@code page_owner}, of any era: who holds which blocks. What it does not list is not known to be free.
 *
 * @param held in the order of the file
 */
public record PageOwnerDump(List<Held> held) {
    private static final Pattern HEAD =
            Pattern.compile("Page allocated via order (\\d{1,2}), mask (0x\\p{XDigit}+\\S*?),?"
                    + "(?: pid (\\d+)(?:, tgid \\d+)?(?: \\((.*)\\))?)?(?:, ts.*)?");
    private static final Pattern TIMES = Pattern.compile("(\\d{1,12}) times(?:,.*)?:?.*");
    private static final Pattern FRAME = Pattern.compile("PFN (\\d{1,12}|0x\\p{XDigit}{1,12})\\s.*");

    /** Which group of tasks pays for a page, and that it was moved: no call. */
    private static final Pattern NO_CALL = Pattern.compile("Charged |Page has been migrated");

    /**
     * Blocks that were handed out alike.
     *
     * @param times how many there are
     * @param order of each
     * @param pfn the first frame, -1 if nobody says
     * @param who the task, empty if nobody says
     * @param stack the call chain, a line for each call
     */
    public record Held(long times, int order, long pfn, String who, String stack) {
        private Held at(long newPfn) {
            return new Held(times, order, newPfn, who, stack);
        }

        /** The same, with texts that are shared by all that have them. */
        private Held shared(Map<String, String> texts) {
            return new Held(times, order, pfn, share(who, texts), share(stack, texts));
        }

        private static String share(String text, Map<String, String> texts) {
            String known = texts.putIfAbsent(text, text);
            return known == null ? text : known;
        }

        private Held with(String call) {
            return new Held(times, order, pfn, who, stack.isEmpty() ? call : stack + "\n" + call);
        }
    }

    /** Reads a file; {@code null} if it is none, by the first line that says anything. */
    public static @Nullable PageOwnerDump read(Path file) throws IOException, TextFormatException {
        List<Held> records = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        try (LineReader lines = LineReader.open(file)) {
            long times = 1;
            while (lines.advance()) {
                String line =
                        new String(lines.bytes(), 0, Math.min(lines.length(), 1000), StandardCharsets.UTF_8).strip();
                Matcher head = HEAD.matcher(line);
                Matcher several = TIMES.matcher(line);
                Matcher frame = FRAME.matcher(line);
                if (several.matches()) {
                    times = Long.parseLong(String.valueOf(several.group(1)));
                } else if (head.matches()) {
                    shareLast(records, texts);
                    records.add(new Held(times, Integer.parseInt(String.valueOf(head.group(1))), -1, who(head), ""));
                    times = 1;
                } else if (line.startsWith("Page allocated via")) {
                    throw lines.position().error("a record of page_owner that is not understood: \"" + line + "\"");
                } else if (line.isEmpty()
                        || line.startsWith("#")
                        || NO_CALL.matcher(line).lookingAt()) {
                    continue;
                } else if (records.isEmpty()) {
                    return null;
                } else {
                    Held last = records.remove(records.size() - 1);
                    records.add(
                            frame.matches() ? last.at(Long.decode(String.valueOf(frame.group(1)))) : last.with(line));
                }
            }
        }
        shareLast(records, texts);
        return records.isEmpty() ? null : new PageOwnerDump(records);
    }

    /** A machine has millions of records, and few call chains. */
    private static void shareLast(List<Held> records, Map<String, String> texts) {
        if (!records.isEmpty()) {
            int last = records.size() - 1;
            records.set(last, records.get(last).shared(texts));
        }
    }

    private static String who(Matcher head) {
        String pid = head.group(3);
        String task = head.group(4);
        return pid == null ? "" : (task == null ? "pid " : task + "-") + pid;
    }
}
