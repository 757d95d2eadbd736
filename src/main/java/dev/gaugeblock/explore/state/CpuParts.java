package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of a litmus test belongs to which CPU: the programs, and the variables that they assign. */
final class CpuParts {
    private final List<Program> all;
    private final int variableCount;
    private final int[] nodes;

    /** For each CPU, the indices of its programs, the ordinary one first. */
    private final int[][] programs;

    /** For each CPU, the variables that its programs assign, in their order. */
    private final int[][] variables;

    /** The variables that were assigned before the programs start. */
    private final int[] shared;

    CpuParts(LitmusTest test) {
        this.all = test.programs();
        this.variableCount = test.variables().size();
        this.nodes = test.machine().nodeOfCpu;
        this.programs = new int[test.machine().cpus][];
        this.variables = new int[programs.length][];
        for (int cpu = 0; cpu < programs.length; cpu++) {
            programs[cpu] = programsOf(cpu, all);
            variables[cpu] = Arrays.stream(programs[cpu])
                    .mapToObj(all::get)
                    .flatMap(CpuParts::operations)
                    .filter(operation -> operation.kind == LitmusOperation.ALLOC)
                    .mapToInt(operation -> operation.target)
                    .toArray();
        }
        if (Arrays.stream(programs).mapToInt(own -> own.length).sum() != all.size()) {
            throw new IllegalArgumentException("litmus test " + test.name() + " has a program that is on none of its "
                    + programs.length + " CPUs");
        }
        this.shared = IntStream.range(0, variableCount)
                .filter(variable -> Arrays.stream(variables).noneMatch(own -> indexOf(variable, own) >= 0))
                .toArray();
    }

    private static int[] programsOf(int cpu, List<Program> all) {
        IntStream ordinary = numbers(cpu, all, false);
        return IntStream.concat(ordinary, numbers(cpu, all, true)).toArray();
    }

    private static IntStream numbers(int cpu, List<Program> all, boolean interrupt) {
        return IntStream.range(0, all.size())
                .filter(index -> all.get(index).cpu == cpu && all.get(index).interrupt == interrupt);
    }

    /** Every operation of a program, those of its reactions included. */
    static Stream<LitmusOperation> operations(Program program) {
        return Arrays.stream(program.allOperations());
    }

    int cpus() {
        return programs.length;
    }

    int[] programs(int cpu) {
        return programs[cpu];
    }

    int[] variables(int cpu) {
        return variables[cpu];
    }

    int[] sharedVariables() {
        return shared;
    }

    /**
     * What a CPU does and on which node, as a text that is the same for CPUs whose programs differ in the names of
     * their own variables only.
     */
    String describe(int cpu) {
        StringJoiner text = new StringJoiner("\n");
        text.add("node " + nodes[cpu]);
        for (int index : programs[cpu]) {
            Program program = all.get(index);
            text.add("program " + program.interrupt + program.realTime + program.memalloc + program.memdie);
            text.add("strikes " + program.handling.most + program.handling.interruptible);
            for (int i = 0; i < program.length(); i++) {
                text.add(describe(program.operation(i), cpu));
            }
            program.reclaims().forEach(reaction -> describe("reclaim", reaction, cpu, text));
            program.kills().forEach(reaction -> describe("kill", reaction, cpu, text));
        }
        return text.toString();
    }

    private void describe(String when, Reaction reaction, int cpu, StringJoiner text) {
        text.add(when + reaction.progress);
        for (int i = 0; i < reaction.length(); i++) {
            text.add(describe(reaction.operation(i), cpu));
        }
    }

    private String describe(LitmusOperation operation, int cpu) {
        boolean isLock = operation.kind == LitmusOperation.LOCK || operation.kind == LitmusOperation.UNLOCK;
        int own = isLock ? -1 : indexOf(operation.target, variables[cpu]);
        String target = own >= 0 ? "own " + own : "shared " + operation.target;
        return String.join(
                " ",
                Integer.toString(operation.kind),
                target,
                Integer.toString(operation.gfp),
                Integer.toString(operation.order),
                Integer.toString(operation.detail));
    }

    private static int indexOf(int number, int[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The renaming by which each CPU takes the given number, and its programs and variables those of the CPU that had
     * it.
     */
    Renaming renaming(int index, int[] targets) {
        int[] newPrograms = new int[all.size()];
        int[] newVariables = IntStream.range(0, variableCount).toArray();
        for (int cpu = 0; cpu < targets.length; cpu++) {
            copy(programs[cpu], programs[targets[cpu]], newPrograms);
            copy(variables[cpu], variables[targets[cpu]], newVariables);
        }
        return new Renaming(index, targets.clone(), newPrograms, newVariables);
    }

    private static void copy(int[] from, int[] to, int[] map) {
        for (int i = 0; i < from.length; i++) {
            map[from[i]] = to[i];
        }
    }
}
