package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Cuts a trace that breaks the contract down to the lines that matter: with what is left, the same event breaks the
 * same rule, over the same blocks. First all is left out that lies before a window which ends with the breach; then,
 * from what is left, whole {@link Lives} of blocks.
 */
public final class TraceShrinker {
    /** Lines of the first window; each further one has so many times more. */
    private static final long WINDOW = 256;

    private static final int WIDER = 16;

    /** Lines of the largest window. */
    private static final long LARGEST = 1 << 20;

    /** Most events to judge: after that, what is left is right, but may not be the shortest. */
    private static final long MOST_EVENTS = 20_000_000;

    private final Path file;
    private final Header header;
    private final Contract.Failures failures;
    private final Rejection wanted;
    private long budget = MOST_EVENTS;

    private TraceShrinker(Path file, Header header, Contract.Failures failures, Rejection wanted) {
        this.file = file;
        this.header = header;
        this.failures = failures;
        this.wanted = wanted;
    }

    /**
     * The lines that matter, as a file of events; empty if no window of a million lines shows what is wrong.
     *
     * @param violated the verdict on the file, which has a rejection
     * @throws IOException if the file cannot be read again
     */
    public static List<String> shrink(Path file, FileVerdict violated, Contract.Failures failures)
            throws IOException, TextFormatException {
        ContractFinding found = violated.findings().get(0).first();
        try (TraceReader trace = TraceReader.open(file)) {
            return new TraceShrinker(file, trace.header(), failures, found.rejection()).shrink(found.knownAt());
        }
    }

    private List<String> shrink(long end) throws IOException, TextFormatException {
        for (long window = WINDOW; window <= LARGEST; window *= WIDER) {
            List<Event> events = TraceWindow.of(file, end - window + 1, end);
            List<Event> plain = withoutCounts(events);
            if (isSame(plain)) {
                return text(shorten(plain));
            }
            if (isSame(events)) {
                return text(shorten(events));
            }
            if (end - window < 1) {
                break;
            }
        }
        return List.of();
    }

    /** Counts of free frames are answers that may be left out; that of the event which is wrong stays. */
    private List<Event> withoutCounts(List<Event> events) {
        List<Event> plain = new ArrayList<>();
        for (Event event : events) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(event.fields());
            boolean isWrong = event.position().line() == wanted.line();
            if (!isWrong) {
                fields.remove("fp");
            }
            plain.add(isWrong ? event : new Event(event.position(), event.number(), event.operation(), fields));
        }
        return plain;
    }

    /** Leaves out runs of lives, from the longest to single ones. */
    private List<Event> shorten(List<Event> events) {
        List<Event> best = events;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            int lives = Lives.of(best).size();
            for (int length = Integer.highestOneBit(lives); length > 0; length /= 2) {
                List<List<Integer>> groups = Lives.of(best);
                TreeSet<Integer> dropped = new TreeSet<>();
                for (int end = groups.size(); end > 0; end -= length) {
                    TreeSet<Integer> more = new TreeSet<>(dropped);
                    groups.subList(Math.max(0, end - length), end).forEach(more::addAll);
                    if (isSame(without(best, more))) {
                        dropped = more;
                    }
                }
                shorter |= !dropped.isEmpty();
                best = without(best, dropped);
            }
        }
        return best;
    }

    private static List<Event> without(List<Event> events, TreeSet<Integer> dropped) {
        List<Event> rest = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (!dropped.contains(i)) {
                rest.add(events.get(i));
            }
        }
        return rest;
    }

    /** Whether the event that is wrong in the file is wrong among these, too, in the same way. */
    private boolean isSame(List<Event> events) {
        if (budget < events.size()) {
            return false;
        }
        budget -= events.size();
        Rejection found = judge(events);
        return found != null
                && found.line() == wanted.line()
                && rule(found) == rule(wanted)
                && places(found).equals(places(wanted));
    }

    private static Rule rule(Rejection rejection) {
        return rejection.breach().rule();
    }

    private static List<String> places(Rejection rejection) {
        return rejection.breach().involved().stream().map(Block::toString).toList();
    }

    /** What is wrong with some events; {@code null} if nothing is, or if they are no trace. */
    private @Nullable Rejection judge(List<Event> events) {
        ContractJudge judge = new ContractJudge(header.build(), failures, header.declares());
        try {
            for (Event event : events) {
                Operation operation = Operation.named(event.operation());
                Rejection rejection = operation == null ? null : judge.judge(operation, event);
                if (rejection != null) {
                    return rejection;
                }
            }
            return judge.end();
        } catch (IllegalArgumentException | TextFormatException e) {
            return null; // without what was left out, these make no sense
        }
    }

    private List<String> text(List<Event> events) throws IOException, TextFormatException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = LineReader.open(file)) {
            Map<String, @Nullable Object> first = new LinkedHashMap<>(
                    JsonReader.read(String.valueOf(reader.next()), new Position(file.toString(), 1)));
            first.put("config", Map.of()); // what it said may not fit any more, and claims nothing now
            lines.add(JsonText.of(first));
        }
        for (Event event : events) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(event.fields());
            fields.put("i", (long) lines.size() - 1);
            lines.add(JsonText.of(fields));
        }
        return lines;
    }
}
