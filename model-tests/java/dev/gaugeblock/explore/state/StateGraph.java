package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.RenamedEnd;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The graph of the states of a litmus test, all that was ever read told apart ({@link Histories}), without a reduction
 * or symmetry; and whether what has one key of the explorer's may be taken for one state: whoever has it stands before
 * the same steps, and each step leads to one key, or to one end.
 */
final class StateGraph implements Director {
    /**
     * A state.
     *
     * @param key the explorer's
     * @param steps those that the tasks stand before, and who can take his
     * @param next by task, the key that its step leads to, or the end; {@code null} while nobody has taken it
     * @param way there, from the start
     */
    private record State(String key, String steps, @Nullable String[] next, int[] way) {}

    /** A step that nobody has taken from there. */
    private record Open(State from, int task) {}

    private final LitmusTest test;
    private final MemoryModel memory;
    private final Function<Simulation, Observations> observing;
    private final Map<String, State> states = new HashMap<>();
    /** By the explorer's key, the state that was met first. */
    private final Map<String, State> firsts = new HashMap<>();

    private final List<Open> open = new ArrayList<>();
    /** The tasks chosen in the present execution. */
    private final List<Integer> chosen = new ArrayList<>();

    private Histories histories;
    private SchedulingPoint point;
    /** Where the present execution first does what is new; {@code null} for its start. */
    private @Nullable Open branch;
    /** The state in which the last step was taken, if that is new. */
    private @Nullable State from;

    private String difference = "";

    /**
     * Goes through the graph, as far as so many executions lead.
     *
     * @param observing makes what stands in the key for what was seen
     */
    StateGraph(LitmusTest test, MemoryModel memory, Function<Simulation, Observations> observing, int executions) {
        this.test = test;
        this.memory = memory;
        this.observing = observing;
        Random random = new Random(1);
        try (Carriers carriers = Carriers.fastest()) {
            execute(carriers);
            for (int i = 1; i < executions && !open.isEmpty() && difference.isEmpty(); i++) {
                Collections.swap(open, random.nextInt(open.size()), open.size() - 1);
                branch = open.remove(open.size() - 1);
                execute(carriers);
            }
        }
    }

    /** What is wrong with the explorer's key; empty for nothing. */
    String difference() {
        return difference;
    }

    /** How many states the explorer takes for one that was met before. */
    int taken() {
        return states.size() - firsts.size();
    }

    private void execute(Carriers carriers) {
        chosen.clear();
        from = null;
        histories = new Histories();
        ExploringScheduler scheduler = new ExploringScheduler(
                carriers,
                new InvariantChecker(true),
                test.asksWhoSlept(),
                Symmetry.none(test),
                histories,
                memory,
                observing);
        Simulation simulation = test.boot(scheduler);
        Execution execution = new Execution(memory.tasks(test), false, 1000);
        scheduler.run(simulation, this, execution);
        if (!execution.isPruned()) {
            leadsTo(endOf(execution, simulation));
        }
    }

    private String endOf(Execution execution, Simulation simulation) {
        Violation violation = execution.violation();
        if (violation != null) {
            return violation.id();
        }
        return execution.isComplete()
                ? new RenamedEnd(simulation, Renaming.NONE)
                        .outcome(test.variables().toArray(new String[0]))
                : execution.failure();
    }

    @Override
    public void begins(SchedulingPoint begun) {
        point = begun;
        point.listen();
    }

    @Override
    public boolean isNewTerritory() {
        return branch == null || chosen.size() > branch.from.way.length;
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        int next;
        if (isNewTerritory()) {
            next = goOn(pending, enabled);
        } else if (chosen.size() < branch.from.way.length) {
            next = branch.from.way[chosen.size()];
        } else {
            from = branch.from;
            next = branch.task;
        }
        chosen.add(next);
        return next;
    }

    private int goOn(Step[] pending, long enabled) {
        String key = point.state().toString();
        leadsTo(key);
        String steps = steps(pending, enabled);
        int[] way = chosen.stream().mapToInt(Integer::intValue).toArray();
        State state = new State(key, steps, new String[pending.length], way);
        if (states.putIfAbsent(key + histories, state) != null) {
            return PRUNE;
        }
        State first = firsts.putIfAbsent(key, state);
        if (first != null && !first.steps.equals(steps)) {
            differ(first, state, "they stand before " + first.steps + "or " + steps);
        }
        int next = Long.numberOfTrailingZeros(enabled);
        for (long others = enabled & enabled - 1; others != 0; others &= others - 1) {
            open.add(new Open(state, Long.numberOfTrailingZeros(others)));
        }
        from = state;
        return next;
    }

    private String steps(Step[] pending, long enabled) {
        StringBuilder steps = new StringBuilder();
        for (int task = 0; task < pending.length; task++) {
            if (point.isUnfinished(task)) {
                steps.append((enabled & 1L << task) != 0 ? "" : "(cannot) ");
                steps.append(task).append(' ').append(pending[task]).append("; ");
            }
        }
        return steps.toString();
    }

    /** The last step leads to this key, or to this end. */
    private void leadsTo(String there) {
        State here = from;
        if (here != null) {
            int task = chosen.get(chosen.size() - 1);
            State first = firsts.get(here.key);
            String before = first.next[task];
            here.next[task] = there;
            if (before == null) {
                first.next[task] = there;
            } else if (!before.equals(there)) {
                differ(first, here, "the step of task " + task + " leads to " + before + " or " + there);
            }
        }
    }

    private void differ(State one, State other, String how) {
        if (difference.isEmpty()) {
            difference = test.name() + ": behind " + Arrays.toString(one.way) + " and " + Arrays.toString(other.way)
                    + " the key is the same, but " + how;
        }
    }
}
