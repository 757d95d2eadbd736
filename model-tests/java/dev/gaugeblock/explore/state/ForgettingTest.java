package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.RandomProgram;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.ReductionTest;
import dev.gaugeblock.machine.Stateful;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a program has seen is forgotten where its local variables end, and nowhere else. Outcomes show next to nothing
 * of that: with keys that forget everything, they are the same in all tests and in hundreds of programs. So the graph
 * of states is held against one in which nothing is ever forgotten.
 */
class ForgettingTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final int EXECUTIONS = DEEP ? 400 : 25;
    private static final int PROGRAMS = DEEP ? 1_000 : 150;
    /** So many of the numbers of made-up programs are gone through, in equal steps. */
    private static final int NUMBERS = 5_000;

    private static final LitmusTest TWO_AT_ONCE = LitmusParser.parse(
            "two-at-once",
            """
            litmus two-at-once
            "Each of two CPUs takes a frame, and may be interrupted while it has it in its hands, as the other has."
            machine
              cpus 2
              zone Normal 2
              spinlock A
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            irq 0
              lock A
              unlock A
            irq 1
              lock A
              unlock A
            """);

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInOneWayFromWhatIsOneStateInTheSuite(MemoryModel memory) {
        assertGoesOnInOneWay(ReductionTest.tests().stream(), memory);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInOneWayFromWhatIsOneStateInMadeUpPrograms(MemoryModel memory) {
        assertGoesOnInOneWay(IntStream.range(0, PROGRAMS).mapToObj(i -> madeUp(i, i % 4 == 3)), memory);
    }

    private static LitmusTest madeUp(int program, boolean isOnOneCpu) {
        String text = RandomProgram.text((long) program * NUMBERS / PROGRAMS);
        return LitmusParser.parse("made-up-" + program, isOnOneCpu ? RandomProgram.onOneCpu(text) : text);
    }

    private static void assertGoesOnInOneWay(Stream<LitmusTest> tests, MemoryModel memory) {
        int taken = tests.mapToInt(test -> {
                    StateGraph graph = new StateGraph(test, memory, Observations::new, EXECUTIONS);
                    assertEquals("", graph.difference());
                    return graph.taken();
                })
                .sum();
        assertTrue(taken > 25, taken + " states were taken for others");
    }

    @Test
    void shouldFindAKeyWithoutWhatWasSeen() {
        assertFinds(Blind::new);
    }

    @Test
    void shouldFindAKeyWithoutResults() {
        assertFinds(WithoutResults::new);
    }

    private static void assertFinds(Function<Simulation, Observations> defect) {
        assertEquals("", new StateGraph(TWO_AT_ONCE, MemoryModel.SC, Observations::new, 2_000).difference());

        StateGraph wrong = new StateGraph(TWO_AT_ONCE, MemoryModel.SC, defect, 2_000);
        assertTrue(wrong.difference().contains("the key is the same, but "), "nothing is found");
    }

    private static final class Blind extends Observations {
        Blind(Simulation simulation) {
            super(simulation);
        }

        @Override
        public void sees(int program, Step.Kind kind, @Nullable Object object, @Nullable Object alsoRead) {
            super.sees(program, kind, null, null);
        }

        @Override
        public void asks(int program, @Nullable Stateful guarded) {
            super.asks(program, null);
        }

        @Override
        public void learns(int program, long result) {
            super.learns(program, 0);
        }
    }

    private static final class WithoutResults extends Observations {
        WithoutResults(Simulation simulation) {
            super(simulation);
        }

        @Override
        public void learns(int program, long result) {
            super.learns(program, 0);
        }
    }
}
