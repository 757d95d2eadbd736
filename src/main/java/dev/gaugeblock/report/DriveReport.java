package dev.gaugeblock.report;

import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.drive.DriveVerdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What came of driving a program, as text. */
public final class DriveReport {
    private DriveReport() {}

    /**
     * Prints a verdict.
     *
     * @param command the program, as it was called
     * @param saved where the failing sequence lies, {@code null} if none failed or it could not be saved
     */
    public static void print(DriveVerdict verdict, String command, @Nullable Path saved, PrintWriter out) {
        if (verdict.holds()) {
            JudgeLines.ruling(
                    out,
                    verdict.operations() == 0 ? Ruling.INCONCLUSIVE : Ruling.HOLDS,
                    command + ": " + asked(verdict));
            return;
        }
        JudgeLines.ruling(
                out,
                Ruling.VIOLATED,
                command + ": sequence " + verdict.tries() + ": "
                        + verdict.failure().orElseThrow());
        List<String> lines = verdict.lines();
        for (String line : lines.subList(1, lines.size())) {
            JudgeLines.detail(out, line);
        }
        if (saved != null) {
            JudgeLines.detail(
                    out,
                    "saved in " + saved + "; to ask it again: gaugeblock drive --replay " + saved + " -- " + command);
        }
    }

    private static String asked(DriveVerdict verdict) {
        return JudgeLines.count(verdict.tries(), "sequence") + ", "
                + JudgeLines.count(verdict.operations(), "operation")
                + (verdict.notAsked().isEmpty() ? "" : "; not asked for: " + String.join(", ", verdict.notAsked()));
    }
}
