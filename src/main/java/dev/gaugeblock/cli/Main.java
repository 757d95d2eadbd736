package dev.gaugeblock.cli;

import dev.gaugeblock.report.form.TextForm;
import dev.gaugeblock.report.result.ToolVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. A command is a class with picocli's {@code @Command} that implements {@code Callable<ExitCode>},
 * writes to its {@code CommandLine}'s {@code getOut()} and {@code getErr()}, and is listed in {@code subcommands}
 * below.
 */
@Command(
        name = "gaugeblock",
        description = "Judges page allocators against a reference allocator that is itself model-checked.",
        subcommands = {
            ExploreCommand.class,
            CheckCommand.class,
            DriveCommand.class,
            ExplainCommand.class,
            InvariantsCommand.class,
            DefectsCommand.class,
            GradeCommand.class,
            HandoutCommand.class,
            HandoutCommand.Solution.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n")
public final class Main {
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command with the process's own output streams; the result is what the process should exit with. */
    public static int run(String... args) {
        // The kernel code asserts at the head of every method that needs a lock that the lock is held. That is part of
        // what an exploration checks, so it must not depend on somebody passing -ea. A class takes the setting over
        // when it is initialised: this comes before any other class of ours is loaded.
        ClassLoader loader = Objects.requireNonNull(Main.class.getClassLoader(), "class loader");
        loader.setPackageAssertionStatus("dev.gaugeblock", true);
        return run(commandLine(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
    }

    /** Runs one command in a copy of the program, with the streams of the command that made the copy. */
    static int runInACopy(PrintWriter out, PrintWriter err, String... args) {
        return run(commandLine(), out, err, args);
    }

    static CommandLine commandLine() {
        // An empty name, as from a variable that a script forgot to set, would be the folder that one stands in.
        return new CommandLine(new Main()).registerConverter(Path.class, name -> {
            if (name.isEmpty()) {
                throw new TypeConversionException("the name of a file or folder is empty");
            }
            return Path.of(name);
        });
    }

    static int run(CommandLine commandLine, PrintWriter out, PrintWriter err, String... args) {
        try {
            setExitCodes(commandLine);
            int code = commandLine
                    .setOut(out)
                    .setErr(err)
                    .setExecutionStrategy(Main::execute)
                    .setParameterExceptionHandler((wrong, given) -> wrongUsage(err, wrong))
                    .setExecutionExceptionHandler((thrown, command, parsed) -> internalError(err, thrown))
                    .execute(args);
            return out.checkError() ? unwritten(err, code) : code;
        } catch (Throwable thrown) {
            // Throwable, not Exception: a failed assertion or a full heap must not leave with exit code 1, "violated".
            return internalError(err, thrown);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Each command shows the table; and picocli's own numbers, among them 1 for any exception, give way to ours. */
    private static void setExitCodes(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .exitCodeOnInvalidInput(ExitCode.USAGE.code())
                .exitCodeOnExecutionException(ExitCode.INTERNAL.code())
                .usageMessage()
                .exitCodeList(ExitCode.table());
        commandLine.getSubcommands().values().forEach(Main::setExitCodes);
    }

    /**
     * Runs the command that was asked for. picocli's own strategy would turn any result that is not an {@code Integer}
     * into exit code 0; here a command that does not say how it ended is a defect.
     */
    private static int execute(ParseResult parsed) {
        Integer helpGiven = CommandLine.executeHelpRequest(parsed);
        if (helpGiven != null) {
            return helpGiven;
        }
        List<CommandLine> path = parsed.asCommandLineList();
        CommandLine last = path.get(path.size() - 1);
        Object command = Objects.requireNonNull(last.getCommand(), "command");
        if (command instanceof Main) {
            throw new ParameterException(last, "No command given.");
        }
        try {
            if (command instanceof Callable<?> callable && callable.call() instanceof ExitCode exitCode) {
                return exitCode.code();
            }
            throw new IllegalStateException(command.getClass() + " did not say how it ended");
        } catch (ParameterException wrongUsage) {
            throw wrongUsage;
        } catch (Exception thrown) {
            // Only what is wrapped so reaches the handler above; for the rest picocli chooses 1, "violated".
            throw new ExecutionException(last, String.valueOf(thrown.getMessage()), thrown);
        }
    }

    /** As picocli says it, but an argument that is quoted cannot move the cursor. */
    private static int wrongUsage(PrintWriter err, ParameterException wrong) {
        String.valueOf(wrong.getMessage()).lines().map(TextForm::safe).forEach(err::println);
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            wrong.getCommandLine().usage(err);
        }
        return ExitCode.USAGE.code();
    }

    /** A report that nobody can read does not count as a pass. */
    private static int unwritten(PrintWriter err, int code) {
        err.println("gaugeblock: standard output could not be written to its end: the report is not complete");
        return code == ExitCode.HOLDS.code() ? ExitCode.INCONCLUSIVE.code() : code;
    }

    /** The one place where people get to see a stack trace: whoever mends the defect needs it. */
    private static int internalError(PrintWriter err, Throwable thrown) {
        err.println("gaugeblock: internal error: " + thrown);
        err.println("This is a defect of gaugeblock; please report it, with the following.");
        thrown.printStackTrace(err);
        return ExitCode.INTERNAL.code();
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gaugeblock " + ToolVersion.text()};
        }
    }
}
