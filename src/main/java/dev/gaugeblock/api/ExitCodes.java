package dev.gaugeblock.api;

import dev.gaugeblock.report.result.Conclusion;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The exit codes of the commands, for programs that judge many inputs. */
public final class ExitCodes {
    private ExitCodes() {}

    /**
     * What a run ends with of which these verdicts came: 0 only if all of them hold; otherwise the first that occurs of
     * 70 (BROKEN), 1 (VIOLATED), 5 (UNEXPECTED), 3 (UNREADABLE) and 4 (INCONCLUSIVE). Without a verdict, it is 4.
     *
     * @param counts how often each verdict came, by the name that it has in {@link TraceVerdict.Ruling} or in
     *     {@link Explored.Verdict}; what came no time does not count
     * @return the exit code
     * @throws IllegalArgumentException if a name is no verdict's, or a count is negative
     */
    public static int of(Map<String, Long> counts) {
        Set<Conclusion> found = EnumSet.noneOf(Conclusion.class);
        counts.forEach((verdict, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException(verdict + " came " + count + " times: at least 0 is expected");
            }
            Conclusion conclusion = verdict.equals(Explored.Verdict.NOT_APPLICABLE.name())
                    ? Conclusion.NOT_JUDGED
                    : Conclusion.valueOf(verdict);
            if (count > 0) {
                found.add(conclusion);
            }
        });
        return Conclusion.worst(found).exitCode();
    }
}
