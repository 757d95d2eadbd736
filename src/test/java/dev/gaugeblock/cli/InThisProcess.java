package dev.gaugeblock.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands of {@code gaugeblock} in the process of the test, from the project's folder: quick. */
final class InThisProcess implements ConsolePage.CommandShell {
    private static final String PROGRAM = "./gaugeblock ";

    @Override
    public Ran run(String command) {
        if (!command.startsWith(PROGRAM)) {
            throw new IllegalArgumentException("only " + PROGRAM + "can be run here, not " + command);
        }
        StringWriter out = new StringWriter();
        int exitCode = Main.run(
                Main.commandLine(),
                new PrintWriter(out),
                new PrintWriter(out),
                command.substring(PROGRAM.length()).split(" "));
        return new Ran(out.toString().lines().toList(), exitCode);
    }

    @Override
    public void write(String name, String text) {
        throw new IllegalArgumentException("no file " + name + " is written into the project's folder");
    }
}
