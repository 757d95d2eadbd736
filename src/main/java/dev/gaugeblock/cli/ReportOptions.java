package dev.gaugeblock.cli;

import dev.gaugeblock.report.Format;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.form.JUnitForm;
import dev.gaugeblock.report.form.SarifForm;
import dev.gaugeblock.report.form.TextForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In which forms a command's results are wanted: the same options for every command that judges. */
final class ReportOptions {
    @Option(
            names = "--format",
            paramLabel = "text|json|github",
            description =
                    "what goes to standard output: text (default), one JSON document (docs/results.md), or the workflow"
                            + " commands that make a code host show what is wrong beside the lines")
    private Format format = Format.text;

    @Option(names = "--junit", paramLabel = "FILE", description = "also write the results as JUnit XML")
    private @Nullable Path junit;

    @Option(names = "--sarif", paramLabel = "FILE", description = "also write the results as SARIF 2.1.0")
    private @Nullable Path sarif;

    @Option(
            names = "--html",
            paramLabel = "DIR",
            description =
                    "also write the results as pages for a browser (docs/pages.md) into a new folder, an empty one, or that of"
                            + " an earlier run")
    private @Nullable Path html;

    @Option(
            names = {"-q", "--quiet"},
            description = "print verdicts only, a line each")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "also print what else is known of each, as --format json has it")
    private boolean verbose;

    /** When verdicts are coloured. */
    enum Color {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "whether verdicts are coloured; auto (default): on a terminal, unless NO_COLOR is set")
    private Color color = Color.auto;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * Begins the reports, before anything is read: an old one must not outlive inputs that cannot be.
     *
     * @param settings what the results depend on beside the inputs
     * @throws ParameterException if a place cannot be written to
     */
    Reporter begin(Map<String, String> settings) {
        Reporter reporter = new Reporter(
                spec.name(),
                settings,
                format,
                new TextForm(detail(), isColored()),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        try {
            reporter.begin(junit, JUnitForm::text);
            reporter.begin(sarif, SarifForm::text);
            reporter.beginPages(html);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return reporter;
    }

    private TextForm.Detail detail() {
        if (quiet && verbose) {
            throw new ParameterException(spec.commandLine(), "--quiet and --verbose: say one of them");
        }
        if (quiet) {
            return TextForm.Detail.QUIET;
        }
        return verbose ? TextForm.Detail.VERBOSE : TextForm.Detail.NORMAL;
    }

    private boolean isColored() {
        if (color != Color.auto) {
            return color == Color.always;
        }
        String unwanted = System.getenv("NO_COLOR");
        return isOnTerminal() && (unwanted == null || unwanted.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether standard output is a terminal, as the launcher says. */
    static boolean isOnTerminal() {
        return Boolean.getBoolean("gaugeblock.terminal");
    }

    /** Whether a person reads standard output. */
    boolean isForPeople() {
        return format == Format.text;
    }

    /**
     * Ends the reports. A violation stays one, whatever comes of them; but a pass that nobody can read is none.
     *
     * @param judged what the command would end with
     * @return what it ends with
     */
    static ExitCode end(Reporter reporter, ExitCode judged) {
        boolean isWritten = reporter.end();
        ExitCode exitCode = !isWritten && judged == ExitCode.HOLDS ? ExitCode.INCONCLUSIVE : judged;
        reporter.ended(exitCode.code());
        return exitCode;
    }
}
