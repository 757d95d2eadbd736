package dev.gaugeblock.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of {@code docs} whose fenced blocks are made anew: {@code console} blocks by running their commands in this
 * process, {@code litmus FILE} blocks by reading the file. Everything else stays as it is.
 */
final class ConsolePage {
    private static final String FENCE = "```";
    private static final String FILE_BLOCK = FENCE + "litmus ";
    private static final String CONSOLE_BLOCK = FENCE + "console";
    private static final String COMMAND = "$ ./gaugeblock ";
    private static final String EXIT_CODE = "$ echo $?";

    /** What differs from run to run: a time, and the blanks that right-align it. */
    private static final Pattern TIME = Pattern.compile(" +[0-9]+\\.[0-9]+ s\\b");

    private final List<String> lines = new ArrayList<>();
    private int commands;

    private ConsolePage() {}

    /** The page as it should be now. */
    static ConsolePage of(Path page) throws IOException {
        ConsolePage made = new ConsolePage();
        List<String> old = Files.readAllLines(page);
        for (int i = 0; i < old.size(); i++) {
            String line = old.get(i);
            made.lines.add(line);
            if (line.startsWith(FILE_BLOCK)) {
                made.lines.addAll(Files.readAllLines(Path.of(line.substring(FILE_BLOCK.length()))));
                i = end(old, i);
                made.lines.add(FENCE);
            } else if (line.equals(CONSOLE_BLOCK)) {
                int end = end(old, i);
                made.run(old.subList(i + 1, end));
                i = end;
                made.lines.add(FENCE);
            }
        }
        return made;
    }

    private static int end(List<String> lines, int start) {
        for (int i = start + 1; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the block of line " + (start + 1) + " has no end");
    }

    /** Runs the commands of a block, and puts them and what they print in its place. */
    private void run(List<String> block) {
        int exitCode = -1;
        for (String line : block) {
            if (line.startsWith(COMMAND)) {
                lines.add(line);
                StringWriter out = new StringWriter();
                exitCode = Main.run(
                        Main.commandLine(),
                        new PrintWriter(out),
                        new PrintWriter(out),
                        line.substring(COMMAND.length()).split(" "));
                lines.addAll(out.toString().lines().toList());
                commands++;
            } else if (line.equals(EXIT_CODE)) {
                lines.add(line);
                lines.add(String.valueOf(exitCode));
            }
        }
    }

    /** How many commands were run. */
    int commands() {
        return commands;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The text without what differs from run to run. */
    static String masked(String text) {
        return TIME.matcher(text).replaceAll(" T s");
    }
}
