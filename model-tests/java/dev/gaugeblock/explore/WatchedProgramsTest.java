package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.harness.SimulatedFacts;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.Symmetry;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reductions on made-up programs with made-up conditions that are to be true always. A walk by chance goes through
 * a program to some point, and what can be seen there is denied: every reduction must come by a point at which it can
 * be seen.
 */
class WatchedProgramsTest {
    private static final int PROGRAMS = Boolean.getBoolean("gaugeblock.deep") ? 10_000 : 300;
    private static final long ENOUGH = 1_500;

    /** Goes on with somebody who can, so many times. */
    private record Walk(Random random, int[] stepsLeft) implements Director {
        @Override
        public int choose(Step[] pending, long enabled) {
            if (stepsLeft[0]-- == 0) {
                return PRUNE;
            }
            int[] able = random.ints(100, 0, pending.length)
                    .filter(task -> (enabled & 1L << task) != 0)
                    .toArray();
            return able[0];
        }

        @Override
        public boolean isNewTerritory() {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryModel.class)
    void shouldFindABrokenConditionWhateverTheReduction(MemoryModel memory) {
        int programs = memory == MemoryModel.SC ? PROGRAMS : PROGRAMS / 10;
        int broken = 0;
        for (int i = 0; i < programs; i++) {
            WatchedProgram program = new WatchedProgram(i);
            String text = program.text(program.denial(met(program, i)));
            ReductionComparison comparison = new ReductionComparison(text, ENOUGH, false, memory);
            if (!comparison.difference().isEmpty()) {
                String shown = ReductionComparison.shrunk(text, ENOUGH);
                fail("program " + i + ": " + comparison.difference() + "\nWhat is left of it:\n" + shown);
            }
            broken += comparison.reason(Reduction.DPOR).startsWith(Always.ID) ? 1 : 0;
        }
        // Not all: what a condition does not look at has fewer points than on the walk.
        assertTrue(broken > programs * 3 / 4, broken + " of " + programs + " conditions found broken");
    }

    private static SimulatedFacts met(WatchedProgram program, int seed) {
        LitmusTest test = LitmusParser.parse("walked", program.text(program.neutral()));
        try (Explorer explorer = new Explorer(Reduction.NONE)) {
            Random random = new Random(seed);
            Execution execution = new Execution(test.programs().size(), false, 1_000);
            Walk walk = new Walk(random, new int[] {random.nextInt(25)});
            Simulation simulation = new TestRunner(test, explorer).execute(walk, execution, Symmetry.none(test));
            return new SimulatedFacts(simulation);
        }
    }
}
