package dev.gaugeblock.explore.state;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;

/**
 * Other numbers for CPUs that are alike, and with them for their programs and variables: what was true of one machine
 * is true of the other, by these numbers. Each array says, for a number, which it becomes.
 */
public final class Renaming {
    /** Leaves every number as it is. */
    public static final Renaming NONE = new Renaming(0, new int[0], new int[0], new int[0]);

    /** Number of this renaming among those of its symmetry; 0 leaves every number as it is. */
    public final int index;

    private @NotOnlyInitialized Renaming inverse;
    private final int[] cpus;
    private final int[] programs;
    private final int[] variables;

    Renaming(int index, int[] cpus, int[] programs, int[] variables) {
        this.index = index;
        this.cpus = cpus;
        this.programs = programs;
        this.variables = variables;
        this.inverse = this;
    }

    /** Says which renaming gives the old numbers back. */
    void isUndoneBy(Renaming other) {
        inverse = other;
    }

    /** The renaming that gives the old numbers back. */
    public Renaming inverse() {
        return inverse;
    }

    public boolean isNone() {
        return index == 0;
    }

    public int cpu(int number) {
        return isNone() ? number : cpus[number];
    }

    /** Behind the programs come the store buffers, by their CPUs. */
    public int program(int number) {
        if (isNone()) {
            return number;
        }
        int buffer = number - programs.length;
        return buffer < 0 ? programs[number] : programs.length + cpus[buffer];
    }

    public int variable(int number) {
        return isNone() ? number : variables[number];
    }

    /**
     * The step by its new numbers. What it accesses keeps its name: no lock and no word is a CPU's own, but for the
     * TLBs. No CPU with several tasks is like another.
     */
    public Step of(Step step) {
        int cpu = step.cpu() < 0 ? step.cpu() : cpu(step.cpu());
        int buffer = step.buffer() < 0 ? step.buffer() : cpu(step.buffer());
        return new Step(
                program(step.task()),
                step.kind(),
                step.object(),
                cpu,
                step.alsoRead(),
                step.watched(),
                buffer,
                step.sharedCpu(),
                step.hold());
    }

    public Schedule of(Schedule schedule) {
        int[] renamed = new int[schedule.length()];
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = program(schedule.task(i));
        }
        return new Schedule(renamed);
    }
}
