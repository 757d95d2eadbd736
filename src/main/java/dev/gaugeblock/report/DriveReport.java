package dev.gaugeblock.report;

import dev.gaugeblock.oracle.Verdict;
import dev.gaugeblock.oracle.drive.DriveVerdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            out.printf(
                    Locale.ROOT,
                    "%-12s  %s: %d sequence%s, %d operation%s%s%n",
                    verdict.operations() == 0 ? Verdict.INCONCLUSIVE : Verdict.HOLDS,
                    command,
                    verdict.tries(),
                    verdict.tries() == 1 ? "" : "s",
                    verdict.operations(),
                    verdict.operations() == 1 ? "" : "s",
                    verdict.notAsked().isEmpty() ? "" : "; not asked for: " + String.join(", ", verdict.notAsked()));
            return;
        }
        out.println("VIOLATED      " + command + ": sequence " + verdict.tries() + ": "
                + verdict.failure().orElseThrow());
        List<String> lines = verdict.lines();
        for (String line : lines.subList(1, lines.size())) {
            out.println("    " + line);
        }
        if (saved != null) {
            out.println("    saved in " + saved + "; to ask it again: gaugeblock drive --replay " + saved + " -- "
                    + command);
        }
    }
}
