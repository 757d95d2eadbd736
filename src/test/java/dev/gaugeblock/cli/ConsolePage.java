package dev.gaugeblock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of {@code docs} whose fenced blocks are made anew: {@code console} blocks by running their commands,
 * {@code litmus FILE} blocks by reading the file; {@code file NAME} blocks are files that the commands read. Everything
 * else stays as it is. A line of three dots in an output stands for any number of lines.
 */
final class ConsolePage {
    private static final String FENCE = "```";
    private static final String LITMUS_BLOCK = FENCE + "litmus ";
    private static final String FILE_BLOCK = FENCE + "file ";
    private static final String CONSOLE_BLOCK = FENCE + "console";
    private static final String PROMPT = "$ ";
    private static final String EXIT_CODE = "$ echo $?";
    private static final String DOTS = "...";

    /** What differs from run to run: a time, and the blanks that right-align it. */
    private static final Pattern TIME =
            Pattern.compile(" +[0-9]+\\.[0-9]+ s\\b|(?<=\"time_ms\":)[0-9]+|(?<=time=\")[0-9.]+");

    /** What a reader takes for a command that is to be typed. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(\\$ |(\\S+=\\S+ )*(\\./)?gaugeblock |mvn |java |make ).*");

    private static final String NOT_RUN = "<!-- not run: ";

    private final CommandShell shell;
    private final List<String> lines = new ArrayList<>();
    private final List<String> unmarked = new ArrayList<>();
    private int commands;

    private ConsolePage(CommandShell shell) {
        this.shell = shell;
    }

    /** Runs a line that is typed at a prompt. */
    interface CommandShell {
        /** What a command prints, and what it ends with. */
        record Ran(List<String> output, int exitCode) {}

        Ran run(String command) throws IOException;

        /** Puts a file where the commands run. */
        void write(String name, String text) throws IOException;
    }

    /** The page as it should be now. */
    static ConsolePage of(Path page, CommandShell shell) throws IOException {
        ConsolePage made = new ConsolePage(shell);
        List<String> old = Files.readAllLines(page);
        String before = "";
        for (int i = 0; i < old.size(); i++) {
            String line = old.get(i);
            made.lines.add(line);
            if (line.startsWith(FENCE)) {
                int end = end(old, i);
                made.block(line, old.subList(i + 1, end), page + ":" + (i + 1), before);
                i = end;
                made.lines.add(FENCE);
            }
            before = line.isEmpty() ? before : line;
        }
        return made;
    }

    private void block(String head, List<String> block, String place, String before) throws IOException {
        if (head.startsWith(LITMUS_BLOCK)) {
            lines.addAll(Files.readAllLines(Path.of(head.substring(LITMUS_BLOCK.length()))));
        } else if (head.equals(CONSOLE_BLOCK)) {
            run(block);
        } else {
            lines.addAll(block);
            String text = String.join("\n", block) + "\n";
            if (head.startsWith(FILE_BLOCK)) {
                shell.write(head.substring(FILE_BLOCK.length()), text);
            } else if (COMMAND.matcher(text).find() && !before.startsWith(NOT_RUN)) {
                unmarked.add(place);
            }
        }
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
    private void run(List<String> block) throws IOException {
        int exitCode = -1;
        for (int i = 0; i < block.size(); ) {
            String line = block.get(i);
            int next = i + 1;
            while (next < block.size() && !block.get(next).startsWith(PROMPT)) {
                next++;
            }
            List<String> shown = block.subList(i + 1, next);
            lines.add(line);
            if (line.equals(EXIT_CODE)) {
                lines.add(String.valueOf(exitCode));
            } else if (line.startsWith(PROMPT)) {
                CommandShell.Ran ran = shell.run(line.substring(PROMPT.length()));
                exitCode = ran.exitCode();
                lines.addAll(isShown(ran.output(), shown) ? shown : ran.output());
                commands++;
            } else {
                throw new IllegalArgumentException("a console block begins with a command, not with " + line);
            }
            i = next;
        }
    }

    /** Whether an output is what is shown of it, with dots. */
    private static boolean isShown(List<String> output, List<String> shown) {
        if (shown.stream().noneMatch(line -> line.strip().equals(DOTS))) {
            return false;
        }
        StringBuilder pattern = new StringBuilder();
        for (String line : shown) {
            pattern.append(line.strip().equals(DOTS) ? "(.*\n)*?" : Pattern.quote(masked(line)) + "\n");
        }
        return Pattern.matches(pattern.toString(), masked(String.join("\n", output)) + "\n");
    }

    /** How many commands were run. */
    int commands() {
        return commands;
    }

    /** Where blocks begin that show commands which are not run, without the line above that says why. */
    List<String> unmarked() {
        return unmarked;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The text without what differs from run to run. */
    static String masked(String text) {
        return TIME.matcher(text).replaceAll(" T s");
    }
}
