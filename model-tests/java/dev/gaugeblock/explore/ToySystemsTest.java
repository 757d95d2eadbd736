package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The reductions on systems small enough to visit every state: they must get to every end, or where there is a deadlock, to that.
 * Unlike the allocator's programs, these come to one state in many ways, and branch on what they read; so what a search owes to the
 * part behind a known state shows here.
 */
class ToySystemsTest {
    private static final int SYSTEMS = Boolean.getBoolean("gaugeblock.deep") ? 300_000 : 6_000;

    @Test
    void shouldGetToEveryEndWithStateCaching() {
        int cut = 0;
        int ends = 0;
        for (int seed = 0; seed < SYSTEMS; seed++) {
            ToySystem system = new ToySystem(new Random(seed));
            Run run = new Run(system, new CachedSearch(system.tasks()));
            SortedSet<String> expected = system.ends();
            assertFound(expected, run.explore(), system, seed);
            cut += run.cut;
            ends += expected.size();
        }
        assertTrue(cut > SYSTEMS, "known states ended only " + cut + " executions of " + SYSTEMS + " systems");
        assertTrue(ends > 2 * SYSTEMS, "only " + ends + " ends: nothing to tell apart");
    }

    @Test
    void shouldGetToEveryEndWithoutIt() {
        for (int seed = 0; seed < SYSTEMS / 4; seed++) {
            ToySystem system = new ToySystem(new Random(seed));
            Run run = new Run(system, new SearchTree(Reduction.DPOR));
            assertFound(system.ends(), run.explore(), system, seed);
        }
    }

    private static void assertFound(SortedSet<String> ends, SortedSet<String> found, ToySystem system, int seed) {
        String which = "seed " + seed + ": " + system;
        if (ends.contains(ToySystem.DEADLOCK)) {
            assertTrue(found.contains(ToySystem.DEADLOCK), which);
        } else {
            assertEquals(ends, found, which);
        }
    }

    /** Leads a search through a system. */
    private static final class Run implements Situation {
        private final ToySystem system;
        private final Search search;
        private ToySystem.State state;
        private List<String> released = List.of();
        private int cut;

        Run(ToySystem system, Search search) {
            this.system = system;
            this.search = search;
        }

        /** The ends that the search gets to, up to the first deadlock: that ends an exploration. */
        SortedSet<String> explore() {
            SortedSet<String> ends = new TreeSet<>();
            Execution execution;
            do {
                search.begin();
                execution = new Execution(system.tasks(), false, Integer.MAX_VALUE);
                if (execute(execution)) {
                    ends.add(system.end(state));
                } else {
                    cut++;
                }
            } while (!ends.contains(ToySystem.DEADLOCK) && search.advance(execution));
            return ends;
        }

        /** Runs one execution; false if it was cut short. */
        private boolean execute(Execution execution) {
            state = system.start();
            released = List.of();
            for (int task = 0; task < system.tasks(); task++) {
                noteFinished(task, execution);
            }
            search.begins(this);
            while (true) {
                search.isNewTerritory();
                long enabled = 0;
                Step[] pending = new Step[system.tasks()];
                for (int task = 0; task < pending.length; task++) {
                    enabled |= system.isEnabled(state, task) ? 1L << task : 0;
                    pending[task] = system.isFinished(state, task) ? null : system.pending(state, task);
                }
                if (enabled == 0) {
                    execution.ended(null, null);
                    return true;
                }
                int next = search.choose(pending, enabled);
                if (next == Director.PRUNE) {
                    execution.pruned(null);
                    return false;
                }
                execution.took(pending[next], null);
                released = system.take(state, next);
                released.forEach(execution::released);
                noteFinished(next, execution);
            }
        }

        private void noteFinished(int task, Execution execution) {
            if (system.isFinished(state, task)) {
                execution.finished(task);
            }
        }

        @Override
        public StateKey state() {
            return state.key();
        }

        @Override
        public void listen() {}

        @Override
        public StateKey[] seen() {
            return new StateKey[0];
        }

        @Override
        public void restoreSeen(StateKey[] seen) {}

        @Override
        public boolean isUnfinished(int program) {
            return !system.isFinished(state, program);
        }

        @Override
        public int waitsFor(int program) {
            return system.waitsFor(state, program);
        }

        @Override
        public Set<String> locksHeld(int program) {
            return system.locksHeld(state, program);
        }

        @Override
        public List<String> released() {
            return released;
        }
    }
}
