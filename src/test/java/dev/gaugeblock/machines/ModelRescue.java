package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What comes to a request's rescue: the OOM killer, whose victim gives its blocks back, and others that free something
 * while the request waits. Each decision is noted, for the system to do the same.
 */
final class ModelRescue {
    /** An operation waits for memory that nobody will give it: it is broken off, on both sides at the same call. */
    static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stuck() {
            super("STUCK", null, false, false);
        }
    }

    /** A block that the session holds, for itself (pid 0) or for a process. */
    static final class Held {
        final int pfn;
        final int order;
        final int pid;
        int references = 1;
        /** How often it is mapped, locked, waited for: who has any such business with it keeps it. */
        int uses;

        Held(int pfn, int order, int pid) {
            this.pfn = pfn;
            this.order = order;
            this.pid = pid;
        }
    }

    /** A process, as behaviour 12 looks at it. */
    static final class Victim {
        final int pid;
        final int pages;
        final int nice;
        final int uid;
        final int adjustment;
        boolean hasMemory = true;
        boolean dead;
        boolean memdie;
        boolean exiting;
        boolean swapsOff;

        Victim(int pid, int pages, int nice, int uid, int adjustment) {
            this.pid = pid;
            this.pages = pages;
            this.nice = nice;
            this.uid = uid;
            this.adjustment = adjustment;
        }

        private boolean isDying() {
            return (memdie || exiting) && !dead;
        }

        /** Whether it takes until the next call to die. Of some processes, for both cases to occur. */
        static boolean takesItsTime(int pid) {
            return pid >= 50;
        }

        /** {@code badness}: none has run yet. */
        int points() {
            if (!hasMemory) {
                return 0;
            }
            int points = nice > 0 ? pages * 2 : pages;
            points = uid == 0 ? points / 4 : points;
            return adjustment >= 0 ? points << adjustment : points >> -adjustment;
        }
    }

    /** The processes that every session has. */
    static List<Victim> processes() {
        return List.of(
                new Victim(1, 5000, 0, 0, 0),
                new Victim(20, 40, 0, 1, 0),
                new Victim(30, 40, 5, 1, 0),
                new Victim(40, 400, 0, 0, 0),
                new Victim(50, 10, 0, 1, 3),
                new Victim(60, 300, 0, 1, -2));
    }

    final List<Victim> victims = processes();
    final List<Held> held = new ArrayList<>();
    /** What was given back at each call, in turn. */
    final List<List<Held>> given = new ArrayList<>();

    private int waits;
    private final ModelMemory memory;
    private final List<String> trace;

    ModelRescue(ModelMemory memory, List<String> trace) {
        this.memory = memory;
        this.trace = trace;
    }

    void beginOperation() {
        given.clear();
        waits = 0;
    }

    void congestion(int cpu) {
        trace.add("congestion_wait:1:20");
        waits++;
        List<Held> back = new ArrayList<>();
        if (waits > 1) {
            held.stream().filter(block -> block.uses == 0).findFirst().ifPresent(back::add);
            if (back.isEmpty()) {
                throw new Stuck();
            }
        }
        giveBack(back, cpu);
    }

    private void giveBack(List<Held> back, int cpu) {
        given.add(back);
        for (Held block : back) {
            held.remove(block);
            for (; block.references > 0; block.references--) {
                memory.free(block.pfn, block.order, false, cpu);
            }
        }
    }

    private @Nullable Victim choice() {
        Victim chosen = null;
        for (Victim each : victims) {
            if (each.pid > 1 && each.swapsOff) {
                return each;
            }
            if (each.pid > 1 && !each.dead && (chosen == null || each.points() > chosen.points())) {
                chosen = each;
            }
        }
        return chosen;
    }

    /** Number of the process that will be killed next, 0 if nobody is left. */
    int worst() {
        Victim next = choice();
        return next == null ? 0 : next.pid;
    }

    void outOfMemory(int gfp, int cpu) {
        for (Victim each : victims) {
            if (each.pid > 1 && each.isDying()) {
                trace.add("waits");
                victims.stream().filter(Victim::isDying).forEach(dying -> dying.dead = true);
                giveBackOfTheDead(cpu);
                return;
            }
            if (each.pid > 1 && each.swapsOff) {
                break;
            }
        }
        Victim victim = choice();
        if (victim == null || !victim.hasMemory) {
            throw new Stuck();
        }
        trace.add("killed:" + victim.pid);
        victim.memdie = true;
        victim.dead = !Victim.takesItsTime(victim.pid);
        giveBackOfTheDead(cpu);
    }

    private void giveBackOfTheDead(int cpu) {
        List<Integer> pids = new ArrayList<>();
        for (Victim each : victims) {
            if (each.dead) {
                each.hasMemory = false;
                each.swapsOff = false;
                pids.add(each.pid);
            }
        }
        giveBack(
                held.stream()
                        .filter(block -> pids.contains(block.pid) && block.uses == 0)
                        .toList(),
                cpu);
    }
}
