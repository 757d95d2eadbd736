package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.RenamedEnd;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An execution along a schedule, or along one that is made up on the way, and the keys of its states. */
final class SymmetryWalk implements Director {
    private final LitmusTest test;
    final Execution execution;
    final Simulation simulation;
    private final Random random;
    private final Schedule given;
    final List<Integer> chosen = new ArrayList<>();
    final List<StateKey> states = new ArrayList<>();
    final List<Renaming> numberings = new ArrayList<>();
    private SchedulingPoint point;

    SymmetryWalk(LitmusTest test, Symmetry symmetry, Random random) {
        this(test, symmetry, random, Schedule.parse(""));
    }

    SymmetryWalk(LitmusTest test, Symmetry symmetry, Schedule given) {
        this(test, symmetry, new Random(0), given);
    }

    private SymmetryWalk(LitmusTest test, Symmetry symmetry, Random random, Schedule given) {
        this.test = test;
        this.random = random;
        this.given = given;
        Program[] programs = test.programs().toArray(new Program[0]);
        execution = new Execution(programs.length, false, 1000);
        try (Carriers carriers = Carriers.fastest()) {
            ExploringScheduler scheduler = new ExploringScheduler(
                    carriers,
                    new InvariantChecker(true),
                    test.asksWhoSlept(),
                    symmetry,
                    Watcher.NOBODY,
                    MemoryModel.SC,
                    Observations::new);
            simulation = test.boot(scheduler);
            scheduler.run(simulation, this, execution);
        }
        assertEquals("", execution.failure());
    }

    @Override
    public void begins(SchedulingPoint begun) {
        point = begun;
        point.listen();
    }

    @Override
    public boolean isNewTerritory() {
        states.add(point.state());
        numberings.add(point.renaming());
        return true;
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        int next = chosen.size() < given.length() ? given.task(chosen.size()) : any(enabled);
        assertTrue((enabled & 1L << next) != 0, () -> "program " + next + " cannot " + pending[next]);
        chosen.add(next);
        return next;
    }

    private int any(long enabled) {
        long rest = enabled;
        for (int skip = random.nextInt(Long.bitCount(enabled)); skip > 0; skip--) {
            rest &= rest - 1;
        }
        return Long.numberOfTrailingZeros(rest);
    }

    Schedule schedule() {
        return new Schedule(chosen.stream().mapToInt(Integer::intValue).toArray());
    }

    String outcome(Renaming back) {
        return new RenamedEnd(simulation, back).outcome(test.variables().toArray(new String[0]));
    }
}
