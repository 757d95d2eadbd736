package dev.gaugeblock.explore;

import dev.gaugeblock.explore.AbstractTask.Kind;
import dev.gaugeblock.explore.AbstractTask.Op;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.StateHash;
import dev.gaugeblock.explore.state.StateKey;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A system of tasks on words and locks, without an allocator: what a {@link Search} leads through, thousands of times a
 * second, in the place of {@link ExploringScheduler}. Its whole state is known, so what it can lead to is also found by
 * going to every state.
 */
final class AbstractSystem implements SchedulingPoint {
    private static final int FREE = -1;

    private final List<AbstractTask> programs;
    private final int[] handlerOf;
    private final int[] words;
    private final int[] data;
    private final int[] owner;
    private final int[] position;
    private final int[] lastRead;
    private final boolean[] inWindow;
    private final boolean[] started;
    private final boolean[] finished;
    private final boolean[] interruptsOff;
    private final Sights sights;
    private List<String> released = new ArrayList<>();

    AbstractSystem(List<AbstractTask> programs, int words, int locks, Sights sights) {
        this.programs = programs;
        this.sights = sights;
        int tasks = programs.size();
        this.words = new int[words];
        this.data = new int[locks];
        this.owner = new int[locks];
        Arrays.fill(owner, FREE);
        this.position = new int[tasks];
        this.lastRead = new int[tasks];
        this.inWindow = new boolean[tasks];
        this.started = new boolean[tasks];
        this.finished = new boolean[tasks];
        this.interruptsOff = new boolean[tasks];
        this.handlerOf = new int[tasks];
        Arrays.fill(handlerOf, NOBODY);
        for (int task = 0; task < tasks; task++) {
            if (programs.get(task).handler()) {
                handlerOf[programs.get(task).cpu()] = task;
            }
        }
        for (int task = 0; task < tasks; task++) {
            if (!programs.get(task).handler()) {
                started[task] = true;
                settle(task);
            }
        }
    }

    private AbstractSystem(AbstractSystem other) {
        programs = other.programs;
        sights = other.sights;
        handlerOf = other.handlerOf;
        words = other.words.clone();
        data = other.data.clone();
        owner = other.owner.clone();
        position = other.position.clone();
        lastRead = other.lastRead.clone();
        inWindow = other.inWindow.clone();
        started = other.started.clone();
        finished = other.finished.clone();
        interruptsOff = other.interruptsOff.clone();
    }

    /**
     * What a search finds in it: how the executions end, and what can be seen on the way. A deadlock ends the search,
     * as it does in {@link Explorer}.
     */
    static Set<String> explore(Search search, List<AbstractTask> programs, int words, int locks, Sights sights) {
        Set<String> ends = new TreeSet<>();
        boolean more = true;
        while (more && sights.mayGoOn()) {
            AbstractSystem system = new AbstractSystem(programs, words, locks, sights);
            Execution execution = new Execution(programs.size(), false, 1000);
            search.begin();
            search.begins(system);
            system.run(search, execution);
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
        sights.see(words, data, owner, this::text);
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

    private void run(Search search, Execution execution) {
        while (true) {
            search.isNewTerritory();
            sights.see(words, data, owner, this::text);
            long enabled = enabled();
            if (enabled == 0) {
                execution.ended((Violation) null, null);
                return;
            }
            Step[] pending = pending();
            int next = search.choose(pending, enabled);
            if (next == Director.PRUNE) {
                execution.pruned(null);
                return;
            }
            execution.took(pending[next], null);
            step(next);
            released.forEach(execution::released);
            if (finished[next]) {
                execution.finished(next);
            }
        }
    }

    private boolean isStuck() {
        for (boolean done : finished) {
            if (!done) {
                return true;
            }
        }
        return false;
    }

    private String end() {
        return isStuck() ? "deadlock" : text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int[] numbers : new int[][] {words, data, owner, position, lastRead}) {
            text.append(Arrays.toString(numbers));
        }
        for (boolean[] flags : new boolean[][] {inWindow, started, finished, interruptsOff}) {
            text.append(Arrays.toString(flags));
        }
        return text.toString();
    }

    private Op op(int task) {
        return programs.get(task).ops().get(position[task]);
    }

    private int handler(int task) {
        return handlerOf[programs.get(task).cpu()];
    }

    private Step[] pending() {
        Step[] pending = new Step[programs.size()];
        for (int task = 0; task < pending.length; task++) {
            pending[task] = finished[task] ? null : pending(task);
        }
        return pending;
    }

    private Step pending(int task) {
        Step step = access(task);
        return step.watched(sights.watch().sees(step, locksHeld(task)));
    }

    private Step access(int task) {
        int cpu = handler(task) == NOBODY ? -1 : programs.get(task).cpu();
        if (!started[task]) {
            return new Step(task, Step.Kind.INTERRUPT, "", cpu);
        }
        if (inWindow[task]) {
            return new Step(task, Step.Kind.WINDOW, "", cpu);
        }
        Op op = op(task);
        String word = word(op.object());
        return switch (op.kind()) {
            case READ, TEST -> new Step(task, Step.Kind.READ, word, cpu);
            case SET, COPY, BUMP -> new Step(task, Step.Kind.WRITE, word, cpu);
            case ADD -> new Step(task, Step.Kind.WRITE, word, cpu).alsoReading(word(op.second()));
            case SLEEP -> new Step(task, Step.Kind.WAKE, word, cpu);
            case LOCK, LOCK_IRQ -> new Step(task, Step.Kind.ACQUIRE, lock(op.object()), cpu);
            case UNLOCK, REPEAT -> throw new IllegalStateException("no step of its own");
        };
    }

    static String word(int number) {
        return "word " + number;
    }

    static String lock(int number) {
        return "lock " + number;
    }

    private long enabled() {
        long enabled = 0;
        for (int task = 0; task < programs.size(); task++) {
            enabled |= isEnabled(task) ? 1L << task : 0;
        }
        return enabled;
    }

    private boolean isEnabled(int task) {
        if (finished[task]) {
            return false;
        }
        int handler = handler(task);
        if (handler == task && !started[task]) {
            return !interruptsOff[programs.get(task).cpu()];
        }
        boolean interrupted = handler != NOBODY && handler != task && started[handler] && !finished[handler];
        return !interrupted && isReady(task);
    }

    private boolean isReady(int task) {
        if (inWindow[task]) {
            return true;
        }
        return switch (op(task).kind()) {
            case LOCK, LOCK_IRQ -> owner[op(task).object()] == FREE;
            case SLEEP -> words[op(task).object()] != 0;
            default -> true;
        };
    }

    private void step(int task) {
        released = new ArrayList<>();
        if (!started[task]) {
            started[task] = true;
            interruptsOff[programs.get(task).cpu()] = true;
        } else if (inWindow[task]) {
            inWindow[task] = false;
        } else {
            int at = position[task]++;
            perform(task, programs.get(task).ops().get(at));
        }
        settle(task);
    }

    private void perform(int task, Op op) {
        switch (op.kind()) {
            case READ -> lastRead[task] = words[op.object()];
            case TEST -> {
                lastRead[task] = words[op.object()];
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
            case SLEEP -> {}
            case UNLOCK, REPEAT -> throw new IllegalStateException("no step of its own");
        }
    }

    /** Brings a task to its next point. */
    private void settle(int task) {
        int cpu = programs.get(task).cpu();
        while (!inWindow[task]) {
            if (position[task] == programs.get(task).ops().size()) {
                finished[task] = true;
                if (programs.get(task).handler()) {
                    interruptsOff[cpu] = false;
                }
                return;
            }
            Op op = op(task);
            if (op.kind() == Kind.UNLOCK) {
                owner[op.object()] = FREE;
                released.add(lock(op.object()));
                if (!programs.get(task).handler()) {
                    interruptsOff[cpu] = false;
                    inWindow[task] = handler(task) != NOBODY && !started[handler(task)];
                }
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
    public StateKey state() {
        StateHash hash = new StateHash();
        text().chars().forEach(hash::put);
        return hash.key();
    }

    @Override
    public void listen() {
        // What a task has seen is part of the state.
    }

    @Override
    public Observations.Seen seen() {
        return new Observations.Seen(new StateKey[0], 0);
    }

    @Override
    public void restoreSeen(Observations.Seen seen) {
        // What a task has seen is part of the state.
    }

    @Override
    public boolean isUnfinished(int task) {
        return !finished[task];
    }

    @Override
    public int waitsFor(int task) {
        int handler = handler(task);
        if (handler != NOBODY && handler != task && started[handler] && !finished[handler]) {
            return handler;
        }
        if (!started[task]) {
            return interrupted(task);
        }
        boolean acquires = !inWindow[task] && pending(task).kind() == Step.Kind.ACQUIRE;
        return acquires ? owner[op(task).object()] : NOBODY;
    }

    private int interrupted(int handler) {
        for (int task = 0; task < programs.size(); task++) {
            if (task != handler
                    && programs.get(task).cpu() == programs.get(handler).cpu()) {
                return task;
            }
        }
        return NOBODY;
    }

    @Override
    public Set<String> locksHeld(int task) {
        Set<String> locks = new TreeSet<>();
        for (int lock = 0; lock < owner.length; lock++) {
            if (owner[lock] == task) {
                locks.add(lock(lock));
            }
        }
        return locks;
    }

    @Override
    public List<String> released() {
        return released;
    }
}
