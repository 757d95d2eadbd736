package dev.gaugeblock.explore;

import dev.gaugeblock.explore.AbstractTask.Kind;
import dev.gaugeblock.explore.AbstractTask.Op;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A system of tasks on words and locks, without an allocator: what a {@link Search} leads through, thousands of times a
 * second, in the place of {@link ExploringScheduler}. Its whole state is known, so what it can lead to is also found by
 * going to every state.
 */
final class AbstractSystem extends AbstractState {
    AbstractSystem(List<AbstractTask> programs, int words, int locks, Sights sights) {
        this(programs, words, locks, sights, false);
    }

    /** A system in which plain stores wait, if {@code buffered}. */
    AbstractSystem(List<AbstractTask> programs, int words, int locks, Sights sights, boolean buffered) {
        super(programs, words, locks, sights, buffered);
        for (int task = 0; task < programs.size(); task++) {
            if (!programs.get(task).handler()) {
                started[task] = true;
                settle(task);
            }
        }
    }

    private AbstractSystem(AbstractSystem other) {
        super(other);
    }

    /** The next step is taken. Gives the names of the locks that it releases. */
    List<String> take(int task) {
        now++;
        step(task);
        return released;
    }

    /** How it can end at all, by going to every state. */
    Set<String> everyEnd() {
        Set<String> ends = new TreeSet<>();
        addEnds(ends, new HashSet<>());
        return ends;
    }

    private void addEnds(Set<String> ends, Set<String> been) {
        if (!been.add(text())) {
            return;
        }
        see();
        long enabled = enabled();
        if (enabled == 0) {
            ends.add(end());
        }
        for (long rest = enabled; rest != 0; rest &= rest - 1) {
            AbstractSystem next = new AbstractSystem(this);
            next.step(Long.numberOfTrailingZeros(rest));
            next.addEnds(ends, been);
        }
    }

    Step[] pending() {
        Step[] pending = new Step[tasks()];
        for (int task = 0; task < pending.length; task++) {
            pending[task] = isUnfinished(task) ? pending(task) : null;
        }
        return pending;
    }

    private Step pending(int task) {
        Step step = access(task).by(!buffers.areThere() ? -1 : cpu(task));
        return holding(task, step.watched(sights.watch().sees(step, locksHeld(task))));
    }

    private Step holding(int task, Step step) {
        if (!shares(task)) {
            return step;
        }
        boolean takes = step.kind() == Step.Kind.ACQUIRE || step.kind() == Step.Kind.WINDOW;
        Step.Hold shared = takes ? Step.Hold.TAKES : Step.Hold.SHARES;
        return step.on(cpu(task), keepsIt(task) ? Step.Hold.KEEPS : shared);
    }

    private Step access(int task) {
        if (task >= programs.size()) {
            int shared = hasHandler(cpu(task)) ? cpu(task) : -1;
            return new Step(task, Step.Kind.DRAIN, buffer(task).get(0).name(), shared);
        }
        int cpu = hasHandler(cpu(task)) ? cpu(task) : -1;
        if (!started[task]) {
            return new Step(task, Step.Kind.INTERRUPT, "", cpu);
        }
        if (inWindow[task]) {
            return new Step(task, Step.Kind.WINDOW, "", cpu);
        }
        if (isToWait(task)) {
            return new Step(task, Step.Kind.FENCE, "", cpu);
        }
        Op op = op(task);
        String word = word(op.object());
        return switch (op.kind()) {
            case READ, TEST -> new Step(task, Step.Kind.READ, word, cpu);
            case SET, COPY, BUMP -> new Step(task, Step.Kind.WRITE, word, cpu);
            case ADD -> new Step(task, Step.Kind.WRITE, word, cpu).alsoReading(word(op.second()));
            case SLEEP -> new Step(task, Step.Kind.WAKE, word, cpu);
            case LOCK, LOCK_IRQ -> new Step(task, Step.Kind.ACQUIRE, lock(op.object()), cpu);
            case OFF -> new Step(task, Step.Kind.WINDOW, "", cpu);
            case UNLOCK, ON, REPEAT -> throw new IllegalStateException("no step of its own");
        };
    }

    static String word(int number) {
        return "word " + number;
    }

    static String lock(int number) {
        return "lock " + number;
    }

    /** Whether it waits for its stores next: it goes to sleep, or returns from an interrupt. */
    private boolean isToWait(int task) {
        boolean ended = position[task] == programs.get(task).ops().size();
        return buffers.areThere()
                && !passed[task]
                && (ended ? programs.get(task).handler() : op(task).kind() == Kind.SLEEP);
    }

    long enabled() {
        long enabled = 0;
        for (int task = programs.size(); task < tasks(); task++) {
            enabled |= buffer(task).isEmpty() ? 0 : 1L << task;
        }
        for (int task = 0; task < programs.size(); task++) {
            enabled |= isEnabled(task) ? 1L << task : 0;
        }
        return enabled;
    }

    private boolean isEnabled(int task) {
        if (finished[task]
                || keeperOf(task) != NOBODY
                || pending(task).needsEmptyBuffer() && !buffer(task).isEmpty()) {
            return false;
        }
        if (!started[task]) {
            return !interruptsOff[cpu(task)];
        }
        return interrupting(task) == NOBODY && isReady(task);
    }

    private boolean isReady(int task) {
        if (inWindow[task] || isToWait(task)) {
            return true;
        }
        return switch (op(task).kind()) {
            case LOCK, LOCK_IRQ -> owner[op(task).object()] == FREE;
            case SLEEP -> words[op(task).object()] != 0;
            default -> true;
        };
    }

    void step(int task) {
        released = new ArrayList<>();
        boolean[] alone = new boolean[programs.size()];
        for (int each = 0; each < alone.length; each++) {
            alone[each] = isAlone(each)
                    || each == task && shares(task) && pending(task).hold() == Step.Hold.TAKES;
        }
        if (task >= programs.size()) {
            drain(task);
        } else {
            go(task);
        }
        for (int each = 0; each < alone.length; each++) {
            if (alone[each] && !isAlone(each)) {
                released.add(Step.alone(cpu(each)));
            }
        }
    }

    private void go(int task) {
        if (!started[task]) {
            int last = interrupting(task);
            level[task] = last == NOBODY ? 1 : level[last] + 1;
            started[task] = true;
            interruptsOff[cpu(task)] = !programs.get(task).interruptible();
        } else if (inWindow[task]) {
            inWindow[task] = false;
        } else if (isToWait(task)) {
            passed[task] = true;
        } else {
            passed[task] = false;
            int at = position[task]++;
            perform(task, programs.get(task).ops().get(at));
        }
        settle(task);
    }

    private void drain(int task) {
        AbstractBuffers.Store store = buffer(task).remove(0);
        if (store.lock()) {
            owner[store.object()] = FREE;
            released.add(store.name());
        } else {
            words[store.object()] = store.value();
        }
    }

    /** What a task sees in a word. */
    private int seen(int task, int word) {
        return buffers.newest(cpu(task), word, words[word]);
    }

    private void store(int task, boolean lock, int object, int value) {
        buffer(task).add(new AbstractBuffers.Store(task, lock, object, value, now, locksHeld(task)));
    }

    private void perform(int task, Op op) {
        switch (op.kind()) {
            case READ -> lastRead[task] = seen(task, op.object());
            case TEST -> {
                lastRead[task] = seen(task, op.object());
                position[task] += lastRead[task] == 0 ? 0 : 1;
            }
            case SET -> words[op.object()] = op.second();
            case COPY -> words[op.object()] = lastRead[task];
            case BUMP -> {
                lastRead[task] = words[op.object()];
                words[op.object()] = (words[op.object()] + 1) % 3;
            }
            case ADD -> words[op.object()] = (words[op.object()] + words[op.second()]) % 3;
            case LOCK, LOCK_IRQ -> {
                owner[op.object()] = task;
                lastRead[task] = data[op.object()];
                data[op.object()] = (data[op.object()] + 1) % 3;
            }
            case OFF -> depth[task]++;
            case SLEEP -> {}
            case UNLOCK, ON, REPEAT -> throw new IllegalStateException("no step of its own");
        }
    }

    /** Brings a task to its next point. */
    private void settle(int task) {
        int cpu = programs.get(task).cpu();
        while (!inWindow[task]) {
            if (position[task] == programs.get(task).ops().size()) {
                if (isToWait(task)) {
                    return;
                }
                finished[task] = true;
                if (programs.get(task).handler()) {
                    interruptsOff[cpu] = false;
                }
                return;
            }
            Op op = op(task);
            if (buffers.areThere() && (op.kind() == Kind.SET || op.kind() == Kind.COPY)) {
                boolean mayBeInterrupted = hasHandlerToStrike(cpu) && !interruptsOff[cpu];
                boolean mayBePreempted = shares(task) && !keepsIt(task);
                if ((mayBeInterrupted || mayBePreempted) && !passed[task]) {
                    passed[task] = true;
                    inWindow[task] = true;
                    return;
                }
                passed[task] = false;
                store(task, false, op.object(), op.kind() == Kind.SET ? op.second() : lastRead[task]);
                position[task]++;
            } else if (op.kind() == Kind.UNLOCK) {
                if (!buffers.areThere()) {
                    owner[op.object()] = FREE;
                    released.add(lock(op.object()));
                } else {
                    store(task, true, op.object(), 0);
                    owner[op.object()] = LEAVING;
                }
                if (programs.get(task).interruptible()) {
                    interruptsOff[cpu] = false;
                    inWindow[task] = hasHandlerToStrike(cpu);
                }
                position[task]++;
            } else if (op.kind() == Kind.ON) {
                depth[task]--;
                position[task]++;
            } else if (op.kind() == Kind.REPEAT) {
                position[task] = lastRead[task] == 0 ? 0 : position[task] + 1;
            } else {
                interruptsOff[cpu] |= op.kind() == Kind.LOCK_IRQ;
                return;
            }
        }
    }

    @Override
    public int waitsFor(int task) {
        if (task >= programs.size()) {
            return storesNext(cpu(task));
        }
        if (finished[task]) {
            return NOBODY;
        }
        int handler = interrupting(task);
        if (handler != NOBODY) {
            return handler;
        }
        int keeper = keeperOf(task);
        if (keeper != NOBODY) {
            return letsGo(keeper);
        }
        if (!started[task] && interruptsOff[cpu(task)]) {
            return interrupted(task);
        }
        if (pending(task).needsEmptyBuffer() && !buffer(task).isEmpty()) {
            return programs.size() + cpu(task);
        }
        if (!started[task]) {
            return interrupted(task);
        }
        boolean acquires = !inWindow[task] && pending(task).kind() == Step.Kind.ACQUIRE;
        if (!acquires) {
            return NOBODY;
        }
        int holder = owner[op(task).object()];
        return holder == LEAVING ? programs.size() + buffers.holding(op(task).object()) : holder;
    }

    /**
     * What a search finds in it: how the executions end, and what can be seen on the way. A deadlock ends the search,
     * as it does in {@link Explorer}.
     */
    static Set<String> explore(Search search, List<AbstractTask> programs, int words, int locks, Sights sights) {
        return explore(search, programs, words, locks, sights, false);
    }

    static Set<String> explore(
            Search search, List<AbstractTask> programs, int words, int locks, Sights sights, boolean buffered) {
        Set<String> ends = new TreeSet<>();
        boolean more = true;
        while (more && sights.mayGoOn()) {
            AbstractSystem system = new AbstractSystem(programs, words, locks, sights, buffered);
            Execution execution = new Execution(system.tasks(), false, 1000);
            for (int buffer = programs.size(); buffer < system.tasks(); buffer++) {
                execution.finished(buffer);
            }
            for (int task = 0; task < programs.size(); task++) {
                if (system.isDone(task)) {
                    execution.finished(task);
                }
            }
            search.begin();
            search.begins(system);
            run(system, search, execution);
            if (execution.isComplete()) {
                ends.add(system.end());
                if (system.isStuck()) {
                    return ends;
                }
            }
            more = search.advance(execution);
        }
        return ends;
    }

    private static void run(AbstractSystem system, Search search, Execution execution) {
        while (true) {
            search.isNewTerritory();
            system.see();
            long enabled = system.enabled();
            if (enabled == 0) {
                execution.ended((Violation) null, null);
                return;
            }
            Step[] pending = system.pending();
            int next = search.choose(pending, enabled);
            if (next == Director.PRUNE) {
                execution.pruned(null);
                return;
            }
            execution.took(pending[next], system.storedAt(next), null);
            system.take(next).forEach(execution::released);
            if (system.isDone(next)) {
                execution.finished(next);
            }
        }
    }
}
