package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.audit.Strikes.Between;
import dev.gaugeblock.explore.audit.Strikes.Met;
import dev.gaugeblock.explore.audit.Strikes.Struck;
import dev.gaugeblock.explore.audit.Strikes.Touched;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes down what one execution tells about handlers, and about programs that they may interrupt: of each CPU, up to
 * the end of the first strike. Whichever handler it is, there are executions in which it comes first.
 */
final class StrikeWatch {
    /** What was touched between two windows, in which steps. */
    private record Closed(Between between, List<Integer> steps) {}

    private final Strikes strikes;
    private final ObjectNames names = new ObjectNames();
    private final List<Integer> taken = new ArrayList<>();
    private final List<Closed> closed = new ArrayList<>();
    /** By program; asked here, as the simulation itself is audited. */
    private Task[] tasks = new Task[0];

    private boolean[] handles = new boolean[0];
    /** By CPU; {@code null} for one without a program that a handler may interrupt, or with several. */
    private @Nullable Interval[] intervals = new Interval[0];
    /** By CPU: that program, -1 for none. */
    private int[] interrupted = new int[0];

    /** By CPU: how often it will be struck. Where it is not, there are no windows between which to look. */
    private int[] strikesToCome = new int[0];

    /** By CPU: how often it was struck. */
    private int[] struck = new int[0];

    StrikeWatch(Strikes strikes) {
        this.strikes = strikes;
    }

    void made(Object object, int program) {
        names.made(object, program);
    }

    void begins(Simulation booted) {
        tasks = new Task[booted.programs()];
        handles = new boolean[tasks.length];
        intervals = new Interval[booted.cpuCount()];
        interrupted = new int[intervals.length];
        Arrays.fill(interrupted, -1);
        struck = new int[intervals.length];
        strikesToCome = new int[intervals.length];
        for (int i = 0; i < booted.programs(); i++) {
            tasks[i] = booted.task(i);
            handles[i] = booted.program(i).interrupt;
            if (!handles[i]) {
                interrupted[booted.program(i).cpu] = i;
            }
        }
        for (int i = 0; i < booted.programs(); i++) {
            int cpu = booted.program(i).cpu;
            if (handles[i] && interrupted[cpu] >= 0) {
                intervals[cpu] = new Interval();
                strikesToCome[cpu] += booted.program(i).handling.least;
            }
        }
        for (Task task : tasks) {
            if (task.sibling > 0) {
                intervals[task.cpu.id] = null;
            }
        }
    }

    /** A program takes a step: a window, if a handler could have struck instead. */
    void steps(int program, Step step) {
        taken.add(program);
        if (step.kind() == Step.Kind.COMES) {
            strikesToCome[tasks[program].cpu.id]++;
        }
        if (step.kind() == Step.Kind.DRAIN || step.decides()) {
            return;
        }
        Cpu cpu = tasks[program].cpu;
        Interval interval = intervals[cpu.id];
        boolean strikes = step.kind() == Step.Kind.INTERRUPT;
        struck[cpu.id] += strikes ? 1 : 0;
        if (interval == null || strikesToCome[cpu.id] == 0 || struck[cpu.id] > (strikes ? 1 : 0)) {
            return;
        }
        if (strikes || !cpu.interrupts.areOff()) {
            close(cpu.id);
        }
        if (strikes) {
            interval.ends();
        } else if (!cpu.interrupts.areOff()) {
            interval.begins();
        }
    }

    private void close(int cpu) {
        Interval interval = intervals[cpu];
        if (interval != null && interval.isDivided()) {
            Between between = new Between(cpu, interval.before(), interval.trace(), interval.touched());
            closed.add(new Closed(between, interval.steps()));
        }
    }

    void touches(int program, Object object, Object part, Site site, boolean inHead) {
        Cpu cpu = tasks[program].cpu;
        Interval interval = intervals[cpu.id];
        if (interval == null) {
            return;
        }
        String location = names.of(object) + " " + part;
        if (handles[program] && struck[cpu.id] == 1) {
            strikes.handles(cpu.id, interval.trace(), location, site);
        } else if (!handles[program]) {
            Interval.How on = inHead ? Interval.How.HEAD : Interval.How.ALONE;
            Interval.How how = cpu.interrupts.areOff() ? Interval.How.OFF : on;
            interval.touches(location, site, how, taken.size());
        }
    }

    /** The execution is over. Gives what is wrong with it, {@code null} for nothing. */
    @Nullable
    Struck ended() {
        for (int cpu = 0; cpu < intervals.length; cpu++) {
            close(cpu);
        }
        Schedule schedule =
                new Schedule(taken.stream().mapToInt(Integer::intValue).toArray());
        Struck first = null;
        for (Closed one : closed) {
            String task = tasks[interrupted[one.between.cpu()]].toString();
            Struck wrong = strikes.touches(one.between, new Met(task, one.steps, schedule));
            first = first == null ? wrong : first;
        }
        return first;
    }

    /** What the program of one CPU touches from one window for interrupts to the next, unit by unit. */
    private static final class Interval {
        /** What keeps an access and the next of its kind together. */
        enum How {
            /** Nothing. */
            ALONE,
            /** They are the head of one step. */
            HEAD,
            /** Interrupts are off. */
            OFF
        }

        private final List<Touched> touched = new ArrayList<>();
        private final List<Integer> steps = new ArrayList<>();
        private int unit;
        private boolean open;

        private How last = How.ALONE;
        /** What the program has touched so far, as a hash. */
        private long trace;

        private long before;

        /** A window: an interrupt may strike, and does not. */
        void begins() {
            touched.clear();
            steps.clear();
            unit = 0;
            before = trace;
            open = true;
            last = How.ALONE;
        }

        /** The handler has struck, so there is nothing more to look out for. */
        void ends() {
            touched.clear();
            steps.clear();
            open = false;
        }

        /** The program touches something. */
        void touches(String location, Site site, How how, int step) {
            if (!open) {
                return;
            }
            trace = 31 * trace + Objects.hash(location, site.place(), site.writes());
            unit += how == last && how != How.ALONE ? 0 : 1;
            last = how;
            Touched access = new Touched(unit, location, site);
            if (!touched.contains(access)) {
                touched.add(access);
                steps.add(step);
            }
        }

        /** What had been touched at the last window. */
        long before() {
            return before;
        }

        /** What has been touched so far, or when the handler struck. */
        long trace() {
            return trace;
        }

        /** Whether there was more than one unit. */
        boolean isDivided() {
            return open && unit > 1;
        }

        List<Touched> touched() {
            return List.copyOf(touched);
        }

        /** The step of each. */
        List<Integer> steps() {
            return List.copyOf(steps);
        }
    }
}
