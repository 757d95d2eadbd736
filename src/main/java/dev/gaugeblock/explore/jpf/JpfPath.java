package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that went wrong, read from the XML of a narrated run: what its steps said, which lines of the sources each of
 * them executed, and where it was switched between two scheduling points.
 *
 * <p>The XML is not well-formed, as it quotes what it should escape; so it is read line by line. An instruction that
 * calls {@code stepOwned} is where the next {@code @step} of the output begins.
 */
final class JpfPath {
    private static final Pattern TRANSITION = Pattern.compile(" *<transition id=\"\\d+\" thread=\"(\\d+)\">");
    private static final Pattern INSTRUCTION = Pattern.compile(" *<insn src=\"([^\"]*)\">(.*)</insn>");
    private static final Pattern SOURCE =
            Pattern.compile("dev/gaugeblock/(?:mm|highmem|reclaim|pagebuf)/(\\w+\\.java):(\\d+)");
    private static final Pattern ACCESS =
            Pattern.compile("(getfield|putfield|getstatic|putstatic|[ilasbcfd]+a(?:load|store)) ?.*");
    private static final String STEP_BEGINS = "PathfinderScheduler.stepOwned(";
    /** What the engine does at a scheduling point, invariants and all: no part of the step. */
    private static final Pattern ENGINE =
            Pattern.compile("(invoke\\w+|\\w*return) +dev\\.gaugeblock\\.explore\\.harness\\.pathfinder\\."
                    + "PathfinderScheduler\\.(arriveOwned|passOwned|endOwned)\\(.*");

    private static final int THREADS = 64;

    private final List<Counterexample.Row> rows = new ArrayList<>();
    /** Who takes each step, by the numbers of a schedule. */
    private final List<Integer> tasks = new ArrayList<>();
    /** Whether the next step is that a handler does not strike: for that, a task behind the programs is chosen. */
    private boolean staysAway;

    private final List<List<String>> notes = new ArrayList<>();
    /** For each step, the source lines of the allocator that it executed, by file. */
    private final List<SortedMap<String, SortedSet<Integer>>> lines = new ArrayList<>();
    /** Source lines before which Java PathFinder switched threads, though there is no scheduling point. */
    private final Set<String> unguarded = new LinkedHashSet<>();

    private final int[] stepOf = new int[THREADS];
    private final boolean[] inEngine = new boolean[THREADS];
    /** The thread of the transition that is being read, and whether its first instruction is still to come. */
    private int thread;

    private boolean transitionBegins;
    private final List<Deque<String>> operations = new ArrayList<>();
    private String memoryBefore = "";
    private String memoryAfter = "";

    private JpfPath(int programs) {
        Arrays.fill(stepOf, -1);
        for (int i = 0; i < programs; i++) {
            operations.add(new ArrayDeque<>());
        }
    }

    /**
     * Reads the XML of a narrated run.
     *
     * @param programs how many the litmus test has
     * @throws IOException if it cannot be read, or its output tells other steps than its trace has
     */
    static JpfPath read(Path xml, int programs) throws IOException {
        JpfPath path = new JpfPath(programs);
        for (String line : path.readTrace(xml)) {
            try {
                path.narrate(line);
            } catch (NumberFormatException | IndexOutOfBoundsException | NoSuchElementException e) {
                throw new IOException("its output has a line that cannot be read: " + line, e);
            }
        }
        if (path.rows.size() != path.lines.size()) {
            throw new IOException(
                    "its output tells " + path.rows.size() + " steps, and its trace has " + path.lines.size());
        }
        return path;
    }

    /** Takes in the instructions, and returns what the path printed. */
    private List<String> readTrace(Path xml) throws IOException {
        List<String> output = new ArrayList<>();
        boolean inOutput = false;
        try (BufferedReader reader = Files.newBufferedReader(xml)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.strip().equals("<output>")) {
                    inOutput = true;
                } else if (line.strip().equals("</output>")) {
                    inOutput = false;
                } else if (inOutput) {
                    output.add(line);
                } else {
                    readTransition(line);
                }
            }
        }
        return output;
    }

    private void readTransition(String line) throws IOException {
        Matcher transition = TRANSITION.matcher(line);
        if (transition.matches()) {
            thread = thread(group(transition, 1));
            transitionBegins = true;
            return;
        }
        Matcher instruction = INSTRUCTION.matcher(line);
        if (!instruction.matches()) {
            return;
        }
        String what = group(instruction, 2);
        if (what.startsWith("invoke") && what.contains(STEP_BEGINS)) {
            stepOf[thread] = lines.size();
            lines.add(new TreeMap<>());
        }
        Matcher engine = ENGINE.matcher(what);
        if (engine.matches()) {
            inEngine[thread] = group(engine, 1).startsWith("invoke");
        }
        Matcher source = SOURCE.matcher(group(instruction, 1));
        if (source.matches() && stepOf[thread] >= 0 && !inEngine[thread]) {
            lines.get(stepOf[thread])
                    .computeIfAbsent(group(source, 1), file -> new TreeSet<>())
                    .add(Integer.parseInt(group(source, 2)));
            if (transitionBegins && ACCESS.matcher(what).matches()) {
                unguarded.add(source.group(1) + ":" + source.group(2));
            }
        }
        transitionBegins = false;
    }

    /** A group that takes part in every match. */
    private static String group(Matcher matched, int number) {
        return Objects.requireNonNull(matched.group(number));
    }

    private static int thread(String number) throws IOException {
        if (number.length() > 3 || Integer.parseInt(number) >= THREADS) {
            throw new IOException("its trace names thread " + number + ", where there are at most " + THREADS);
        }
        return Integer.parseInt(number);
    }

    private void narrate(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "@begins" -> operations.get(Integer.parseInt(words[1])).push(words[2]);
            case "@ended" -> operations.get(Integer.parseInt(words[1])).pop();
            case "@memory" -> {
                memoryBefore = memoryAfter;
                memoryAfter = line.substring("@memory ".length());
            }
            case "@note" -> {
                if (!notes.isEmpty()) {
                    notes.get(notes.size() - 1).add(line.substring("@note ".length()));
                }
            }
            case "@away" -> staysAway = true;
            case "@step" -> {
                int program = Integer.parseInt(words[1]);
                tasks.add(staysAway ? operations.size() : program);
                staysAway = false;
                Deque<String> begun = operations.get(program);
                String operation = Objects.requireNonNullElse(begun.peek(), "");
                notes.add(new ArrayList<>());
                rows.add(new Counterexample.Row(
                        program, operation, words[2], "", "", "", notes.get(notes.size() - 1), true));
            }
            default -> {
                // What JPF or the program says besides is no part of the path.
            }
        }
    }

    List<Counterexample.Row> rows() {
        return rows;
    }

    /** The choices that lead there. */
    Schedule schedule() {
        return Schedule.of(tasks.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Notes on which source lines a step executed, one for each file; none if it executed none of the allocator's. */
    List<String> linesOf(int step) {
        List<String> notes = new ArrayList<>();
        if (step < lines.size()) {
            lines.get(step).forEach((file, numbers) -> notes.add(file + ":" + ranges(numbers)));
        }
        return notes;
    }

    /** "12-14, 20". */
    private static String ranges(SortedSet<Integer> numbers) {
        StringBuilder ranges = new StringBuilder();
        for (int first : numbers) {
            if (numbers.contains(first - 1)) {
                continue;
            }
            int last = first;
            while (numbers.contains(last + 1)) {
                last++;
            }
            ranges.append(ranges.length() == 0 ? "" : ", ").append(first);
            ranges.append(last == first ? "" : "-" + last);
        }
        return ranges.toString();
    }

    /** Source lines before which Java PathFinder switched threads, though there is no scheduling point. */
    Set<String> unguarded() {
        return unguarded;
    }

    String memoryBefore() {
        return memoryBefore;
    }

    String memoryAfter() {
        return memoryAfter;
    }
}
