package dev.gaugeblock.explore.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search for the shortest counterexample, on programs that do nothing but write words. */
class MinimiserTest {
    private static final Violation WRONG = new Violation("wrong", "it is wrong");

    /** The words that each program writes, one after the other. */
    private final List<List<String>> programs = new ArrayList<>();

    @Test
    void shouldFindTheFewestStepsAmongThoseWithFewestSwitches() {
        programs.add(List.of("a", "b", "c"));
        programs.add(List.of("x", "y"));

        Minimiser.Shortest shortest = shorten("bx", "0,1,0x2", 10_000);

        assertEquals("0x2,1", shortest.schedule().toString());
        assertEquals("no simpler one: 1 context switch, 3 steps", shortest.remark());
    }

    @Test
    void shouldFindTheFewestSwitches() {
        programs.add(List.of("a", "x", "b"));
        programs.add(List.of("c", "x", "d"));

        // Program 1 writes x after program 0: three switches where only one is needed.
        assertEquals("0x2,1x2", shorten("xx", "0,1,0,1", 10_000).schedule().toString());
    }

    @Test
    void shouldNotTakeAnotherViolationForIt() {
        programs.add(List.of("a", "b"));
        programs.add(List.of("x", "y"));

        Minimiser.Shortest shortest = new Minimiser(
                        director -> {
                            Minimiser.Ended ended = run(director, "by");
                            boolean startsWrong = written(ended.execution()).startsWith("xa");
                            return startsWrong
                                    ? new Minimiser.Ended(ended.execution(), new Violation("other", "something else"))
                                    : ended;
                        },
                        2,
                        10_000)
                .shorten(WRONG, Schedule.parse("0,1,0,1"));

        assertEquals(WRONG, shortest.violation());
        assertEquals("0x2,1x2", shortest.schedule().toString());
    }

    @Test
    void shouldSayThatItGaveUp() {
        programs.add(List.of("a", "b", "c"));
        programs.add(List.of("x", "y"));

        Minimiser.Shortest shortest = shorten("bx", "0,1,0x2", 3);

        assertEquals("0,1,0x2", shortest.schedule().toString());
        assertEquals(
                "not proven minimal: 2 context switches, 4 steps; the search for a simpler one was given up after 3 steps",
                shortest.remark());
    }

    @Test
    void shouldSayThatItDidNotComeToItAgain() {
        programs.add(List.of("a"));
        programs.add(List.of("x"));

        assertEquals(
                "not proven minimal: 1 context switch, 2 steps; the search did not come to it again",
                shorten("zz", "0,1", 10_000).remark());
    }

    /** Systems in which arbitrary states are wrong, against trying every schedule. */
    @Test
    void shouldFindWhatTryingEverythingFinds() {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            programs.clear();
            for (int i = 0; i < 2 + seed % 2; i++) {
                programs.add(words(random, 2 + random.nextInt(2)));
            }
            int salt = random.nextInt();
            Predicate<Execution> isWrong =
                    execution -> Math.floorMod(writersOfEachWord(execution).hashCode() ^ salt, 17) == 0;
            List<int[]> wrong = new ArrayList<>();
            tryEverything(new int[0], isWrong, wrong);
            if (wrong.isEmpty() || wrong.get(0).length == 0) {
                continue;
            }
            wrong.sort(Comparator.<int[]>comparingInt(MinimiserTest::switches).thenComparingInt(tasks -> tasks.length));
            int[] best = wrong.get(0);
            int[] worst = wrong.get(wrong.size() - 1);

            Schedule schedule = new Minimiser(director -> run(director, isWrong), programs.size(), Long.MAX_VALUE)
                    .shorten(WRONG, new Schedule(worst))
                    .schedule();

            int[] found =
                    IntStream.range(0, schedule.length()).map(schedule::task).toArray();
            assertEquals(best.length, found.length, "steps, seed " + seed);
            assertEquals(switches(best), switches(found), "switches, seed " + seed);
            compared++;
        }
        assertTrue(compared > 100, "only " + compared + " systems had something wrong");
    }

    private static List<String> words(Random random, int length) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            words.add(String.valueOf((char) ('a' + random.nextInt(3))));
        }
        return words;
    }

    /**
     * Who wrote each word, one after the other: the same for schedules that differ in the order of independent steps.
     */
    private static Map<String, String> writersOfEachWord(Execution execution) {
        Map<String, String> writers = new TreeMap<>();
        execution.steps().forEach(step -> writers.merge(step.object(), "" + step.task(), String::concat));
        return writers;
    }

    /** Adds every schedule that leads to a wrong state, and to none before. */
    private void tryEverything(int[] tasks, Predicate<Execution> isWrong, List<int[]> wrong) {
        int[] at = {0};
        long[] enabled = {0};
        Director director = new Director() {
            @Override
            public int choose(Step[] pending, long able) {
                if (at[0] < tasks.length) {
                    return tasks[at[0]++];
                }
                enabled[0] = able;
                return PRUNE;
            }

            @Override
            public boolean isNewTerritory() {
                return true;
            }
        };
        if (run(director, isWrong).violation() != null) {
            wrong.add(tasks);
            return;
        }
        for (int task = 0; task < programs.size(); task++) {
            if ((enabled[0] & 1L << task) != 0) {
                int[] longer = Arrays.copyOf(tasks, tasks.length + 1);
                longer[tasks.length] = task;
                tryEverything(longer, isWrong, wrong);
            }
        }
    }

    private static int switches(int[] tasks) {
        return (int) IntStream.range(1, tasks.length)
                .filter(i -> tasks[i] != tasks[i - 1])
                .count();
    }

    private Minimiser.Shortest shorten(String wrongWords, String found, long maxSteps) {
        return new Minimiser(director -> run(director, wrongWords), programs.size(), maxSteps)
                .shorten(WRONG, Schedule.parse(found));
    }

    /** It is wrong as soon as all the given words are written, counting repetitions. */
    private Minimiser.Ended run(Director director, String wrongWords) {
        return run(director, execution -> isWrong(written(execution), wrongWords));
    }

    private Minimiser.Ended run(Director director, Predicate<Execution> isWrong) {
        Execution execution = new Execution(programs.size(), false, 100);
        int[] positions = new int[programs.size()];
        while (true) {
            if (isWrong.test(execution)) {
                return new Minimiser.Ended(execution, WRONG);
            }
            Step[] pending = new Step[programs.size()];
            long enabled = 0;
            for (int i = 0; i < pending.length; i++) {
                if (positions[i] < programs.get(i).size()) {
                    pending[i] = new Step(i, Step.Kind.WRITE, programs.get(i).get(positions[i]), -1);
                    enabled |= 1L << i;
                }
            }
            int next = enabled == 0 ? Director.PRUNE : director.choose(pending, enabled);
            if (next == Director.PRUNE) {
                return new Minimiser.Ended(execution, null);
            }
            execution.took(pending[next], -1, null);
            positions[next]++;
        }
    }

    private static boolean isWrong(String written, String wrongWords) {
        String rest = written;
        for (char word : wrongWords.toCharArray()) {
            int at = rest.indexOf(word);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(0, at) + rest.substring(at + 1);
        }
        return true;
    }

    private static String written(Execution execution) {
        StringBuilder written = new StringBuilder();
        execution.steps().forEach(step -> written.append(step.object()));
        return written.toString();
    }
}
