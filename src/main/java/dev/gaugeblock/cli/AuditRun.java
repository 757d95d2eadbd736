package dev.gaugeblock.cli;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.audit.Sites;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What {@code --audit} adds to an exploration: a program that is instrumented, and the lines about that. */
final class AuditRun {
    private AuditRun() {}

    /** Runs the same command in an audited copy of the program. */
    @SuppressWarnings("nullness:argument") // The method is static.
    static ExitCode inACopy(AuditedProgram program, PrintWriter out, PrintWriter err, List<String> arguments) {
        try {
            Method run = program.loadClass(Main.class.getName())
                    .getDeclaredMethod("runInACopy", PrintWriter.class, PrintWriter.class, String[].class);
            run.setAccessible(true);
            Object code = run.invoke(null, out, err, arguments.toArray(new String[0]));
            return ExitCode.withCode((Integer) Objects.requireNonNull(code, "an exit code"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the audited copy of the program cannot be run", e);
        }
    }

    /** Says what was audited; a run in which some class was not is inconclusive, unless it is worse. */
    static void summary(Reporter reporter) {
        Sites sites = Objects.requireNonNull(Audit.sites(), "only in an audited program");
        reporter.summary(List.of(String.format(
                Locale.ROOT,
                "audited: %s; %,d accesses judged; audit canaries found first",
                sites.summary(),
                Audit.accesses())));
        sites.failures()
                .forEach((type, why) -> reporter.open(
                        type, Conclusion.INCONCLUSIVE, "not audited: class " + type + " cannot be: " + why));
    }
}
