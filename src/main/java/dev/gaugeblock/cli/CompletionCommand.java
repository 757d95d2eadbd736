package dev.gaugeblock.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock completion SHELL}. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes commands, options and values;",
            "it is read with: source <(gaugeblock completion bash)"
        })
final class CompletionCommand implements Callable<ExitCode> {
    private static final String WORDS = "[a-z+]+(\\|[a-z+]+)+";

    /** Both run the same script, which asks where it is. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "bash|zsh", description = "the shell that reads it")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        completeValues(spec.root());
        PrintWriter out = spec.commandLine().getOut();
        out.println("# In ~/." + shell + "rc: source <(gaugeblock completion " + shell + ")");
        out.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        return ExitCode.HOLDS;
    }

    /** An option that takes one of some words lists them in its label. */
    private static void completeValues(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            if (option.completionCandidates() == null && option.paramLabel().matches(WORDS)) {
                command.remove(option);
                command.addOption(OptionSpec.builder(option)
                        .completionCandidates(List.of(option.paramLabel().split("\\|")))
                        .build());
            }
        }
        command.subcommands().values().forEach(each -> completeValues(each.getCommandSpec()));
    }
}
