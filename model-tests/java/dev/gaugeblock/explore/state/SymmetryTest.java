package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.AlikeProgram;
import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.ReductionTest;
import dev.gaugeblock.explore.search.StepTable;
import dev.gaugeblock.explore.story.Counterexample;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** CPUs that are alike may be taken for alike: nothing is lost by it, and nothing is found that is not there. */
class SymmetryTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final int PROGRAMS = DEEP ? 200 : 18;
    private static final Budget ENOUGH = Budget.ofExecutions(DEEP ? 10_000 : 400);

    @ParameterizedTest
    @CsvSource({
        "'p = alloc HIGHUSER 0; free p', 'q = alloc HIGHUSER 0; free q', 2",
        "'p = alloc HIGHUSER 0; free p', 'q = alloc HIGHUSER 0; free-cold q', 1",
        "'p = alloc HIGHUSER 0', 'q = alloc HIGHUSER 1', 1",
        "'p = alloc HIGHUSER 0', 'q = alloc ATOMIC 0', 1",
        "'p = alloc HIGHUSER 0; q = alloc HIGHUSER 0; free p', 'r = alloc HIGHUSER 0; s = alloc HIGHUSER 0; free s', 1",
        "'kmap a; kunmap a', 'kmap a; kunmap a', 2",
        "'kmap a; kunmap a', 'kmap b; kunmap b', 1",
        "'lock A; unlock A', 'lock A; unlock A', 2",
        "'lock A; unlock A', 'lock B; unlock B', 1",
        "'kmap a; read a; kunmap a', 'kmap a; read a; kunmap a', 1",
        "'kmap-atomic a USER0; kunmap-atomic a USER0', 'kmap-atomic a USER0; kunmap-atomic a USER0', 1"
    })
    void shouldTakeForAlikeWhatRunsTheSameProgram(String one, String other, int numberings) {
        LitmusTest test = parse(lines("cpu 0; " + one), lines("cpu 1; " + other));

        assertEquals(numberings, Symmetry.of(test).renamings().size());
    }

    @Test
    void shouldTakeNoCpuForAlikeWithOneThatAHandlerInterrupts() {
        String same = "p = alloc HIGHUSER 0";
        LitmusTest test = parse(
                lines("cpu 0; " + same), lines("cpu 1; " + same.replace('p', 'q')), lines("irq 1; get a; free a"));

        assertEquals(1, Symmetry.of(test).renamings().size());
    }

    @Test
    void shouldTakeNoCpuForAlikeWithOneWhoseListsBeginWithOtherFrames() {
        String text = text(lines("cpu 0; p = alloc HIGHUSER 0"), lines("cpu 1; q = alloc HIGHUSER 0"));
        LitmusTest test =
                LitmusParser.parse("alike", text.replace("before\n", "before\n  x = alloc HIGHUSER 0\n  free x\n"));

        assertEquals(1, Symmetry.of(test).renamings().size());
    }

    @Test
    void shouldKnowEveryNumberingOfFourCpus() {
        Symmetry symmetry = Symmetry.of(alike(4));

        assertEquals(24, symmetry.renamings().size());
        for (Renaming renaming : symmetry.renamings()) {
            for (int cpu = 0; cpu < 4; cpu++) {
                assertEquals(cpu, renaming.inverse().cpu(renaming.cpu(cpu)));
                assertEquals(cpu, renaming.inverse().program(renaming.program(cpu)));
            }
        }
    }

    @Test
    void shouldGiveStepsTheNumbersThatTheirCpusHave() {
        Renaming swap = Symmetry.of(alike(2)).renamings().get(1);
        StepTable table = new StepTable();
        BitSet met = new BitSet();
        met.set(table.number(new Step(0, Step.Kind.ACQUIRE, "kmap_lock", -1), Set.of()));
        met.set(table.number(new Step(1, Step.Kind.READ, "word", 1).alsoReading("other"), Set.of("kmap_lock")));

        BitSet renamed = table.renamed(met, swap);

        BitSet expected = new BitSet();
        expected.set(table.number(new Step(1, Step.Kind.ACQUIRE, "kmap_lock", -1), Set.of()));
        expected.set(table.number(new Step(0, Step.Kind.READ, "word", 0).alsoReading("other"), Set.of("kmap_lock")));
        assertEquals(4, table.size());
        assertEquals(expected, renamed);
        assertEquals(met, table.renamed(renamed, swap.inverse()));
    }

    @Test
    void shouldMeetFewStatesOnceCpusAreTakenForAlike() {
        Exploration with = explore(alike(3), true);
        Exploration without = explore(alike(3), false);

        assertEquals(without.outcomes().keySet(), with.outcomes().keySet());
        assertTrue(4 * with.states() < without.states(), with.states() + " of " + without.states());
    }

    /**
     * The outcomes of a symmetric exploration carry schedules that were never run: each must lead where it is said to.
     */
    @Test
    void shouldGiveSchedulesThatLeadToTheirOutcomes() {
        LitmusTest test = alike(3);
        explore(test, true).outcomes().forEach((outcome, schedule) -> {
            try (Explorer explorer = new Explorer(Reduction.NONE)) {
                Counterexample again = explorer.replay(test, schedule);
                assertEquals("", again.misfit());
                assertTrue(outcome.endsWith("| " + again.memoryAfter()), outcome + " is not " + again.memoryAfter());
            }
        });
    }

    @Test
    void shouldMeetConditionsThatNameOneOfTheAlike() {
        String programs = text(lines("cpu 0; p = alloc HIGHUSER 0"), lines("cpu 1; q = alloc HIGHUSER 0"));
        Exploration plain = explore(LitmusParser.parse("alike", programs), true);
        assertEquals(2, plain.outcomes().size(), plain.outcomes().toString());

        for (String outcome : plain.outcomes().keySet()) {
            String[] values = outcome.split(" ");
            String condition = values[0].replace("=", " == ") + " and " + values[1].replace("=", " == ");
            Exploration sometimes =
                    explore(LitmusParser.parse("alike", programs + "sometimes " + condition + "\n"), true);
            Exploration never = explore(LitmusParser.parse("alike", programs + "never " + condition + "\n"), true);
            assertEquals(Verdict.HOLDS, sometimes.verdict(), condition);
            assertEquals(Verdict.UNEXPECTED, never.verdict(), condition);
            assertEquals(
                    plain.outcomes().get(outcome).length(),
                    never.counterexample().orElseThrow().schedule().length(),
                    condition);
        }
    }

    /**
     * Somebody may have changed the allocator so that it does not treat its CPUs alike: here, it is the programs that
     * differ.
     */
    @Test
    void shouldBeginAnewWhereCpusAreNotAlikeAfterAll() {
        LitmusTest test = parse(
                lines("cpu 0; p = alloc HIGHUSER 0; free p; r = alloc HIGHUSER 0"),
                lines("cpu 1; q = alloc HIGHUSER 0; free-cold q; s = alloc HIGHUSER 0"));
        Symmetry wrong = new Symmetry(new int[] {0, 0}, new CpuParts(test));

        Exploration exploration = exploreBy(any -> wrong, test);
        Exploration without = explore(test, false);

        assertEquals(without.outcomes().toString(), exploration.outcomes().toString());
        assertEquals(without.states(), exploration.states());
        assertEquals(without.schedules(), exploration.schedules());
    }

    @Test
    void shouldFindWhatIsFoundWithoutInRandomPrograms() {
        int alike = 0;
        int compared = 0;
        int violated = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            LitmusTest test = AlikeProgram.test(seed);
            Exploration with = exploreUnshortened(Symmetry::of, test);
            try (Explorer dpor = new Explorer(Reduction.DPOR, ENOUGH).withoutShortening();
                    Explorer none = new Explorer(Reduction.NONE, ENOUGH).withoutShortening()) {
                compared += assertSame(none.explore(test), with);
                compared += assertSame(dpor.explore(test), with);
            }
            compared += assertSame(exploreUnshortened(Symmetry::none, test), with);
            alike += Symmetry.of(test).hasAlike() ? 1 : 0;
            violated += with.verdict() == Verdict.VIOLATED ? 1 : 0;
        }

        assertTrue(alike > PROGRAMS * 2 / 3, alike + " programs have alike CPUs");
        assertTrue(compared > PROGRAMS, compared + " comparisons");
        assertTrue(violated > 0 && violated < PROGRAMS / 2, violated + " programs do something wrong");
    }

    /** The store buffers of alike CPUs take each other's numbers, too. */
    @Test
    void shouldLoseNothingWhereStoresWait() {
        int compared = 0;
        for (long seed = 0; seed < PROGRAMS / 2; seed++) {
            LitmusTest test = AlikeProgram.test(seed);
            Exploration with = exploreWhereStoresWait(Symmetry::of, test);
            compared +=
                    Symmetry.of(test).hasAlike() ? assertSame(exploreWhereStoresWait(Symmetry::none, test), with) : 0;
        }
        assertTrue(compared > PROGRAMS / 8, compared + " comparisons");
    }

    private static Exploration exploreWhereStoresWait(Function<LitmusTest, Symmetry> symmetries, LitmusTest test) {
        Budget budget = Budget.ofExecutions(DEEP ? 20_000 : 2_000);
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE, false, symmetries, budget, Carriers.fastest())
                .on(MemoryModel.X86_TSO)
                .withoutShortening()) {
            return explorer.explore(test);
        }
    }

    private static int assertSame(Exploration one, Exploration other) {
        if (one.verdict() == Verdict.BOUNDED || other.verdict() == Verdict.BOUNDED) {
            return 0;
        }
        String test = one.test().name() + ": " + one.reason() + " / " + other.reason();
        assertEquals(one.verdict(), other.verdict(), test);
        if (one.verdict() == Verdict.HOLDS) {
            assertEquals(one.outcomes().keySet(), other.outcomes().keySet(), test);
        }
        return 1;
    }

    static Stream<LitmusTest> alikeTests() {
        Stream<LitmusTest> random =
                Stream.iterate(0L, seed -> seed + 1).limit(DEEP ? 300 : 20).map(AlikeProgram::test);
        return Stream.concat(Stream.concat(Stream.of(alike(4)), ReductionTest.tests().stream()), random)
                .filter(test -> Symmetry.of(test).hasAlike());
    }

    /** What the whole reduction rests on: under other numbers, the same schedule leads through the same states. */
    @ParameterizedTest
    @MethodSource("alikeTests")
    void shouldGoThroughTheSameStatesUnderOtherNumbers(LitmusTest test) {
        Symmetry symmetry = Symmetry.of(test);
        Random random = new Random(1);
        for (int run = 0; run < 6; run++) {
            SymmetryWalk walk = new SymmetryWalk(test, symmetry, random);
            List<Renaming> renamings = symmetry.renamings();
            Renaming renaming = renamings.get(1 + random.nextInt(renamings.size() - 1));

            SymmetryWalk renamed = new SymmetryWalk(test, symmetry, renaming.of(walk.schedule()));

            assertEquals(
                    walk.states, renamed.states, renaming.of(walk.schedule()).toString());
            assertEquals(
                    walk.outcome(renaming.inverse()),
                    renamed.outcome(symmetry.renamings().get(0)));
        }
    }

    /** The steps kept with a state are renamed by this: of two states that differ in their numbers, one is renamed. */
    @Test
    void shouldKnowByWhichNumbersAStateGoes() {
        LitmusTest test = alike(2);
        Symmetry symmetry = Symmetry.of(test);
        Renaming swap = symmetry.renamings().get(1);
        Schedule given = Schedule.parse("0x6,1x2");
        SymmetryWalk walk = new SymmetryWalk(test, symmetry, given);
        SymmetryWalk swapped = new SymmetryWalk(test, symmetry, swap.of(given));

        assertEquals(walk.states.get(8), swapped.states.get(8));
        assertEquals(1, walk.numberings.get(8).index + swapped.numberings.get(8).index);
    }

    /** Who stands in a queue first is not who stands there second, if they have different frames in their hands. */
    @Test
    void shouldTellApartWhoIsFirstInAQueue() {
        LitmusTest test = LitmusParser.parse(
                "alike",
                """
                litmus alike
                "Two CPUs wait for a page that a third has locked."
                machine
                  cpus 3
                  zone HighMem 6
                before
                  p = alloc HIGHUSER 0
                  lock-page p
                """
                        + lines("cpu 0; v = alloc HIGHUSER 0; lock-page p; unlock-page p")
                        + lines("cpu 1; w = alloc HIGHUSER 0; lock-page p; unlock-page p")
                        + lines("cpu 2; unlock-page p"));
        Symmetry symmetry = Symmetry.of(test);
        assertEquals(2, symmetry.renamings().size());
        int toSleep = 3; // test and set, queue, test again
        String allocations;
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            int first = stepsUntilAsleep(explorer, test, "0x99") - toSleep;
            int second = stepsUntilAsleep(explorer, test, "0x" + first + ",1x99") - first - toSleep;
            allocations = "0x" + first + ",1x" + second;
        }

        assertNotEquals(
                stateAfter(allocations + ",0x3,1x3", test, symmetry),
                stateAfter(allocations + ",1x3,0x3", test, symmetry));
    }

    private static int stepsUntilAsleep(Explorer explorer, LitmusTest test, String schedule) {
        List<Counterexample.Row> rows =
                explorer.replay(test, Schedule.parse(schedule)).rows();
        String last = rows.get(rows.size() - 1).notes().toString();
        assertTrue(last.contains("sleeps, waiting for "), last);
        return rows.size();
    }

    private static StateKey stateAfter(String schedule, LitmusTest test, Symmetry symmetry) {
        Schedule given = Schedule.parse(schedule);
        return new SymmetryWalk(test, symmetry, given).states.get(given.length());
    }

    /** So many CPUs take a frame each and map it, all at the same time. */
    private static LitmusTest alike(int cpus) {
        StringBuilder text = new StringBuilder("litmus alike\n\"All CPUs do the same.\"\nmachine\n");
        text.append("  cpus ").append(cpus).append("\n  zone HighMem 8\n  pkmap 8\n");
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append(lines("cpu " + cpu + "; v" + cpu + " = alloc HIGHUSER 0; kmap v" + cpu));
        }
        return LitmusParser.parse("alike", text.toString());
    }

    private static LitmusTest parse(String... sections) {
        return LitmusParser.parse("alike", text(sections));
    }

    private static String text(String... sections) {
        return """
                litmus alike
                "Two CPUs that are alike, or not."
                machine
                  cpus 2
                  zone HighMem 6
                  pkmap 2
                  spinlock A
                  spinlock B
                before
                  a = alloc HIGHUSER 0
                  b = alloc HIGHUSER 0
                """
                + String.join("", sections);
    }

    private static String lines(String section) {
        return section.replace("; ", "\n  ") + "\n";
    }

    private static Exploration explore(LitmusTest test, boolean usesSymmetry) {
        Function<LitmusTest, Symmetry> symmetries = usesSymmetry ? Symmetry::of : Symmetry::none;
        return exploreBy(symmetries, test);
    }

    private static Exploration exploreUnshortened(Function<LitmusTest, Symmetry> symmetries, LitmusTest test) {
        try (Explorer explorer =
                new Explorer(Reduction.DPOR_CACHE, false, symmetries, ENOUGH, Carriers.fastest()).withoutShortening()) {
            return explorer.explore(test);
        }
    }

    private static Exploration exploreBy(Function<LitmusTest, Symmetry> symmetries, LitmusTest test) {
        try (Explorer explorer =
                new Explorer(Reduction.DPOR_CACHE, false, symmetries, Budget.UNLIMITED, Carriers.fastest())) {
            return explorer.explore(test);
        }
    }
}
