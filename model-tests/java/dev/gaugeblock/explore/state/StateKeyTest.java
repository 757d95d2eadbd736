package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.RandomProgram;
import dev.gaugeblock.explore.StateDump;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.CachedSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States that have the same key must be the same, down to the last field of the machine. */
class StateKeyTest {
    private static final int MAX_EXECUTIONS = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "three-mappers-two-slots",
                "mapped-while-asleep",
                "three-lock-page",
                "oom-restart",
                "reclaim-allocates",
                "slot-reuse-after-wrap",
                "atomic-map-under-interrupt",
                "split-and-merge",
                "kswapd-refills",
                "kswapd-hears-the-order",
                "oom-second-victim",
                "oom-waits-for-victim"
            })
    void shouldTellApartWhateverDiffers(String name) throws IOException {
        Comparison comparison = compare(LitmusParser.parse(Path.of("model-tests/litmus", name + ".litmus")));

        assertEquals("", comparison.difference);
    }

    @Test
    void shouldTellApartWhatRandomProgramsLeadTo() {
        int again = 0;
        for (long seed = 0; seed < 25; seed++) {
            Comparison comparison = compare(RandomProgram.test(seed));
            assertEquals("", comparison.difference, "seed " + seed);
            again += comparison.again;
        }

        assertTrue(again > 50, again + " states were met again");
    }

    private static Comparison compare(LitmusTest test) {
        Program[] programs = test.programs().toArray(new Program[0]);
        Symmetry symmetry = Symmetry.none(test);
        Comparison comparison = new Comparison(new CachedSearch(programs.length, List.of(Renaming.NONE)));
        try (Carriers carriers = Carriers.fastest()) {
            boolean more = true;
            for (int i = 0; more && i < MAX_EXECUTIONS; i++) {
                ExploringScheduler scheduler = new ExploringScheduler(
                        carriers,
                        new InvariantChecker(true),
                        test.asksWhoSlept(),
                        symmetry,
                        Watcher.NOBODY,
                        MemoryModel.SC,
                        Observations::new);
                comparison.simulation = test.boot(scheduler);
                comparison.search.begin();
                Execution execution = new Execution(programs.length, false, 1000);
                scheduler.run(comparison.simulation, comparison, execution);
                assertEquals("", execution.failure());
                more = execution.violation() == null && comparison.search.advance(execution);
            }
        }
        return comparison;
    }

    /** Follows a search, and compares each state that it meets with the one that it met first under that key. */
    private static final class Comparison implements Director {
        private final CachedSearch search;
        private final Map<StateKey, String> met = new HashMap<>();
        private SchedulingPoint point;
        private Simulation simulation;
        private String difference = "";
        private int again;

        Comparison(CachedSearch search) {
            this.search = search;
        }

        @Override
        public void begins(SchedulingPoint begun) {
            point = begun;
            search.begins(begun);
        }

        @Override
        public boolean isNewTerritory() {
            boolean isNew = search.isNewTerritory();
            if (search.isPastThePath()) {
                compare();
            }
            return isNew;
        }

        private void compare() {
            String now = dump();
            String before = met.putIfAbsent(point.state(), now);
            again += before == null ? 0 : 1;
            if (before != null && !before.equals(now)) {
                difference = before + "\n\nhas the same key as\n\n" + now;
            }
        }

        private String dump() {
            try {
                return StateDump.of(simulation);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int choose(Step[] pending, long enabled) {
            return search.choose(pending, enabled);
        }
    }
}
