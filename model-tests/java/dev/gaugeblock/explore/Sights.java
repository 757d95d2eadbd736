package dev.gaugeblock.explore;

import dev.gaugeblock.explore.state.Watch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What somebody sees of an {@link AbstractSystem} who looks between any two steps: the whole state, or some words and
 * the data of some locks, and these only while the locks are free.
 */
final class Sights {
    private final boolean everything;
    private final List<Integer> words;
    private final List<Integer> locks;
    private final Watch watch;
    private final Set<String> seen = new TreeSet<>();
    private int executionsLeft;

    /** One who looks at what is named. */
    private Sights(boolean everything, List<Integer> words, List<Integer> locks, int enough) {
        this.everything = everything;
        this.words = words;
        this.locks = locks;
        this.executionsLeft = enough;
        Set<String> names = new HashSet<>();
        words.forEach(word -> names.add(AbstractSystem.word(word)));
        locks.forEach(lock -> names.add(AbstractSystem.lock(lock)));
        this.watch = new Watch(everything, names);
    }

    /** Of one who does not look. */
    static Sights none() {
        return new Sights(false, List.of(), List.of(), Integer.MAX_VALUE);
    }

    /** One who looks at everything, or at some of so many words and locks. */
    static Sights random(Random random, int words, int locks) {
        return new Sights(random.nextInt(5) == 0, some(random, words), some(random, locks), Integer.MAX_VALUE);
    }

    private static List<Integer> some(Random random, int count) {
        return random.ints(count, 0, count)
                .distinct()
                .sorted()
                .limit(random.nextInt(count + 1))
                .boxed()
                .toList();
    }

    /** One who looks at the same, and has seen nothing, of a search that is given up after so many executions. */
    Sights again(int enough) {
        return new Sights(everything, words, locks, enough);
    }

    Watch watch() {
        return watch;
    }

    /** Whether the search may begin one more execution. */
    boolean mayGoOn() {
        return executionsLeft-- > 0;
    }

    /** Whether the search was given up. */
    boolean isGivenUp() {
        return executionsLeft < 0;
    }

    /** Looks. */
    void see(int[] valueOfWord, int[] dataOfLock, int[] owner, Supplier<String> state) {
        if (everything) {
            seen.add(state.get());
        } else if (!(words.isEmpty() && locks.isEmpty())
                && locks.stream().allMatch(lock -> owner[lock] == AbstractState.FREE)) {
            seen.add(Arrays.toString(
                            words.stream().mapToInt(word -> valueOfWord[word]).toArray())
                    + Arrays.toString(
                            locks.stream().mapToInt(lock -> dataOfLock[lock]).toArray()));
        }
    }

    Set<String> seen() {
        return seen;
    }

    @Override
    public String toString() {
        return everything ? "everything" : "words " + words + " and locks " + locks;
    }
}
