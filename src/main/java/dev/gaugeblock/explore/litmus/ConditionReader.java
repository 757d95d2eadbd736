package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.mm.MachineLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the conditions behind {@code sometimes} and {@code never}. */
final class ConditionReader {
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("-?[0-9].*");

    private final Variables variables;
    private final MachineLayout layout;
    private final List<Program> programs;
    /** Numbers of all processes. */
    private final Set<Integer> pids;

    ConditionReader(Variables variables, MachineLayout layout, List<Program> programs, Set<Integer> pids) {
        this.variables = variables;
        this.layout = layout;
        this.programs = programs;
        this.pids = pids;
    }

    /** Reads the rest of a line. */
    Condition read(Line line) {
        Token first = line.peek();
        List<Condition.Term> terms = new ArrayList<>();
        do {
            terms.add(term(line));
        } while (line.take("and"));
        if (line.peek().kind() != Token.Kind.END_OF_LINE) {
            throw line.expected("\"and\" or the end of the line", line.peek());
        }
        return new Condition(List.copyOf(terms), line.textFrom(first), first.line());
    }

    private Condition.Term sleeps(Line line) {
        boolean interrupt = line.next().is("irq");
        Token number = line.peek();
        int cpu = line.number("a CPU", 0, MachineSpec.MAX_CPUS - 1);
        boolean exists = programs.stream()
                .anyMatch(program -> program.cpu == cpu && program.interrupt == interrupt && !program.kswapd);
        if (!exists) {
            throw line.expected("the CPU of a program of the file", number);
        }
        line.expect("sleeps");
        return new Condition.Sleeps(cpu, interrupt);
    }

    private Condition.Term killed(Line line) {
        Token number = line.peek();
        int pid = line.number("a process", 1, Programs.MAX_PID);
        if (!pids.contains(pid)) {
            throw line.expected("a process of the file", number);
        }
        boolean killed = line.take("killed");
        if (!killed && !line.take("spared")) {
            throw line.expected("\"killed\" or \"spared\"", line.peek());
        }
        return new Condition.Killed(pid, killed);
    }

    private Condition.Term term(Line line) {
        if (line.take("kswapd")) {
            int node = 0;
            if (layout.nodes() > 1) {
                node = line.number("the number of a node", 0, layout.nodes() - 1);
            }
            boolean woken = line.take("woken");
            if (!woken && !line.take("asleep")) {
                throw line.expected("\"woken\" or \"asleep\"", line.peek());
            }
            return new Condition.Kswapd(node, woken);
        }
        if (line.take("process")) {
            return killed(line);
        }
        if (line.peek().is("cpu") || line.peek().is("irq")) {
            return sleeps(line);
        }
        int left = variables.mention(line);
        Token comparison = line.next();
        boolean equal = comparison.is("==");
        if (!equal && !comparison.is("!=")) {
            throw line.expected("\"==\" or \"!=\"", comparison);
        }
        if (line.take("NULL")) {
            return new Condition.IsNull(left, equal);
        }
        Token value = line.peek();
        if (LIKE_A_NUMBER.matcher(value.text()).matches()) {
            // No frame outside the memory is ever handed out: a condition on one would pass or fail unread.
            int pfn = line.number("a frame of the machine", layout.startPfn(), layout.endPfn() - 1);
            if (!layout.exists(pfn)) {
                throw line.expected("a frame of the machine", value);
            }
            return new Condition.IsFrame(left, pfn, equal);
        }
        if (value.kind() != Token.Kind.WORD) {
            throw line.expected("NULL, a frame number or a variable", value);
        }
        int right = variables.mention(line);
        if (left == right) {
            throw line.error(value, "expected another variable, found " + value.described() + " compared with itself");
        }
        return new Condition.SameFrame(left, right, equal);
    }
}
