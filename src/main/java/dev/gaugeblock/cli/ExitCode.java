package dev.gaugeblock.cli;

import dev.gaugeblock.report.result.Conclusion;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run ended, as scripts see it. Only {@link #HOLDS} is a pass; whatever kept a run from judging all that it was
 * asked to judge has a code of its own, so that it cannot be taken for one.
 */
public enum ExitCode {
    HOLDS(0, "holds, or accepted"),
    VIOLATED(1, "violated, or rejected"),
    USAGE(2, "wrong usage"),
    UNREADABLE(3, "an input cannot be read"),
    INCONCLUSIVE(4, "inconclusive: a bound was hit, events were lost, nothing was checked, or an engine is missing"),
    UNEXPECTED(5, "unexpected: no rule is broken, but a never, a sometimes or the outcomes of a litmus test"),
    ENVIRONMENT(
            69, "the environment: no Java, no Maven, no libraries, or options that the Java virtual machine refuses"),
    INTERNAL(70, "internal error: a defect of gaugeblock itself");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** What the number means, as {@code --help} puts it. */
    public String meaning() {
        return meaning;
    }

    /** The one that a command ends with by this number. */
    static ExitCode withCode(int code) {
        for (ExitCode each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no exit code " + code);
    }

    /** What a command ends with of which this came. */
    static ExitCode of(Conclusion conclusion) {
        return withCode(conclusion.exitCode());
    }

    /** The table that {@code --help} prints: number, meaning. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            table.put(Integer.toString(each.code), each.meaning);
        }
        return table;
    }
}
