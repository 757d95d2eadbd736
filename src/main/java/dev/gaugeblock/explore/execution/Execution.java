package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.foreign.UnreadableStateException;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.explore.state.LockOrder;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.StepNumbers;
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

    /** How the note of a step begins after which its program sleeps. */
    public static final String SLEEPS = "sleeps, waiting for ";

    /** How the note of a lock begins that is released in the course of a step. */
    public static final String RELEASES = "releases ";

    /** {@code null} if nobody wants to read it. */
    private final @Nullable StepTelling narrator;

    private final int maxSteps;
    private final List<Step> steps = new ArrayList<>();
    private final StepNumbers numbers = new StepNumbers();
    /** Locks released in the course of each step. */
    private final List<List<String>> releases = new ArrayList<>();
    /** Of each step that drains a store, the number of the step that made it; -1 for the others. */
    private final List<Integer> causes = new ArrayList<>();

    /** Of each program, the operations under way, innermost first: reclaim runs some inside an allocation. */
    private final List<Deque<String>> operations = new ArrayList<>();

    private final List<LockOrder> lockOrders = new ArrayList<>();
    private final boolean[] finished;
    private End end = End.OPEN;
    private @Nullable Violation violation;
    private boolean stoppedByStep;
    private String failure = "";

    /**
     * An execution that has not begun.
     *
     * @param tasks how many programs there are, and store buffers
     */
    public Execution(int tasks, boolean narrated, int maxSteps) {
        finished = new boolean[tasks];
        for (int i = 0; i < tasks; i++) {
            operations.add(new ArrayDeque<>());
        }
        this.narrator = narrated ? new StepTelling(tasks) : null;
        this.maxSteps = maxSteps;
    }

    /**
     * A task takes a step that nobody reads of.
     *
     * @param cause number of the step that made the store that it drains; -1 for another
     */
    public void took(Step step, int cause, Simulation simulation) {
        took(step, cause, "", WordAccess.NOTHING, simulation);
    }

    void took(Step step, WordAccess access, Simulation simulation) {
        took(step, -1, underWay(step.task()), access, simulation);
    }

    /** A store reaches memory. */
    void drains(StoreBuffers.Waiting store, boolean awaited, Simulation simulation) {
        took(store.step(), store.at(), store.operation(), store.access(), simulation);
        if (awaited) {
            numbers.joinLast();
        }
    }

    private void took(Step step, int cause, String operation, WordAccess access, Simulation simulation) {
        if (steps.size() == maxSteps) {
            throw new TooLong("an execution did not end within " + maxSteps + " steps");
        }
        steps.add(step);
        numbers.add(step);
        releases.add(List.of());
        causes.add(cause);
        if (narrator != null) {
            narrator.took(step, operation, access, simulation);
        }
    }

    /** Takes down what the programs decide, if somebody wants to read it. */
    void listen(Simulation simulation) {
        if (narrator != null) {
            simulation.tellDecisions(narrator::note);
        }
    }

    /** The operation that a program is in, as written; empty for none. */
    String underWay(int program) {
        return Objects.requireNonNullElse(operations.get(program).peek(), "");
    }

    /** What the running task announces that it will access, if somebody wants to read it. */
    WordAccess access(@Nullable Object word, @Nullable Object alsoRead) {
        return narrator == null ? WordAccess.NOTHING : WordAccess.now(word, alsoRead);
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
        if (!steps.isEmpty()) {
            ends(lock);
            note(RELEASES + lock);
        }
    }

    /** One of several tasks of a CPU lets the others go on there again. */
    void leavesCpu(int cpu) {
        ends(Step.alone(cpu));
    }

    private void ends(String lock) {
        int last = steps.size() - 1;
        if (releases.get(last).isEmpty()) {
            releases.set(last, new ArrayList<>());
        }
        releases.get(last).add(lock);
    }

    void begins(int program, LitmusOperation operation) {
        operations.get(program).push(operation.text);
    }

    public void ended(int program, LitmusOperation operation, String result) {
        String what = operation.text + (result.isEmpty() ? ": done" : " gives " + result);
        if (narrator != null) {
            narrator.ended(program, what);
        }
        operations.get(program).pop();
    }

    /** The program of the present step sleeps. */
    void sleeps(String waitingFor) {
        note(SLEEPS + waitingFor);
    }

    /** The program of the present step has looked for something. */
    void lookedUp(Object where, String kind, int number, boolean found) {
        if (narrator != null) {
            narrator.note(where + (found ? " has " : " has no ") + kind + number);
        }
    }

    /** Likewise; nothing if it is empty. */
    void noteIfAny(String what) {
        if (!what.isEmpty()) {
            note(what);
        }
    }

    /** Something that a reader wants to know of the present step. */
    void note(String what) {
        if (narrator != null) {
            narrator.note(what);
        }
    }

    public void ended(@Nullable Violation orNull, Simulation simulation) {
        if (orNull != null) {
            violation = orNull;
            close(End.VIOLATED, simulation);
        } else {
            close(End.COMPLETE, simulation);
        }
    }

    /** The last step, or the state that it leads to, is wrong. */
    void violated(Violation what, Simulation simulation) {
        stoppedByStep = true;
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

    /**
     * If all programs rest: what the test has behind them is run, and no frame is lost. Nothing else runs any more, so
     * this goes in the sequential way.
     */
    void goesOnAlone(Simulation simulation, InvariantChecker checker) {
        if (isComplete()) {
            try {
                if (simulation.end()) {
                    checker.check(simulation);
                }
            } catch (RuntimeException | AssertionError thrown) {
                foundWrong(
                        Violation.of(thrown).in("alloc of every free frame, or what the test has after its programs"));
            }
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
        } else if (thrown instanceof TooLong || thrown instanceof UnreadableStateException) {
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
        if (how == End.COMPLETE) {
            numbers.end();
        }
        if (narrator != null) {
            narrator.close(simulation);
        }
    }

    /** The same execution with one more step, as far as its races are concerned. */
    public Execution withStep(Step step) {
        return beginning(steps.size(), step, -1);
    }

    /**
     * Its first steps and another one in the place of what came next, as far as their races are concerned.
     *
     * @param cause number of the step that made the store that it drains; -1 for none
     */
    public Execution beginning(int length, Step next, int cause) {
        Execution beginning = new Execution(operations.size(), false, Integer.MAX_VALUE);
        beginning.steps.addAll(steps.subList(0, length));
        beginning.releases.addAll(releases.subList(0, length));
        beginning.causes.addAll(causes.subList(0, length));
        beginning.steps.add(next);
        beginning.releases.add(List.of());
        beginning.causes.add(cause);
        return beginning;
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

    /** Whether its last step was wrong, rather than how the programs have ended. */
    public boolean isStoppedByStep() {
        return stoppedByStep;
    }

    /** Why the tool could not go on, or empty. */
    public String failure() {
        return failure;
    }

    public List<Step> steps() {
        return steps;
    }

    /**
     * The number of a step as a reader counts them, from 1: some drains are a part of another step.
     *
     * @param step its place, from 0
     */
    public int number(int step) {
        return numbers.of(step);
    }

    /** How many steps a reader counts. */
    public int length() {
        return numbers.last();
    }

    /** Of a step that drains a store, the number of the step that made it; -1 for another. */
    public int cause(int step) {
        return causes.get(step);
    }

    public List<String> releases(int step) {
        return releases.get(step);
    }

    public List<Narration> narration() {
        return narrator == null ? List.of() : narrator.told();
    }

    public String memoryAtEnd() {
        return narrator == null ? "" : narrator.memoryAtEnd();
    }

    public Snapshot atEnd() {
        return narrator == null ? Snapshot.NOTHING : narrator.atEnd();
    }
}
