package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.AbstractTask.Kind;
import dev.gaugeblock.explore.AbstractTask.Op;
import dev.gaugeblock.explore.execution.TooLong;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.CachedSearch;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.search.SearchTree;
import dev.gaugeblock.explore.state.Renaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Both reductions on thousands of random systems: they must end in every way in which going to every state ends. Such
 * small systems come to the same state in many ways, which is what the soundness of the cache is about.
 */
class RandomSystemsTest {
    private static final int SYSTEMS = Boolean.getBoolean("gaugeblock.deep") ? 500_000 : 1_500;
    /**
     * One more, in which it matters that of two accesses before it a read does not hide the other from a later step.
     */
    private static final int TELLING_SEED = 197_795;

    static final int WORDS = 4;
    /**
     * The word that sleepers wait for. It is never cleared: as in the machine, a sleeper that is due stays so until it
     * goes on.
     */
    private static final int EVENT = 3;

    static final int LOCKS = 2;

    /** Where stores wait, each has many more states. */
    private static final int BUFFERED = Boolean.getBoolean("gaugeblock.deep") ? 50_000 : 400;

    @Test
    void shouldLoseNoEndOfARandomSystem() {
        compare(SYSTEMS, false, RandomSystemsTest::programs);
    }

    @Test
    void shouldLoseNoEndOfARandomSystemInWhichStoresWait() {
        compare(BUFFERED, true, RandomSystemsTest::programs);
    }

    @Test
    void shouldLoseNoEndOfARandomSystemInWhichTasksShareACpu() {
        compare(SYSTEMS / 8, false, RandomSystemsTest::tasks);
        compare(BUFFERED / 4, true, RandomSystemsTest::tasks);
    }

    @Test
    void shouldLoseNoEndOfARandomSystemInWhichHandlersStrikeHandlers() {
        compare(SYSTEMS / 10, false, RandomSystemsTest::handlers);
        compare(BUFFERED / 20, true, RandomSystemsTest::handlers);
    }

    private static void compare(int systems, boolean buffered, Function<Random, List<AbstractTask>> maker) {
        int deadlocks = 0;
        int several = 0;
        for (int i = 0; i <= systems; i++) {
            int seed = i < systems ? i : TELLING_SEED;
            List<AbstractTask> programs = maker.apply(new Random(seed));
            AbstractSystem system = new AbstractSystem(programs, WORDS, LOCKS, Sights.none(), buffered);
            Set<String> every = system.everyEnd();
            boolean deadlock = every.contains("deadlock");
            deadlocks += deadlock ? 1 : 0;
            several += every.size() > 1 ? 1 : 0;
            for (Search search :
                    List.of(new SearchTree(Reduction.DPOR), new CachedSearch(system.tasks(), List.of(Renaming.NONE)))) {
                Set<String> found = AbstractSystem.explore(search, programs, WORDS, LOCKS, Sights.none(), buffered);
                String which = search.getClass().getSimpleName() + ", seed " + seed + ": " + programs;
                if (deadlock) {
                    assertTrue(found.contains("deadlock"), which);
                } else {
                    assertEquals(every, found, which);
                }
            }
        }
        assertTrue(deadlocks > systems / 20, deadlocks + " systems with a deadlock");
        assertTrue(several > systems * 2 / 5, several + " systems that end in several ways");
    }

    @Test
    void shouldGiveUpWhereAStateOnThePathIsMetAgain() {
        List<AbstractTask> programs =
                List.of(new AbstractTask(0, false, List.of(new Op(Kind.READ, 0, 0), new Op(Kind.REPEAT, 0, 0))));

        assertThrows(
                TooLong.class,
                () -> AbstractSystem.explore(
                        new CachedSearch(1, List.of(Renaming.NONE)), programs, WORDS, LOCKS, Sights.none()));
    }

    /** A system made up by chance. */
    static List<AbstractTask> programs(Random random) {
        List<AbstractTask> programs = new ArrayList<>();
        int tasks = 2 + random.nextInt(3);
        int handlerFor = random.nextInt(3) == 0 ? random.nextInt(tasks) : -1;
        for (int cpu = 0; cpu < tasks; cpu++) {
            programs.add(new AbstractTask(cpu, false, ops(random, cpu == handlerFor, false, tasks)));
        }
        if (handlerFor >= 0) {
            List<Op> ops = ops(random, false, true, tasks);
            programs.add(random.nextInt(programs.size() + 1), new AbstractTask(handlerFor, true, ops));
        }
        return programs;
    }

    /** Likewise, of tasks of which at least two share a CPU. */
    private static List<AbstractTask> tasks(Random random) {
        List<AbstractTask> programs = new ArrayList<>();
        int tasks = 2 + random.nextInt(3);
        for (int task = 0; task < tasks; task++) {
            int cpu = task < 2 ? 0 : random.nextInt(2);
            programs.add(new AbstractTask(cpu, false, inSections(ops(random, false, false, tasks), random)));
        }
        return programs;
    }

    /** Likewise, of handlers of one CPU of which at least one may be struck by the others, and of a task or two. */
    private static List<AbstractTask> handlers(Random random) {
        List<AbstractTask> programs = new ArrayList<>();
        int tasks = 1 + random.nextInt(2);
        for (int cpu = 0; cpu < tasks; cpu++) {
            programs.add(new AbstractTask(cpu, false, ops(random, cpu == 0, false, 4)));
        }
        int handlers = random.nextInt(4) == 0 ? 3 : 2;
        for (int handler = 0; handler < handlers; handler++) {
            boolean interruptible = handler == 0 || random.nextBoolean();
            programs.add(new AbstractTask(0, true, interruptible, ops(random, interruptible, true, 4)));
        }
        return programs;
    }

    /** Some of the operations, without those that sleep, with the other tasks of the CPU kept away. */
    private static List<Op> inSections(List<Op> ops, Random random) {
        List<Op> all = new ArrayList<>();
        boolean off = false;
        boolean skipped = false;
        for (Op op : ops) {
            // What a test may leave out is one operation.
            boolean leaves = off && (op.kind() == Kind.SLEEP || random.nextInt(3) == 0);
            if (!skipped && leaves) {
                all.add(new Op(Kind.ON, 0, 0));
                off = false;
            } else if (!skipped && !off && op.kind() != Kind.SLEEP && random.nextInt(3) == 0) {
                all.add(new Op(Kind.OFF, 0, 0));
                off = true;
            }
            all.add(op);
            skipped = op.kind() == Kind.TEST;
        }
        if (off) {
            all.add(new Op(Kind.ON, 0, 0));
        }
        return all;
    }

    private static List<Op> ops(Random random, boolean interrupted, boolean inHandler, int tasks) {
        List<Op> ops = new ArrayList<>();
        int length = 1 + random.nextInt(tasks < 4 ? 4 : 3);
        List<Integer> held = new ArrayList<>();
        while (length-- > 0) {
            int lock = random.nextInt(LOCKS);
            int choice = random.nextInt(12);
            if (choice < 3 && !held.contains(lock)) {
                // Whoever can be interrupted keeps interrupts off for as long as it holds a lock.
                boolean irq = interrupted && (random.nextInt(3) > 0 || !held.isEmpty());
                ops.add(new Op(irq ? Kind.LOCK_IRQ : Kind.LOCK, lock, 0));
                held.add(lock);
            } else if (choice < 5 && !held.isEmpty()) {
                ops.add(new Op(Kind.UNLOCK, held.remove(held.size() - 1), 0));
            } else if (choice == 5 && !inHandler && held.isEmpty()) {
                ops.add(new Op(Kind.SLEEP, EVENT, 0));
            } else {
                ops.add(access(random));
            }
        }
        while (!held.isEmpty()) {
            ops.add(new Op(Kind.UNLOCK, held.remove(held.size() - 1), 0));
        }
        for (int i = 0; i < ops.size(); i++) {
            boolean skipsAccess = i + 1 < ops.size() && isAccess(ops.get(i + 1).kind());
            if (ops.get(i).kind() == Kind.TEST && !skipsAccess) {
                ops.set(i, new Op(Kind.READ, ops.get(i).object(), 0));
            }
        }
        return ops;
    }

    private static Op access(Random random) {
        Kind[] kinds = {Kind.READ, Kind.TEST, Kind.SET, Kind.SET, Kind.COPY, Kind.BUMP, Kind.ADD};
        Kind[] ofEvent = {Kind.SET, Kind.SET, Kind.TEST, Kind.READ};
        return random.nextInt(5) == 0
                ? new Op(ofEvent[random.nextInt(ofEvent.length)], EVENT, 1)
                : new Op(kinds[random.nextInt(kinds.length)], random.nextInt(EVENT), random.nextInt(EVENT));
    }

    private static boolean isAccess(Kind kind) {
        return kind != Kind.OFF && kind != Kind.ON && kind != Kind.LOCK && kind != Kind.LOCK_IRQ && kind != Kind.UNLOCK;
    }
}
