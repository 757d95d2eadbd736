package dev.gaugeblock.report;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.PrintWriter;

/** One schedule that was run again: what each step did, and whether anything was wrong. */
public final class ReplayReport {
    private ReplayReport() {}

    public static void print(PrintWriter out, LitmusTest test, Counterexample shown) {
        out.println(test.name() + ": schedule " + shown.schedule() + ending(shown));
        new CounterexampleTable(shown).print(out, test.file());
    }

    private static String ending(Counterexample shown) {
        if (shown.violation() != null) {
            return " goes wrong: " + shown.violationId();
        }
        return shown.misfit().isEmpty() ? " goes well" : " does not fit any more: " + shown.misfit();
    }
}
