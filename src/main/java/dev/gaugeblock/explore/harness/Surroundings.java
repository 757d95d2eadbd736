package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;

/**
 * The parts around the allocator in a litmus test. kswapd wakes, and does nothing; reclaim and the OOM killer do what the
 * program that calls them says; and whoever waits for memory sleeps until some was freed since the program last looked.
 */
final class Surroundings implements DirectReclaim, OomKiller, KswapdQueue, CongestionWait, KernelLog {
    private final Simulation simulation;
    private final Scheduler scheduler;
    private final Grants grants;
    private final SharedWord kswapdAwake;
    private final int[] reclaims;
    private final int[] kills;
    /** For each program, how often memory had been freed when it last looked. */
    private final int[] freesSeen;

    Surroundings(Simulation simulation, Grants grants, int programs, Scheduler scheduler) {
        this.simulation = simulation;
        this.grants = grants;
        this.scheduler = scheduler;
        this.kswapdAwake = new SharedWord("kswapd awake", scheduler);
        this.reclaims = new int[programs];
        this.kills = new int[programs];
        this.freesSeen = new int[programs];
    }

    boolean isKswapdAwake() {
        return kswapdAwake.peek() != 0;
    }

    /** A program begins to allocate: what is freed from now on is news to it. */
    void looks(int program) {
        freesSeen[program] = simulation.frees();
    }

    @Override
    public boolean isAsleep(Task task) {
        return kswapdAwake.get(task) == 0;
    }

    @Override
    public void wakeUp(Task task) {
        kswapdAwake.set(1, task);
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        grants.sleeps(gfp, task);
        int program = simulation.programOf(task);
        Reaction reaction = simulation.program(program).reclaim(reclaims[program]++);
        if (reaction == null) {
            return 0;
        }
        simulation.react(program, reaction);
        return reaction.progress ? 1 : 0;
    }

    /** Does what the program says; if that is nothing, waits for memory as the victim's death would give. */
    @Override
    public void outOfMemory(int gfp, Task task) {
        grants.sleeps(gfp, task);
        int program = simulation.programOf(task);
        Reaction reaction = simulation.program(program).kill(kills[program]++);
        if (reaction == null) {
            waitForMemory(program, task);
        } else {
            simulation.react(program, reaction);
        }
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        waitForMemory(simulation.programOf(task), task);
    }

    private void waitForMemory(int program, Task task) {
        scheduler.sleepUntil(new MemoryFreed(simulation, freesSeen[program]), task);
        looks(program);
    }

    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {
        throw new InvariantBroken("bad-page", function + " found " + frame + " in a bad state");
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {}

    /** Due once memory was freed after the sleeper last looked. */
    private static final class MemoryFreed implements Wakeup {
        private final Simulation simulation;
        private final int seen;

        MemoryFreed(Simulation simulation, int seen) {
            this.simulation = simulation;
            this.seen = seen;
        }

        @Override
        public boolean isDue() {
            return simulation.frees() != seen;
        }

        @Override
        public Object word() {
            return null;
        }

        @Override
        public String what() {
            return "memory to be freed";
        }
    }
}
