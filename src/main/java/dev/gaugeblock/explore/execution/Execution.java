package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.InvariantBroken;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What happened in one execution: its steps, and how it ended. With {@code narrated}, also what a reader wants to see
 * of it.
 */
public final class Execution {
    private enum End {
        OPEN,
        COMPLETE,
        PRUNED,
        VIOLATED,
        BOUNDED,
        BROKEN
    }

    /** A step as a reader sees it: during which operation, what came of it, and the memory before. */
    public record Narration(Step step, String operation, String memoryBefore, Snapshot before, List<String> notes) {}

    /** How the note of a step begins after which its program sleeps. */
    public static final String SLEEPS = "sleeps, waiting for ";

    private final boolean narrated;
    private final int maxSteps;
    private final List<Step> steps = new ArrayList<>();
    /** Locks released in the course of each step. */
    private final List<List<String>> releases = new ArrayList<>();

    private final List<Narration> narration = new ArrayList<>();
    /** Of each program, the operations under way, innermost first: reclaim runs some inside an allocation. */
    private final List<Deque<String>> operations = new ArrayList<>();
    /** Of each program, what it ended before anybody took a step; told with its first. */
    private final List<List<String>> early = new ArrayList<>();

    private final List<LockOrder> lockOrders = new ArrayList<>();
    private final boolean[] finished;
    private End end = End.OPEN;
    private @Nullable Violation violation;
    private String failure = "";
    private String memoryAtEnd = "";
    private Snapshot atEnd = Snapshot.NOTHING;

    public Execution(int programs, boolean narrated, int maxSteps) {
        finished = new boolean[programs];
        for (int i = 0; i < programs; i++) {
            operations.add(new ArrayDeque<>());
            early.add(new ArrayList<>());
        }
        this.narrated = narrated;
        this.maxSteps = maxSteps;
    }

    public void took(Step step, Simulation simulation) {
        if (steps.size() == maxSteps) {
            throw new TooLong("an execution did not end within " + maxSteps + " steps");
        }
        steps.add(step);
        releases.add(List.of());
        if (narrated) {
            Deque<String> underWay = operations.get(step.task());
            String operation = Objects.requireNonNullElse(underWay.peek(), "");
            List<String> notes = new ArrayList<>(early.get(step.task()));
            early.get(step.task()).clear();
            narration.add(new Narration(step, operation, memory(simulation), Snapshot.of(simulation), notes));
        }
    }

    /** The program of the present step has taken a lock while it held others. */
    void acquired(String lock, Set<String> held, int program, Task task) {
        for (String other : held) {
            String operation =
                    Objects.requireNonNullElse(operations.get(program).peek(), "its start");
            lockOrders.add(new LockOrder(other, lock, "\"" + operation + "\" of " + task));
        }
    }

    /** Which locks were taken while others were held. */
    public List<LockOrder> lockOrders() {
        return lockOrders;
    }

    public void released(String lock) {
        if (steps.isEmpty()) {
            return;
        }
        int last = steps.size() - 1;
        if (releases.get(last).isEmpty()) {
            releases.set(last, new ArrayList<>());
        }
        releases.get(last).add(lock);
        note("releases " + lock);
    }

    void begins(int program, LitmusOperation operation) {
        operations.get(program).push(operation.text);
    }

    public void ended(int program, LitmusOperation operation, String result) {
        String what = operation.text + (result.isEmpty() ? ": done" : " gives " + result);
        if (narrated && steps.isEmpty()) {
            early.get(program).add(what);
        } else {
            note(what);
        }
        operations.get(program).pop();
    }

    /** The program of the present step sleeps. */
    void sleeps(String waitingFor) {
        note(SLEEPS + waitingFor);
    }

    private void note(String what) {
        if (narrated && !narration.isEmpty()) {
            narration.get(narration.size() - 1).notes().add(what);
        }
    }

    public void ended(@Nullable Violation orNull, Simulation simulation) {
        if (orNull != null) {
            violated(orNull, simulation);
        } else {
            close(End.COMPLETE, simulation);
        }
    }

    void violated(Violation what, Simulation simulation) {
        violation = what;
        close(End.VIOLATED, simulation);
    }

    /** The execution has come to its end, or is cut; and what its programs did on the way was wrong. */
    void foundWrong(@Nullable Violation orNull) {
        if (orNull != null && (end == End.COMPLETE || end == End.PRUNED)) {
            violation = orNull;
            end = End.VIOLATED;
        }
    }

    public void pruned(Simulation simulation) {
        close(End.PRUNED, simulation);
    }

    /** The machine did not even boot, or the operations before the programs went wrong. */
    public void failedAtBoot(Throwable thrown) {
        violation = Violation.of(thrown);
        end = End.VIOLATED;
    }

    /** An invariant failed at a scheduling point, or the tool did. */
    void failedAtPoint(Throwable thrown, Simulation simulation) {
        if (thrown instanceof InvariantBroken) {
            violated(Violation.of(thrown), simulation);
        } else if (thrown instanceof TooLong) {
            failure = String.valueOf(thrown.getMessage());
            end = End.BOUNDED;
        } else {
            failure = thrown instanceof WrongTurn
                    ? String.valueOf(thrown.getMessage())
                    : "the explorer failed: " + thrown;
            end = End.BROKEN;
        }
    }

    private void close(End how, Simulation simulation) {
        end = how;
        if (narrated) {
            memoryAtEnd = memory(simulation);
            atEnd = Snapshot.of(simulation);
        }
    }

    /** The memory as text; lists that a violation has broken are said to be so. */
    private static String memory(Simulation simulation) {
        try {
            return Outcome.memory(simulation);
        } catch (IllegalStateException broken) {
            return "(cannot be shown: " + broken.getMessage() + ")";
        }
    }

    /** The same execution with one more step, as far as its races are concerned. */
    public Execution withStep(Step step) {
        Execution extended = new Execution(operations.size(), false, Integer.MAX_VALUE);
        extended.steps.addAll(steps);
        extended.releases.addAll(releases);
        extended.steps.add(step);
        extended.releases.add(List.of());
        return extended;
    }

    /** Whether a program has not ended. */
    public boolean isUnfinished(int program) {
        return !finished[program];
    }

    /** A program has ended. */
    public void finished(int program) {
        finished[program] = true;
    }

    boolean isOpen() {
        return end == End.OPEN;
    }

    public boolean isComplete() {
        return end == End.COMPLETE;
    }

    public boolean isPruned() {
        return end == End.PRUNED;
    }

    public boolean isBounded() {
        return end == End.BOUNDED;
    }

    /** What it did wrong, or {@code null}. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** Why the tool could not go on, or empty. */
    public String failure() {
        return failure;
    }

    public List<Step> steps() {
        return steps;
    }

    public List<String> releases(int step) {
        return releases.get(step);
    }

    public List<Narration> narration() {
        return narration;
    }

    public String memoryAtEnd() {
        return memoryAtEnd;
    }

    public Snapshot atEnd() {
        return atEnd;
    }
}
