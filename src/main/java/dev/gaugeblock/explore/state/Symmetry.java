package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.machine.SequentialScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which CPUs of a litmus test are alike: their programs are equal but for the names of their own variables, and the
 * machine begins alike on them. To give alike CPUs each other's numbers changes nothing in what can happen. So a state
 * need be explored under one numbering only ({@link CanonicalKey}), and what was found holds under all of them
 * ({@link #renamings}).
 *
 * <p>The code treats its CPUs alike but in one place: a flush of the kmap window goes through the TLBs in the order of
 * the CPUs' numbers. That makes no difference while no TLB is ever filled, so a test that uses an address has no alike
 * CPUs, nor has one with any other operation that {@link #treatsCpusAlike} does not list.
 */
public final class Symmetry {
    /** Most numberings of one state: 7!. More would take longer to go through than they save. */
    private static final int MAX_RENAMINGS = 5_040;

    /** For each CPU, the first of those that are like it: itself if there are none. */
    private final int[] classes;

    private final CpuParts parts;
    private final List<Renaming> renamings = new ArrayList<>();

    /**
     * The symmetry of CPUs that somebody knows to be alike.
     *
     * @param classes for each CPU, the first of those that are like it
     */
    Symmetry(int[] classes, CpuParts parts) {
        this.classes = classes;
        this.parts = parts;
        addRenamings(new int[classes.length], 0);
        for (Renaming renaming : renamings) {
            int[] back = new int[classes.length];
            for (int cpu = 0; cpu < back.length; cpu++) {
                back[renaming.cpu(cpu)] = cpu;
            }
            renaming.isUndoneBy(renaming(back));
        }
    }

    /** No two CPUs are taken for alike. */
    public static Symmetry none(LitmusTest test) {
        return none(new CpuParts(test));
    }

    private static Symmetry none(CpuParts parts) {
        int[] classes = new int[parts.cpus()];
        Arrays.setAll(classes, cpu -> cpu);
        return new Symmetry(classes, parts);
    }

    /** The CPUs of a test that are alike. */
    public static Symmetry of(LitmusTest test) {
        CpuParts parts = new CpuParts(test);
        Symmetry none = none(parts);
        StateKey[] beginnings = treatsCpusAlike(test) ? none.beginnings(test) : new StateKey[0];
        if (beginnings.length == 0) {
            return none;
        }
        int[] classes = new int[parts.cpus()];
        Map<String, Integer> first = new HashMap<>();
        long numberings = 1;
        int[] sizes = new int[classes.length];
        for (int cpu = 0; cpu < classes.length; cpu++) {
            Integer before = first.putIfAbsent(parts.describe(cpu) + beginnings[cpu], cpu);
            classes[cpu] = before == null ? cpu : before;
            numberings = Math.min(numberings * ++sizes[classes[cpu]], Integer.MAX_VALUE);
        }
        return numberings > MAX_RENAMINGS ? none : new Symmetry(classes, parts);
    }

    /**
     * Without devices, kswapd, processes, several tasks of a CPU, and strikes that are decided on handler by handler,
     * which have states of their own that nobody has looked at in this respect.
     */
    private static boolean treatsCpusAlike(LitmusTest test) {
        boolean isPlain = test.machine().device == null
                && test.machine().allocator == null
                && !test.machine().hasLru()
                && test.machine().processes.isEmpty()
                // The words of such variables belong to CPUs, and keep their names.
                && !test.handsOver()
                && test.always().isEmpty()
                && test.after().isEmpty(); // CPU 0 runs it.
        return isPlain
                && test.programs().stream()
                        .allMatch(program -> !program.kswapd
                                && program.process == null
                                && program.name.isEmpty()
                                && !program.handling.isOpen())
                && test.programs().stream()
                        .flatMap(CpuParts::operations)
                        .allMatch(operation -> treatsCpusAlike(operation.kind));
    }

    /** Whether an operation of this kind does the same on every CPU, and fills no TLB. */
    private static boolean treatsCpusAlike(int kind) {
        return switch (kind) {
            case LitmusOperation.ALLOC,
                    LitmusOperation.FREE,
                    LitmusOperation.FREE_COLD,
                    LitmusOperation.PUT,
                    LitmusOperation.FREE_AS,
                    LitmusOperation.GET,
                    LitmusOperation.DRAIN,
                    LitmusOperation.LOCK,
                    LitmusOperation.UNLOCK,
                    LitmusOperation.MB,
                    LitmusOperation.KMAP,
                    LitmusOperation.KUNMAP,
                    LitmusOperation.LOCK_PAGE,
                    LitmusOperation.UNLOCK_PAGE,
                    LitmusOperation.WAIT_PAGE,
                    LitmusOperation.START_WRITEBACK,
                    LitmusOperation.END_WRITEBACK,
                    LitmusOperation.WAIT_WRITEBACK -> true;
            default -> false;
        };
    }

    /** The state in which the programs begin, CPU by CPU; empty if the machine does not get that far. */
    private StateKey[] beginnings(LitmusTest test) {
        Simulation simulation;
        try {
            simulation = test.boot(new SequentialScheduler());
        } catch (RuntimeException | AssertionError thrown) {
            // The exploration will meet it, too, and report it.
            return new StateKey[0];
        }
        return new CanonicalKey(this, simulation, new Observations(simulation)).partsOfCpus();
    }

    /**
     * Adds every way to give alike CPUs each other's numbers, from that of {@code cpu} on; the first leaves all as they
     * are.
     */
    private void addRenamings(int[] targets, int cpu) {
        if (cpu == targets.length) {
            renamings.add(parts.renaming(renamings.size(), targets));
            return;
        }
        for (int target = 0; target < targets.length; target++) {
            if (isFree(target, targets, cpu)) {
                targets[cpu] = target;
                addRenamings(targets, cpu + 1);
            }
        }
    }

    /** Whether a CPU may take a number: it is that of one like it, and no CPU before it has taken it. */
    private boolean isFree(int target, int[] targets, int cpu) {
        boolean free = classes[target] == classes[cpu];
        for (int other = 0; other < cpu; other++) {
            free &= targets[other] != target;
        }
        return free;
    }

    /** The renaming by which each CPU takes the given number. */
    Renaming renaming(int[] targets) {
        int index = 0;
        for (int cpu = 0; cpu < targets.length; cpu++) {
            int smaller = 0;
            int choices = 0;
            for (int target = 0; target < targets.length; target++) {
                if (isFree(target, targets, cpu)) {
                    choices++;
                    smaller += target < targets[cpu] ? 1 : 0;
                }
            }
            index = index * choices + smaller;
        }
        return renamings.get(index);
    }

    /** All renamings of CPUs that are alike, by their index; the first leaves every number as it is. */
    public List<Renaming> renamings() {
        return renamings;
    }

    /** Whether there are CPUs that are alike. */
    public boolean hasAlike() {
        return renamings.size() > 1;
    }

    /** The first of the CPUs that are like this one: itself, if there are none. */
    int firstLike(int cpu) {
        return classes[cpu];
    }

    CpuParts parts() {
        return parts;
    }
}
