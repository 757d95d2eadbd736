package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the sections that consist of operations: {@code before}, {@code cpu}, {@code task} and {@code irq}; and
 * {@code kswapd}.
 */
final class Programs {
    /** Begins what reclaim or the OOM killer does when the program calls it. */
    static final String ON = "on";

    /** With a store buffer for each CPU, the explorer can count them in one word. */
    private static final int MAX_PROGRAMS = 32;

    /** {@code PID_MAX_DEFAULT} less one. */
    static final int MAX_PID = 32767;

    private final Lines lines;
    private final OperationReader operations;
    private final int cpus;
    /** An {@code on reclaim} or {@code on oom}. */
    private record Script(Line line, Token what) {}

    /** Whether the machine has pages that can really be reclaimed. */
    private final boolean machineReclaims;

    private final List<Script> scripts = new ArrayList<>();
    private final Set<Integer> pids = new HashSet<>();

    private final int[] nodeOfCpu;

    /**
     * Prepares reading.
     *
     * @param machine that they run on
     */
    Programs(Lines lines, OperationReader operations, MachineSpec machine) {
        this.lines = lines;
        this.operations = operations;
        this.cpus = machine.cpus;
        this.machineReclaims = machine.hasLru();
        this.nodeOfCpu = machine.nodeOfCpu;
        machine.processes.forEach(process -> pids.add(process.pid));
    }

    /** What CPU 0 runs first; nothing if there is no such section. */
    List<LitmusOperation> before() {
        if (!lines.head().is(Variables.BEFORE)) {
            return List.of();
        }
        List<LitmusOperation> before = body(lines.begin(Variables.BEFORE), Variables.BEFORE);
        if (lines.head().is(ON)) {
            throw lines.current()
                    .error(
                            lines.head(),
                            "expected an operation, as before runs alone and on belongs to a program, found \"on\"");
        }
        return before;
    }

    /** What CPU 0 runs when all programs rest; nothing if there is no such section. */
    List<LitmusOperation> after() {
        return lines.head().is(Variables.AFTER) ? body(lines.begin(Variables.AFTER), Variables.AFTER) : List.of();
    }

    /** The programs of the CPUs and interrupts, at least one. */
    List<Program> concurrent() {
        List<Program> programs = new ArrayList<>();
        while (beginsProgram(lines.head())) {
            if (programs.size() == MAX_PROGRAMS) {
                throw lines.current()
                        .error(lines.head(), "expected at most " + MAX_PROGRAMS + " programs, found one more");
            }
            programs.add(lines.head().is("kswapd") ? kswapd(programs) : program(programs));
        }
        requireNoScriptForWhatIsReal(programs);
        if (programs.isEmpty()) {
            throw lines.current().expected("\"cpu\", \"task\", \"irq\" or \"kswapd\"", lines.head());
        }
        return List.copyOf(programs);
    }

    private static boolean beginsProgram(Token head) {
        return head.is("cpu") || head.is("task") || head.is("irq") || head.is("kswapd");
    }

    /** That of the CPU's node. It has its CPU for itself. */
    private Program kswapd(List<Program> others) {
        Line line = lines.advance();
        line.expect("kswapd");
        Token number = line.peek();
        int cpu = line.number("a CPU", 0, cpus - 1);
        line.expectEnd();
        for (Program other : others) {
            if (other.kswapd && nodeOfCpu[other.cpu] == nodeOfCpu[cpu]) {
                throw line.error(
                        number,
                        "expected a CPU of another node, found " + number.described() + ": " + other.title()
                                + " is of its node");
            }
            if (other.cpu == cpu && !other.interrupt) {
                throw line.error(
                        number, "expected a CPU without a program, found " + number.described() + ", which has one");
            }
        }
        return Program.kswapd(cpu);
    }

    private static boolean hasKswapd(List<Program> programs, int cpu) {
        return programs.stream().anyMatch(program -> program.kswapd && program.cpu == cpu);
    }

    private Program program(List<Program> others) {
        Line first = lines.current();
        Token keyword = first.next();
        boolean interrupt = keyword.is("irq");
        boolean named = keyword.is("task")
                || interrupt && Character.isLetter(first.peek().text().charAt(0));
        String name = named ? name(first, interrupt ? "the name of a handler" : "the name of a task") : "";
        Token number = first.peek();
        int cpu = first.number("a CPU", 0, cpus - 1);
        if (!interrupt && hasKswapd(others, cpu)) {
            throw first.error(number, "expected a CPU without kswapd, found " + number.described() + ", which has it");
        }
        String title = keyword.text() + " " + (name.isEmpty() ? Integer.toString(cpu) : name);
        lines.requireFirst(title);
        Token flag = first.peek();
        Set<String> flags = interrupt ? Set.of() : flags(first);
        if (!interrupt) {
            requireEqualPriority(first, flag, flags.contains("real-time"), cpu, others);
        }
        Handling handling = interrupt ? handling(first) : Handling.ONCE;
        boolean isProcess = !interrupt && first.take("process");
        Token pid = first.peek();
        ProcessSpec process = isProcess ? readProcess(first, true) : null;
        if (process != null && !pids.add(process.pid)) {
            throw first.error(pid, "expected a new process, found " + pid.described() + ", of which there is one");
        }
        first.expectEnd();
        lines.advance();
        List<LitmusOperation> body =
                isProcess ? operations(title) : this.operations.inAllStrikes(body(first, title), handling, title);
        List<LitmusOperation> exit = new ArrayList<>();
        List<Reaction> reclaims = new ArrayList<>();
        List<Reaction> kills = new ArrayList<>();
        while (lines.head().is(ON)) {
            Line line = lines.advance();
            line.next();
            Token what = line.next();
            switch (what.text()) {
                case "reclaim" -> {
                    scripts.add(new Script(line, what));
                    reclaims.add(reaction(line, progress(line), title));
                }
                case "oom" -> {
                    scripts.add(new Script(line, what));
                    kills.add(reaction(line, false, title));
                }
                case "exit" -> {
                    if (!isProcess) {
                        throw line.error(what, "expected \"on exit\" in a program of a process, found it in " + title);
                    }
                    lines.requireFirstOf(line, "on exit of " + title);
                    line.expectEnd();
                    exit.addAll(operations(title));
                }
                default -> throw line.expected("\"reclaim\", \"oom\" or \"exit\"", what);
            }
        }
        Program program = new Program(
                        cpu,
                        interrupt,
                        flags.contains("real-time"),
                        flags.contains("memalloc"),
                        flags.contains("memdie"),
                        body.toArray(new LitmusOperation[0]),
                        reclaims.toArray(new Reaction[0]),
                        kills.toArray(new Reaction[0]))
                .called(name)
                .handled(handling);
        return process == null
                ? program
                : program.of(new ProcessSpec(
                        process.pid, process.pages, process.exits, exit.toArray(new LitmusOperation[0])));
    }

    /** {@code NAME on cpu}, up to the CPU's number. */
    private static String name(Line line, String what) {
        String name = line.name(what).text();
        line.expect(ON);
        line.expect("cpu");
        return name;
    }

    /** {@code interruptible} or not; {@code exactly N times}, {@code up to N times}, or nothing for once. */
    private static Handling handling(Line line) {
        boolean interruptible = line.take("interruptible");
        boolean upTo = line.take("up");
        if (upTo) {
            line.expect("to");
        } else if (!line.take("exactly")) {
            if (line.peek().kind() != Token.Kind.END_OF_LINE) {
                String flag = interruptible ? "" : "\"interruptible\", ";
                throw line.expected(flag + "\"exactly\", \"up\" or the end of the line", line.peek());
            }
            return interruptible ? new Handling(1, 1, true) : Handling.ONCE;
        }
        int most = line.number("a number of strikes", 1, Handling.MOST);
        line.expect(most == 1 ? "time" : "times");
        return new Handling(upTo ? 0 : most, most, interruptible);
    }

    /** An ordinary task would not run while a real-time one of its CPU can, so neither would preempt the other. */
    private static void requireEqualPriority(Line line, Token flag, boolean realTime, int cpu, List<Program> others) {
        for (Program other : others) {
            if (other.cpu == cpu && !other.interrupt && other.realTime != realTime) {
                String what = realTime ? "no real-time task" : "\"real-time\"";
                throw line.error(
                        flag,
                        "expected " + what + " beside " + other.title() + ", found " + flag.described()
                                + ": the tasks of a CPU have real-time priorities, or none has");
            }
        }
    }

    /**
     * {@code PID memory PAGES [exits]}: what it does when it exits stands below its program, if it has one.
     *
     * @param hasProgram one that may come to its end
     */
    static ProcessSpec readProcess(Line line, boolean hasProgram) {
        int pid = line.number("a process", 1, MAX_PID);
        line.expect("memory");
        int pages = line.number("a number of pages", 0, ZoneSettings.MAX_FRAMES);
        return new ProcessSpec(pid, pages, hasProgram && line.take("exits"), new LitmusOperation[0]);
    }

    /** Numbers of all processes, when all programs are read. */
    Set<Integer> pids() {
        return Set.copyOf(pids);
    }

    /** Where memory is really reclaimed, or processes are really killed, a program cannot say how. */
    private void requireNoScriptForWhatIsReal(List<Program> programs) {
        boolean reclaims = machineReclaims || programs.stream().anyMatch(program -> program.kswapd);
        for (Script script : scripts) {
            boolean reclaim = script.what().is("reclaim");
            if (reclaim ? reclaims : !pids.isEmpty()) {
                throw script.line()
                        .error(
                                script.what(),
                                reclaim
                                        ? "expected no \"on reclaim\" in a test with lru or kswapd: there memory is really"
                                                + " reclaimed"
                                        : "expected no \"on oom\" in a test with a process: there the OOM killer chooses one");
            }
        }
    }

    private static boolean progress(Line line) {
        if (line.take("progress")) {
            return true;
        }
        line.expect("nothing");
        return false;
    }

    /** What stands below an {@code on} line: operations, or nothing if the call only answers. */
    private Reaction reaction(Line first, boolean progress, String title) {
        first.expectEnd();
        return new Reaction(progress, operations(title).toArray(new LitmusOperation[0]));
    }

    private static Set<String> flags(Line line) {
        Set<String> missing = new LinkedHashSet<>(List.of("real-time", "memalloc", "memdie"));
        Set<String> flags = new HashSet<>();
        while (missing.remove(line.peek().text())) {
            flags.add(line.next().text());
        }
        if (line.peek().kind() != Token.Kind.END_OF_LINE && !line.peek().is("process")) {
            missing.add("process");
            missing.add("the end of the line");
            throw line.expected(String.join(" or ", missing), line.peek());
        }
        return flags;
    }

    private List<LitmusOperation> body(Line first, String title) {
        List<LitmusOperation> body = operations(title);
        if (body.isEmpty()) {
            throw first.error(first.head(), "expected an operation in " + title + ", found none");
        }
        return body;
    }

    private List<LitmusOperation> operations(String title) {
        List<LitmusOperation> body = new ArrayList<>();
        while (lines.isInSection() && !lines.head().is(ON)) {
            Line line = lines.advance();
            LitmusOperation operation = operations.read(line, title);
            if (title.equals(Variables.AFTER) && !operation.waitsForNobody()) {
                throw line.error(
                        line.head(),
                        "expected an operation on frames that waits for nobody, as after runs alone, found \""
                                + operation + "\"");
            }
            body.add(operation);
        }
        return List.copyOf(body);
    }
}
