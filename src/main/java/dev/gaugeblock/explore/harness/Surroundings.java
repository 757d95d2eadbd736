package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.Kswapd;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The parts around the allocator in a litmus test. Without {@link Reclaimers}, kswapd wakes, and does nothing, and
 * reclaim does what the program that calls it says; likewise the OOM killer without {@link Processes}. Whoever waits
 * for memory sleeps until some was freed since the program last looked.
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

    private final ProgramMemory[] memories;
    /** By the number of the node: whether a kswapd that really reclaims was ever woken. */
    @Ghost("Outcomes read it; it only ever becomes true.")
    private final boolean[] kswapdWoken;

    Surroundings(Simulation simulation, int nodes, Grants grants, Program[] programs, Scheduler scheduler) {
        this.simulation = simulation;
        this.grants = grants;
        this.scheduler = scheduler;
        this.kswapdAwake = new SharedWord[nodes];
        for (int node = 0; node < nodes; node++) {
            kswapdAwake[node] = new SharedWord(nodes == 1 ? "kswapd awake" : "kswapd" + node + " awake", scheduler);
        }
        this.memoryFreed = new SharedWord("memory freed", scheduler);
        this.kswapdWoken = new boolean[nodes];
        this.memories = new ProgramMemory[programs.length];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new ProgramMemory();
        }
        boolean mayWait = false;
        for (Program program : programs) {
            mayWait |= program.mayWait();
        }
        this.someoneMayWait = mayWait;
    }

    /** From now on, memory is really reclaimed. */
    void use(Reclaimers real) {
        reclaimers = real;
        grants.observe(real);
    }

    /** From now on, the OOM killer really kills. */
    void use(Processes real) {
        processes = real;
    }

    private @Nullable Kswapd kswapd(int node) {
        Reclaimers real = reclaimers;
        return real == null ? null : real.kswapd(node);
    }

    /** kswapd has balanced its node. */
    @Ghost
    void balancedGhost(Node node, Task task) {
        grants.balancedGhost(node, task);
        if (reclaimers != null) {
            reclaimers.balancedGhost(node);
        }
    }

    /** Whether the kswapd of a node was ever woken. */
    boolean isKswapdAwake(int node) {
        return kswapdWoken[node] || kswapdAwake[node].peek() != 0;
    }

    /** A program begins a request that may wait: what is freed from now on is news to it. */
    void looks(int program, Task task) {
        memories[program].freesSeen = memoryFreed.get(task);
    }

    ProgramMemory memoryOf(Task task) {
        return memories[simulation.tasks().programOf(task)];
    }

    /** A task has given memory back. */
    void freed(Task task) {
        if (someoneMayWait) {
            memoryFreed.addLocked(1, task);
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
            kswapdAwake[node].setMb(1, task);
        } else {
            kswapd.wakeUp(task);
            noteWokenGhost(node);
        }
    }

    @Ghost
    private void noteWokenGhost(int node) {
        kswapdWoken[node] = true;
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        grants.sleepsGhost(gfp, task);
        if (processes != null) {
            memoryOf(task).wants(zones, order);
        }
        Reclaimers real = reclaimers;
        int progress = real == null ? reclaimAsTold(task) : real.tryToFreePages(zones, gfp, order, task);
        grants.reclaimedGhost(progress, task);
        return progress;
    }

    private int reclaimAsTold(Task task) {
        int program = simulation.tasks().programOf(task);
        Reaction reaction = simulation.program(program).reclaim(memories[program].reclaims++);
        if (reaction == null) {
            return 0;
        }
        simulation.react(program, reaction);
        return reaction.progress ? 1 : 0;
    }

    /**
     * Without {@link Processes}, does what the program says; if that is nothing, waits for memory as the victim's death
     * would give.
     */
    @Override
    public void outOfMemory(int gfp, Task task) {
        grants.sleepsGhost(gfp, task);
        int program = simulation.tasks().programOf(task);
        Processes real = processes;
        if (real != null) {
            real.killer().outOfMemory(gfp, task);
            return;
        }
        Reaction reaction = simulation.program(program).kill(memories[program].kills++);
        if (reaction == null) {
            waitForMemory(task);
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
        ProgramMemory memory = memoryOf(task);
        memory.freesSeen = memoryFreed.awaitChange(memory.freesSeen, "memory to be freed", task);
    }

    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {
        throw new InvariantBroken("bad-page", function + " found " + frame + " in a bad state: ", new BadState(frame));
    }

    /** What is wrong with a frame, when somebody asks. */
    private static final class BadState {
        private final PageFrame frame;

        BadState(PageFrame frame) {
            this.frame = frame;
        }

        @Override
        public String toString() {
            return frame.references() + " references"
                    + (frame.has(PageFlags.PRIVATE) ? ", marked as a free block of order " + frame.privateData() : "")
                    + (frame.has(PageFlags.LOCKED) ? ", locked" : "")
                    + (frame.has(PageFlags.WRITEBACK) ? ", under writeback" : "");
        }
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {}

    /** Without the parts that are about one program. */
    @Override
    public void writeState(StateSink out) {
        for (SharedWord ofNode : kswapdAwake) {
            ofNode.writeState(out);
        }
        for (boolean woken : kswapdWoken) {
            out.put(woken ? 1 : 0);
        }
        memoryFreed.writeState(out);
    }

    /** The part of the state that is about one program. */
    void writeProgram(int program, StateSink out) {
        out.put(memories[program].reclaims);
        out.put(memories[program].kills);
        out.put(simulation.tasks().isBusy(program) ? memories[program].freesSeen : -1);
    }
}
