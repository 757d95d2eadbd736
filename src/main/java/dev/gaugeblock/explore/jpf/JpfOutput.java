package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.execution.Violation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a run of Java PathFinder says, judged. Its exit code is 0 whatever happens, and what it cannot execute looks
 * like an error of the program, so the output is taken apart:
 *
 * <table>
 * <caption>Verdicts</caption>
 * <tr><td>clean</td><td>the search finished, "no errors detected", no constraint was hit, ends were reached</td></tr>
 * <tr><td>bounded</td><td>the same, but a constraint was hit: paths were cut</td></tr>
 * <tr><td>violated</td><td>an error section about a deadlock, or about an exception of the explored program</td></tr>
 * <tr><td>broken</td><td>everything else</td></tr>
 * </table>
 */
final class JpfOutput {
    static final String OUTCOME = "@outcome ";
    static final String BROKEN_INVARIANT = "@broken ";
    static final String DEADLOCK = "@deadlock ";

    private static final Pattern STATES =
            Pattern.compile("states: +new=(\\d+),visited=\\d+,backtracked=\\d+,end=(\\d+)");
    private static final Pattern CONSTRAINTS = Pattern.compile("search: +maxDepth=\\d+,constraints=(\\d+)");
    private static final Pattern REVISION =
            Pattern.compile("JavaPathfinder core system .*\\(rev ([0-9a-f]{7})[0-9a-f]*\\).*");
    private static final Pattern THROWN = Pattern.compile("([\\w.$]+)(?:: (.*))?");
    private static final Pattern FRAME = Pattern.compile("\\tat ([\\w.$<>]+)\\((.*)\\)");

    private static final String NO_DEADLOCK = "gov.nasa.jpf.vm.NotDeadlockedProperty";
    private static final String NO_EXCEPTION = "gov.nasa.jpf.vm.NoUncaughtExceptionsProperty";
    private static final String CONSTRAINT = "=* search constraint";
    private static final String ERROR = "=* error 1";
    private static final String KERNEL = "dev\\.gaugeblock\\.(machine|mm|highmem|reclaim|pagebuf)\\..*";
    private static final String OURS =
            "dev\\.gaugeblock\\.(machine\\.(KernelBug|LockMisuse|BrokenStructure)|explore\\.harness\\.rules\\.InvariantBroken)";
    /** What the program itself may throw where it is wrong. */
    private static final String WRONG = "java\\.lang\\.AssertionError|java\\.[\\w.]+Exception";
    /** What JPF throws where it cannot execute the program, and its library where it lacks something. */
    private static final String LIMITS =
            "java\\.lang\\.(ClassNotFound|NoSuchMethod|NoSuchField|IllegalAccess|Instantiation|UnsupportedOperation)Exception";

    enum Kind {
        CLEAN,
        BOUNDED,
        VIOLATED,
        BROKEN
    }

    private final List<String> lines;
    private Kind kind = Kind.BROKEN;
    private String reason = "";
    private @Nullable Violation violation;
    private long states;
    private long constraints = -1;
    private long ends;
    private String revision = "unknown";

    JpfOutput(JpfProcess.Ended run) {
        this.lines = run.lines();
        this.kind = judge(run);
    }

    private Kind judge(JpfProcess.Ended run) {
        readStatistics();
        if (run.isOutOfTime()) {
            reason = run.stopped();
            return Kind.BOUNDED;
        }
        if (!run.stopped().isEmpty()) {
            return broken(run.stopped());
        }
        if (run.exitCode() != 0) {
            return broken("it ended with exit code " + run.exitCode() + lastWords());
        }
        if (!has("=* search finished.*")) {
            return broken("it did not finish its search" + lastWords());
        }
        if (constraints < 0) {
            return broken("it gave no statistics" + lastWords());
        }
        int error = indexOf(ERROR, 0);
        if (error >= 0) {
            return violated(error);
        }
        if (!has("no errors detected")) {
            return broken("it neither found an error nor said that there is none" + lastWords());
        }
        if (ends == 0) {
            return broken("no path of the search came to an end");
        }
        if (constraints > 0) {
            reason = cut();
            return Kind.BOUNDED;
        }
        return run.outcomes().isEmpty() ? broken("no execution told its outcome") : Kind.CLEAN;
    }

    /** What was cut, and what to do; JPF itself says which of its limits it has met. */
    private String cut() {
        int said = indexOf(CONSTRAINT, 0);
        String limit = said < 0 ? "it does not say by what limit" : line(said + 1);
        String heap = limit.contains("memory") ? " (its heap has at most " + JpfSettings.HEAP + ")" : "";
        String places = constraints == 1 ? "one place" : constraints + " places";
        return "its search was cut at " + places + ", after " + states + " states: " + limit + heap
                + "; what lies behind is not explored: give the test fewer CPUs or operations";
    }

    private void readStatistics() {
        for (String line : lines) {
            Matcher statesLine = STATES.matcher(line);
            Matcher constraintsLine = CONSTRAINTS.matcher(line);
            Matcher revisionLine = REVISION.matcher(line);
            if (statesLine.matches()) {
                states = Long.parseLong(group(statesLine, 1));
                ends = Long.parseLong(group(statesLine, 2));
            } else if (constraintsLine.matches()) {
                constraints = Long.parseLong(group(constraintsLine, 1));
            } else if (revisionLine.matches()) {
                revision = group(revisionLine, 1);
            }
        }
    }

    /**
     * Takes the error section apart: the property, then for an exception its class, its message and where it was
     * thrown.
     */
    private Kind violated(int error) {
        String property = line(error + 1);
        if (property.equals(NO_DEADLOCK)) {
            violation = new Violation(Violation.DEADLOCK, last(DEADLOCK, "nobody can go on"));
            return Kind.VIOLATED;
        }
        if (!property.equals(NO_EXCEPTION)) {
            return broken("it reports an error of a kind that is not known: " + property);
        }
        Matcher thrown = THROWN.matcher(line(error + 2));
        if (!thrown.matches()) {
            return broken("it reports an exception that cannot be read: " + line(error + 2));
        }
        String type = group(thrown, 1);
        String message = Objects.requireNonNullElse(thrown.group(2), "");
        String at = firstFrameOfOurs(error + 3);
        boolean ours = type.matches(OURS);
        boolean wrong = type.matches(WRONG) && !type.matches(LIMITS) && at.matches(KERNEL);
        if (!ours && !wrong) {
            return broken("it could not execute the program: " + line(error + 2) + (at.isEmpty() ? "" : " at " + at));
        }
        violation = Violation.of(type, message, last(BROKEN_INVARIANT, ""), at);
        return Kind.VIOLATED;
    }

    /** Where in the project's classes an exception came from: a line of its stack, without its indent; or empty. */
    private String firstFrameOfOurs(int from) {
        Matcher frame = FRAME.matcher(line(from));
        for (int i = from; frame.matches(); i++) {
            if (group(frame, 1).startsWith("dev.gaugeblock.")) {
                return frame.group(1) + "(" + frame.group(2) + ")";
            }
            frame = FRAME.matcher(line(i + 1));
        }
        return "";
    }

    /** A group that takes part in every match. */
    private static String group(Matcher matched, int number) {
        return Objects.requireNonNull(matched.group(number));
    }

    private Kind broken(String why) {
        reason = why;
        return Kind.BROKEN;
    }

    /** The last line that says anything, for whoever must find out what went wrong. */
    private String lastWords() {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!lines.get(i).isBlank()) {
                return "; its last words: " + lines.get(i).strip();
            }
        }
        return "; it said nothing";
    }

    /** The rest of the last line that begins so. */
    private String last(String start, String otherwise) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(start)) {
                return lines.get(i).substring(start.length()).strip();
            }
        }
        return otherwise;
    }

    private boolean has(String regex) {
        return indexOf(regex, 0) >= 0;
    }

    private int indexOf(String regex, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).matches(regex)) {
                return i;
            }
        }
        return -1;
    }

    private String line(int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    Kind kind() {
        return kind;
    }

    /** Why it is bounded or broken; otherwise empty. */
    String reason() {
        return reason;
    }

    /** What was violated, or {@code null}. Of an invariant that the output does not name, the id is empty. */
    @Nullable
    Violation violation() {
        return violation;
    }

    /** Distinct states that it met. */
    long states() {
        return states;
    }

    /** Its revision as its banner says, seven digits, or "unknown". */
    String revision() {
        return revision;
    }
}
