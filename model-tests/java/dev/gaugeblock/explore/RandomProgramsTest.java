package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The reductions, and the carriers, on programs that nobody has thought of: all of them find the same outcomes, or all
 * find something wrong; and where nothing is, the audit names nothing either. {@code docs/exploration.md} says how to
 * try more.
 */
class RandomProgramsTest {
    /** The number of programs from which on a run goes through them one by one, all of the matrix among them. */
    private static final int FULL = 5_000;

    /** So many programs of a run by hand have to be explored without a reduction, to their end. */
    private static final int EXHAUSTED = 4_000;

    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");

    private static final int PROGRAMS = Integer.getInteger("gaugeblock.programs", DEEP ? 500 : 40);
    /** Executions after which a reduction does not take part in the comparison. */
    private static final long ENOUGH = PROGRAMS >= FULL ? 6_000 : 800;

    @Test
    void shouldFindTheSameWhateverTheReduction() {
        Map<Verdict, Integer> counts = new HashMap<>();
        for (int i = 0; i < PROGRAMS; i++) {
            long number = PROGRAMS >= FULL ? i : (long) i * FULL / PROGRAMS;
            ReductionComparison comparison = new ReductionComparison(RandomProgram.text(number), ENOUGH);
            if (!comparison.difference().isEmpty()) {
                String shown = ReductionComparison.shrunk(RandomProgram.text(number), ENOUGH);
                fail("program " + number + ": " + comparison.difference() + "\nWhat is left of it:\n" + shown);
            }
            counts.merge(comparison.verdict(Reduction.NONE), 1, Integer::sum);
        }

        String summary = PROGRAMS + " programs, " + Math.min(PROGRAMS, RandomProgram.PAIRS) + " pairs: " + counts;
        System.out.println(summary);
        int bounded = counts.getOrDefault(Verdict.BOUNDED, 0);
        int violated = counts.getOrDefault(Verdict.VIOLATED, 0);
        assertTrue(
                PROGRAMS >= FULL ? PROGRAMS - bounded >= EXHAUSTED : bounded <= PROGRAMS / 2,
                "too many programs are too large for every schedule: " + summary);
        assertTrue(violated > PROGRAMS / 20, "hardly a program does something wrong: " + summary);
        assertTrue(violated < PROGRAMS / 2, "most programs do something wrong: " + summary);
    }

    /** Where stores wait, all that there is where they do not can be, too. */
    @Test
    void shouldFindTheSameWhateverTheReductionWhereStoresWait() {
        int programs = DEEP ? 500 : 16;
        int judged = 0;
        for (int i = 0; i < programs; i++) {
            String text = RandomProgram.text((long) i * FULL / programs);
            ReductionComparison waiting = new ReductionComparison(text, ENOUGH / 2, false, MemoryModel.X86_TSO);
            if (!waiting.difference().isEmpty()) {
                fail("program " + i + ": " + waiting.difference() + "\n" + text);
            }
            Exploration tso = explore(text, MemoryModel.X86_TSO);
            Exploration sc = explore(text, MemoryModel.SC);
            if (sc.isExhausted() && tso.isExhausted()) {
                assertTrue(tso.outcomes().keySet().containsAll(sc.outcomes().keySet()), text);
                judged++;
            }
            if (sc.verdict() == Verdict.VIOLATED && tso.verdict() != Verdict.BOUNDED) {
                assertEquals(Verdict.VIOLATED, tso.verdict(), text);
            }
        }
        assertTrue(judged > programs / 2, judged + " of " + programs + " explored to their end");
    }

    /** The programs of two CPUs as two tasks of one. */
    @Test
    void shouldFindTheSameWhateverTheReductionWhereTasksShareACpu() {
        comparePreempted(DEEP ? 300 : 10, true, MemoryModel.SC);
        comparePreempted(DEEP ? 300 : 10, false, MemoryModel.X86_TSO);
    }

    private static void comparePreempted(int programs, boolean everywhere, MemoryModel memory) {
        int judged = 0;
        for (int i = 0; i < programs; i++) {
            String text = RandomProgram.onOneCpu(RandomProgram.text((long) i * FULL / programs));
            ReductionComparison comparison = new ReductionComparison(text, ENOUGH, everywhere, memory);
            if (!comparison.difference().isEmpty()) {
                fail("program " + i + ": " + comparison.difference() + "\n" + text);
            }
            judged += comparison.isJudged(Reduction.NONE) ? 1 : 0;
        }
        assertTrue(judged > programs / 4, judged + " of " + programs + " explored to their end");
    }

    /** Handlers that strike again or not at all, and several of a CPU. */
    @Test
    void shouldFindTheSameWhateverTheReductionWhereHandlersStrikeMoreOrLessOften() {
        compareStruck(10, RandomProgram::struckAgain);
    }

    /** Handlers that others strike. */
    @Test
    void shouldFindTheSameWhateverTheReductionWhereHandlersStrikeHandlers() {
        compareStruck(8, RandomProgram::nested);
    }

    private static void compareStruck(int few, BiFunction<String, Integer, String> handlers) {
        int wanted = DEEP ? 300 : few;
        int programs = 0;
        int judged = 0;
        for (int number = 7; programs < wanted; number += FULL / wanted / 3) {
            String plain = RandomProgram.text(number);
            String text = handlers.apply(plain, programs);
            if (!text.equals(plain)) {
                MemoryModel memory = programs % 4 == 3 ? MemoryModel.X86_TSO : MemoryModel.SC;
                ReductionComparison comparison = new ReductionComparison(text, ENOUGH, true, memory);
                if (!comparison.difference().isEmpty()) {
                    fail("program " + number + ": " + comparison.difference() + "\n" + text);
                }
                judged += comparison.isJudged(Reduction.NONE) ? 1 : 0;
                programs++;
            }
        }
        assertTrue(judged > programs / 4, judged + " of " + programs + " explored to their end");
    }

    private static Exploration explore(String text, MemoryModel memory) {
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE, Budget.ofExecutions(ENOUGH / 2))
                .on(memory)
                .withoutShortening()) {
            return explorer.explore(LitmusParser.parse("waiting", text));
        }
    }

    @Test
    void shouldMakeUpEveryOperationOfTheGrammarAndLetEveryPhraseMeetEveryOther() throws IOException {
        Set<String> made = new HashSet<>();
        Set<String> different = new HashSet<>();
        for (int number = 0; number < RandomProgram.PAIRS; number++) {
            String text = RandomProgram.text(number);
            String programs = text.substring(text.indexOf("cpu 0"), text.indexOf("sometimes"));
            made.addAll(List.of(programs.split("\\s+")));
            different.add(programs);
        }
        String grammar = Files.readString(Path.of("docs/litmus.md"));
        String operations = grammar.substring(grammar.indexOf("\noperation  ="), grammar.indexOf("\nflags      ="));
        Matcher word = Pattern.compile("\"([a-z][a-z-]+)\"").matcher(operations);
        List<String> missing = new ArrayList<>();
        int words = 0;
        while (word.find()) {
            words++;
            if (!made.contains(word.group(1))) {
                missing.add(word.group(1));
            }
        }

        assertEquals(List.of(), missing, "operations that no program has");
        assertTrue(words > 30, words + " operations in the grammar");
        assertEquals(RandomProgram.PAIRS, different.size(), "each pair once");
    }
}
