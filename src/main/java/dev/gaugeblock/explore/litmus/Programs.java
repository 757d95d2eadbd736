package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.Operation;
import dev.gaugeblock.explore.harness.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the sections that consist of operations: {@code before}, {@code cpu} and {@code irq}. */
final class Programs {
    private final Lines lines;
    private final OperationReader operations;
    private final int cpus;

    /**
     * Prepares reading.
     *
     * @param cpus of the machine
     */
    Programs(Lines lines, OperationReader operations, int cpus) {
        this.lines = lines;
        this.operations = operations;
        this.cpus = cpus;
    }

    /** What CPU 0 runs first; nothing if there is no such section. */
    List<Operation> before() {
        if (!lines.head().is(Variables.BEFORE)) {
            return List.of();
        }
        return body(lines.begin(Variables.BEFORE), Variables.BEFORE);
    }

    /** The programs of the CPUs and interrupts, at least one. */
    List<Program> concurrent() {
        List<Program> programs = new ArrayList<>();
        while (lines.head().is("cpu") || lines.head().is("irq")) {
            programs.add(program());
        }
        if (programs.isEmpty()) {
            throw lines.current().expected("\"cpu\" or \"irq\"", lines.head());
        }
        return List.copyOf(programs);
    }

    private Program program() {
        Line first = lines.current();
        Token keyword = first.next();
        boolean interrupt = keyword.is("irq");
        int cpu = first.number("a CPU", 0, cpus - 1);
        String title = keyword.text() + " " + cpu;
        lines.requireFirst(title);
        Set<String> flags = interrupt ? Set.of() : flags(first);
        first.expectEnd();
        lines.advance();
        Operation[] body = body(first, title).toArray(new Operation[0]);
        return new Program(
                cpu,
                interrupt,
                flags.contains("real-time"),
                flags.contains("memalloc"),
                flags.contains("memdie"),
                body);
    }

    private static Set<String> flags(Line line) {
        Set<String> missing = new LinkedHashSet<>(List.of("real-time", "memalloc", "memdie"));
        Set<String> flags = new HashSet<>();
        while (missing.remove(line.peek().text())) {
            flags.add(line.next().text());
        }
        if (line.peek().kind() != Token.Kind.END_OF_LINE) {
            missing.add("the end of the line");
            throw line.expected(String.join(" or ", missing), line.peek());
        }
        return flags;
    }

    private List<Operation> body(Line first, String title) {
        List<Operation> body = new ArrayList<>();
        while (lines.isInSection()) {
            body.add(operations.read(lines.advance(), title));
        }
        if (body.isEmpty()) {
            throw first.error(first.head(), "expected an operation in " + title + ", found none");
        }
        return List.copyOf(body);
    }
}
