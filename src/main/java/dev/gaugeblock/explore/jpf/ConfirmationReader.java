package dev.gaugeblock.explore.jpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a file of {@linkplain Confirmation confirmations}, and refuses every line that is not in its place. */
final class ConfirmationReader {
    private static final Pattern CONFIRMED =
            Pattern.compile("confirmed \\d{4}-\\d\\d-\\d\\d jpf-core ([0-9a-f]{7}|unknown)");
    private static final Pattern TEST = Pattern.compile("test ([a-z0-9-]+)");
    private static final Pattern VERDICT = Pattern.compile("  HOLDS(?: known-bad ([a-z0-9-]+))?");
    private static final Pattern BUILTIN = Pattern.compile("  builtin (\\d{1,18}) schedules");
    private static final Pattern JPF = Pattern.compile("  jpf (\\d{1,18}) states(?: in (\\d{1,9}) s)?");
    private static final String OUTCOME = "  outcome ";

    private final Path file;
    private final List<String> lines;
    /** Index of the line to be read. */
    private int next;

    ConfirmationReader(Path file) throws IOException {
        this.file = file;
        this.lines = Files.readAllLines(file);
    }

    Map<String, Confirmation> read() throws IOException {
        Map<String, Confirmation> all = new TreeMap<>();
        skip();
        take(CONFIRMED, "confirmed DATE jpf-core REVISION");
        for (skip(); next < lines.size(); skip()) {
            int head = next;
            Confirmation confirmation = confirmation();
            if (all.put(confirmation.test(), confirmation) != null) {
                throw error(head, "test " + confirmation.test() + " is there twice");
            }
        }
        return all;
    }

    private Confirmation confirmation() throws IOException {
        String test = Objects.requireNonNull(take(TEST, "test NAME").group(1));
        @Nullable String known = take(VERDICT, "HOLDS, or HOLDS known-bad ID").group(1);
        long schedules = Long.parseLong(
                Objects.requireNonNull(take(BUILTIN, "builtin N schedules").group(1)));
        Matcher jpf = take(JPF, "jpf N states in S s");
        long states = Long.parseLong(Objects.requireNonNull(jpf.group(1)));
        @Nullable String seconds = jpf.group(2);
        SortedSet<String> outcomes = new TreeSet<>();
        for (; next < lines.size() && lines.get(next).startsWith(OUTCOME); next++) {
            if (!outcomes.add(lines.get(next).substring(OUTCOME.length()))) {
                throw error(next, "this outcome of test " + test + " is there twice");
            }
        }
        if (outcomes.isEmpty() != (known != null)) {
            throw error(
                    next - 1,
                    "test " + test + (known == null ? " has no outcome" : " is known to be bad, and has outcomes"));
        }
        return new Confirmation(
                test,
                known == null ? "" : known,
                schedules,
                states,
                seconds == null ? Confirmation.NOT_MEASURED : Long.parseLong(seconds),
                outcomes);
    }

    /** Passes empty lines and comments. */
    private void skip() {
        while (next < lines.size()
                && (lines.get(next).isEmpty() || lines.get(next).startsWith("#"))) {
            next++;
        }
    }

    private Matcher take(Pattern pattern, String form) throws IOException {
        if (next == lines.size()) {
            throw error(next, "expected \"" + form + "\", found the end of the file");
        }
        Matcher matcher = pattern.matcher(lines.get(next));
        if (!matcher.matches()) {
            throw error(next, "expected \"" + form + "\", found \"" + lines.get(next) + "\"");
        }
        next++;
        return matcher;
    }

    private IOException error(int index, String message) {
        return new IOException(file + ":" + (index + 1) + ": " + message);
    }
}
