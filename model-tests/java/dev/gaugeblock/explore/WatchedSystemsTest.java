package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.CachedSearch;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.search.SearchTree;
import dev.gaugeblock.explore.state.Renaming;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Both reductions on random systems that somebody looks at between any two steps: they must pass through all that can
 * be seen, and end in every way.
 */
class WatchedSystemsTest {
    private static final int SYSTEMS = Boolean.getBoolean("gaugeblock.deep") ? 40_000 : 400;
    /** Executions after which a search is given up: where everything is seen, it has to try every order. */
    private static final int ENOUGH = 2_000;

    @Test
    void shouldMissNothingThatCanBeSeen() {
        int givenUp = 0;
        int several = 0;
        for (int seed = 0; seed < SYSTEMS; seed++) {
            Random random = new Random(seed);
            List<AbstractTask> programs = RandomSystemsTest.programs(random);
            Sights every = Sights.random(random, RandomSystemsTest.WORDS, RandomSystemsTest.LOCKS);
            Set<String> ends =
                    new AbstractSystem(programs, RandomSystemsTest.WORDS, RandomSystemsTest.LOCKS, every).everyEnd();
            several += every.seen().size() > 3 ? 1 : 0;
            for (Search search : List.of(
                    new SearchTree(Reduction.DPOR), new CachedSearch(programs.size(), List.of(Renaming.NONE)))) {
                Sights found = every.again(ENOUGH);
                Set<String> endsFound = AbstractSystem.explore(
                        search, programs, RandomSystemsTest.WORDS, RandomSystemsTest.LOCKS, found);
                String which =
                        search.getClass().getSimpleName() + ", seed " + seed + ", seeing " + every + ": " + programs;
                if (found.isGivenUp()) {
                    givenUp++;
                } else if (ends.contains("deadlock")) {
                    assertTrue(endsFound.contains("deadlock"), which);
                } else {
                    assertEquals(ends, endsFound, which);
                    assertEquals(every.seen(), found.seen(), which);
                }
            }
        }
        assertTrue(givenUp < SYSTEMS / 10, givenUp + " searches given up");
        assertTrue(several > SYSTEMS / 3, several + " systems in which there is something to see");
    }
}
