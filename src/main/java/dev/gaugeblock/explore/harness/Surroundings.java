package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.Kswapd;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The parts around the allocator in a litmus test. Without {@link Reclaimers}, kswapd wakes, and does nothing, and reclaim does
 * what the program that calls it says; likewise the OOM killer without {@link Processes}. Whoever waits for memory sleeps until
 * some was freed since the program last looked.
 */
final class Surroundings implements DirectReclaim, OomKiller, KswapdQueue, CongestionWait, KernelLog, Stateful {
    private final Simulation simulation;
    private final Scheduler scheduler;
    private final Grants grants;
    /** By the number of the node. */
    private final SharedWord[] kswapdAwake;

    /** How often memory was given back. Counted only if some program may wait for that. */
    private final SharedWord memoryFreed;

    private final boolean someoneMayWait;
    /** What really reclaims, or {@code null} if the programs say what does. */
    private @Nullable Reclaimers reclaimers;

    /** Those that the OOM killer really chooses from, or {@code null} if the programs say what it does. */
    private @Nullable Processes processes;

    private final int[] reclaims;
    private final int[] kills;
    /** For each program, how often memory had been freed when it last looked. */
    private final int[] freesSeen;

    Surroundings(Simulation simulation, int nodes, Grants grants, Program[] programs, Scheduler scheduler) {
        this.simulation = simulation;
        this.grants = grants;
        this.scheduler = scheduler;
        this.kswapdAwake = new SharedWord[nodes];
        for (int node = 0; node < nodes; node++) {
            kswapdAwake[node] = new SharedWord(nodes == 1 ? "kswapd awake" : "kswapd" + node + " awake", scheduler);
        }
        this.memoryFreed = new SharedWord("memory freed", scheduler);
        this.reclaims = new int[programs.length];
        this.kills = new int[programs.length];
        this.freesSeen = new int[programs.length];
        boolean mayWait = false;
        for (Program program : programs) {
            mayWait |= program.mayWait();
        }
        this.someoneMayWait = mayWait;
    }

    /** From now on, memory is really reclaimed. */
    void use(Reclaimers real) {
        reclaimers = real;
    }

    /** From now on, the OOM killer really kills. */
    void use(Processes real) {
        processes = real;
    }

    private @Nullable Kswapd kswapd(int node) {
        Reclaimers real = reclaimers;
        return real == null ? null : real.kswapd(node);
    }

    /** Whether the kswapd of a node was ever woken. */
    boolean isKswapdAwake(int node) {
        return kswapdAwake[node].peek() != 0;
    }

    /** A program begins a request that may wait: what is freed from now on is news to it. */
    void looks(int program, Task task) {
        noteSeenOwned(program, memoryFreed.get(task));
    }

    private void noteSeenOwned(int program, int frees) {
        freesSeen[program] = frees;
    }

    private int seenOwned(int program) {
        return freesSeen[program];
    }

    /** A task has given memory back. */
    void freed(Task task) {
        if (someoneMayWait) {
            memoryFreed.add(1, task);
        }
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        Kswapd kswapd = kswapd(node);
        return kswapd == null ? kswapdAwake[node].get(task) == 0 : kswapd.isAsleep(task);
    }

    @Override
    public void wakeUp(int node, Task task) {
        Kswapd kswapd = kswapd(node);
        if (kswapd == null) {
            kswapdAwake[node].set(1, task);
        } else {
            kswapd.wakeUp(task);
            noteWokenOwned(node);
        }
    }

    private void noteWokenOwned(int node) {
        kswapdAwake[node].init(1);
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        grants.sleepsOwned(gfp, task);
        int program = simulation.tasks().programOf(task);
        Reclaimers real = reclaimers;
        if (real != null) {
            return real.tryToFreePages(zones, gfp, order, task);
        }
        Reaction reaction = simulation.program(program).reclaim(nextOwned(reclaims, program));
        if (reaction == null) {
            return 0;
        }
        simulation.react(program, reaction);
        return reaction.progress ? 1 : 0;
    }

    /** Without {@link Processes}, does what the program says; if that is nothing, waits for memory as the victim's death would give. */
    @Override
    public void outOfMemory(int gfp, Task task) {
        grants.sleepsOwned(gfp, task);
        int program = simulation.tasks().programOf(task);
        Processes real = processes;
        if (real != null) {
            real.killer().outOfMemory(gfp, task);
            return;
        }
        Reaction reaction = simulation.program(program).kill(nextOwned(kills, program));
        if (reaction == null) {
            waitForMemory(program, task);
        } else {
            simulation.react(program, reaction);
        }
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        waitForMemory(task);
    }

    /** The task sleeps until memory was freed since its program last looked. */
    void waitForMemory(Task task) {
        waitForMemory(simulation.tasks().programOf(task), task);
    }

    private void waitForMemory(int program, Task task) {
        scheduler.sleepUntil(new MemoryFreed(memoryFreed, seenOwned(program)), task);
        noteSeenOwned(program, memoryFreed.peek());
    }

    private static int nextOwned(int[] calls, int program) {
        return calls[program]++;
    }

    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {
        throw new InvariantBroken(
                "bad-page",
                function + " found " + frame + " in a bad state: " + frame.references() + " references"
                        + (frame.has(PageFlags.PRIVATE)
                                ? ", marked as a free block of order " + frame.privateData()
                                : "")
                        + (frame.has(PageFlags.LOCKED) ? ", locked" : ""));
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {}

    /** Without the parts that are about one program. */
    @Override
    public void writeState(StateSink out) {
        for (SharedWord ofNode : kswapdAwake) {
            ofNode.writeState(out);
        }
        memoryFreed.writeState(out);
    }

    /** The part of the state that is about one program. */
    void writeProgram(int program, StateSink out) {
        out.put(reclaims[program]);
        out.put(kills[program]);
        out.put(simulation.tasks().isBusy(program) ? freesSeen[program] : -1);
    }

    /** Due once memory was freed after the sleeper last looked. */
    private static final class MemoryFreed implements Wakeup {
        private final SharedWord freed;
        private final int seen;

        MemoryFreed(SharedWord freed, int seen) {
            this.freed = freed;
            this.seen = seen;
        }

        @Override
        public boolean isDue() {
            return freed.peek() != seen;
        }

        @Override
        public Object word() {
            return freed;
        }

        @Override
        public String what() {
            return "memory to be freed";
        }
    }
}
