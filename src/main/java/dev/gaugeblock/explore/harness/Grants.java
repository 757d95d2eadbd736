package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.explore.harness.rules.ListedFramesRule;
import dev.gaugeblock.explore.harness.rules.NofailRule;
import dev.gaugeblock.explore.harness.rules.ReclaimRule;
import dev.gaugeblock.explore.harness.rules.ZonelistRule;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The checker of the allocation policy: whether each block that was handed out could be, by the rules of behaviour 9
 * written down a second time and in another way. The count of free pages is the one that the allocator had read, for it
 * may have changed since.
 *
 * <p>Each rule is checked when a block is granted, or a task sleeps; what was wrong first is kept.
 */
@Ghost("Only invariants read whether something is wrong; of two wrong things either will do.")
public final class Grants implements AllocationObserver {
    private @Nullable Memory memory;
    private @Nullable ReclaimRule reclaim;
    private @Nullable ZonelistRule zonelists;
    private final NofailRule nofail = new NofailRule();
    private final ListedFramesRule listed;
    /** How many numbers tasks have. */
    private final int tasks;
    /** {@code null} if nothing really reclaims. */
    private @Nullable Reclaimers reclaimers;
    /** {@code null} while the machine boots. */
    private @Nullable Refinement refinement;

    private List<String> without = List.of();
    /** {@code null} if nobody wants to hear of decisions. */
    private @Nullable DecisionListener listener;

    /** By task number: why what its pass may take now is a block too many; {@code null} if it is none. */
    private final @Nullable String[] doubts;

    private @Nullable String outsideZonelist;
    private @Nullable String unjustified;
    private @Nullable String sleptWrongly;

    /**
     * Observes nothing yet.
     *
     * @param tasks how many numbers tasks have
     */
    public Grants(int tasks) {
        this.tasks = tasks;
        this.listed = new ListedFramesRule(tasks);
        this.doubts = new String[tasks];
    }

    /** Says which machine is observed, once it is booted. */
    void observe(Memory booted, MachineLayout layout, Cpu[] cpus) {
        memory = booted;
        zonelists = new ZonelistRule(layout, cpus, booted);
        reclaim = new ReclaimRule(booted.zones(), tasks);
    }

    /** Boot has freed its memory: from now on, the contract steps; invariants of these ids are not judged. */
    void refine(Memory booted, int cpus, List<String> switchedOff) {
        refinement = new Refinement(booted, cpus, tasks, !switchedOff.contains(Refinement.ID));
        without = switchedOff;
    }

    /** From now on, memory is really reclaimed. */
    void observe(Reclaimers real) {
        reclaimers = real;
    }

    /** Ids of the invariants that are not judged. */
    List<String> without() {
        return without;
    }

    /** The order in which nodes are tried is judged there. */
    ZonelistRule zonelists() {
        return Objects.requireNonNull(zonelists);
    }

    /** What it hears of kswapd is judged there. */
    ReclaimRule reclaim() {
        return Objects.requireNonNull(reclaim);
    }

    /** A program begins a request. */
    @Ghost
    void asksGhost(Task task) {
        listed.asksGhost(task);
    }

    /** A request got nothing: which must not be refused is judged there. */
    @Ghost
    void refusedGhost(int gfp, int order, Task task) {
        Memory all = Objects.requireNonNull(memory);
        nofail.refusedGhost(gfp, order, all, task);
        listed.refusedGhost(gfp, order, all, task);
    }

    /** A request has called reclaim, which made progress or did not. */
    @Ghost
    void reclaimedGhost(int progress, Task task) {
        if (progress > 0) {
            listed.reclaimsGhost(task);
        }
    }

    /** What it hears of linearization points is judged there. */
    Refinement refinement() {
        return Objects.requireNonNull(refinement);
    }

    /** The rules above, and others. */
    Object[] rulesAnd(Object... others) {
        Object[] ofReclaim = reclaimers == null ? new Object[0] : reclaimers.rules();
        Object[] own = {reclaim(), zonelists(), nofail, listed, refinement()};
        Object[] all = new Object[own.length + ofReclaim.length + others.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(ofReclaim, 0, all, own.length, ofReclaim.length);
        System.arraycopy(others, 0, all, own.length + ofReclaim.length, others.length);
        return all;
    }

    /** From now on, decisions are told. */
    void tell(DecisionListener toWhom) {
        listener = toWhom;
    }

    @Override
    public void tested(
            Zone zone, int freePages, int order, int mark, int classZone, int leeway, boolean passes, Task task) {
        if (refinement != null) {
            refinement.looksGhost(zone, freePages, task);
        }
        if (listener != null) {
            listener.decided(Decision.ofTest(zone, freePages, order, mark, classZone, leeway, passes));
        }
    }

    /** kswapd has balanced its node. */
    void balancedGhost(Node node, Task task) {
        reclaim().hasBalancedGhost(node, task);
    }

    @Override
    public void asksKswapd(Node node, int order, Task task) {
        if (reclaimers != null) {
            reclaimers.orders().asksGhost(node, order);
        }
    }

    @Override
    public void kswapdHears(Node node, int order, Task task) {
        if (reclaimers != null) {
            reclaimers.orders().hearsGhost(node, order);
        }
    }

    @Override
    public void makesEffort(Zone zone, int priority, Task task) {
        if (reclaimers != null) {
            reclaimers.efforts().makesGhost(zone, priority, task);
        }
    }

    @Override
    public void leavesEffort(Zone zone, int priority, Task task) {
        Reclaimers real = reclaimers;
        if (real != null) {
            real.efforts().leavesGhost(zone, priority, task);
            real.priorities().leavesGhost(zone, priority);
        }
    }

    @Override
    public void balances(Zone zone, boolean satisfied, Task task) {
        reclaim().looksGhost(zone, satisfied);
    }

    @Override
    public void givesUp(Zone zone, boolean done, Task task) {
        reclaim().givesUpGhost(zone, task);
    }

    @Override
    public void foundNothing(Zone zone, int order, Task task) {
        if (refinement != null) {
            refinement.foundNothingGhost(zone, task);
        }
        if (listener != null) {
            listener.decided(zone.name() + " has no free block of order " + order + " or larger");
        }
    }

    @Override
    public void permits(Zone zone, int gfp, int order, int mark, int freePages, Task task) {
        doubtGhost(zone, gfp, order, mark, freePages, task);
    }

    @Override
    public void granted(Zone zone, int gfp, int order, int mark, Task task) {
        if (refinement != null) {
            refinement.handedOverGhost(task);
        }
        judgeGhost(zone, gfp, order, mark, task);
    }

    @Override
    public void allocates(PageFrame block, int order, Task task) {
        if (refinement != null) {
            refinement.allocatesGhost(block, order, task);
        }
    }

    @Override
    public void frees(PageFrame block, int order, Task task) {
        if (refinement != null) {
            refinement.freesGhost(block, order, task);
        }
    }

    @Override
    public void counts(PageFrame frame, int change, int left, Task task) {
        if (refinement != null) {
            refinement.countsGhost(frame, change, left, task);
        }
    }

    private void judgeGhost(Zone zone, int gfp, int order, int mark, Task task) {
        String grant = task + " got order " + order + " from " + zone + " with gfp " + Gfp.toString(gfp);
        if (zone.index > highestZone(gfp)) {
            outsideZonelist = first(outsideZonelist, grant);
        }
        boolean entitled = (task.memalloc || task.knowsOfDeath()) && !task.inInterrupt;
        if (mark == ZoneMarks.NONE) {
            unjustified = entitled ? unjustified : first(unjustified, grant + " without a watermark");
            return;
        }
        String doubt = doubts[task.number];
        if (doubt != null) {
            unjustified = first(unjustified, grant + ", but " + doubt);
        }
        doubts[task.number] = null;
    }

    /** Notes why a pass may not take a block, by what it has read, if so it is. */
    private void doubtGhost(Zone zone, int gfp, int order, int mark, int freePages, Task task) {
        int left = freePages - (1 << order) + 1;
        int least = zone.marks.leastGhost(mark);
        int floor = least;
        boolean urgent = (gfp & Gfp.HIGH) != 0;
        boolean impatient = (gfp & Gfp.WAIT) == 0 || task.realTime && !task.inInterrupt;
        if (mark == ZoneMarks.MIN) {
            floor = relaxed(floor, urgent, impatient);
        }
        int reserve = zone.marks.leastReserveGhost(classZone(gfp, task));
        doubts[task.number] = left > floor + reserve
                ? null
                : Decision.sum(freePages, order, floor, reserve) + " does not hold: of mark " + least
                        + " this request must leave " + floor;
    }

    /** Whether what a task may take now, if it finds it, is a block too many. */
    void writeState(Task task, StateSink out) {
        out.put(doubts[task.number] == null ? 0 : 1);
    }

    /** A task sleeps, or reclaims and so may sleep, for a request. */
    void sleepsGhost(int gfp, Task task) {
        if ((gfp & Gfp.WAIT) == 0 || task.inInterrupt) {
            sleptWrongly = first(sleptWrongly, task + " with gfp " + Gfp.toString(gfp));
        }
    }

    /**
     * An urgent request may use half the mark, rounded down; an impatient one a quarter of what remains, rounded down.
     */
    private static int relaxed(int mark, boolean urgent, boolean impatient) {
        int half = urgent ? mark >> 1 : 0;
        int quarter = impatient ? mark - half >> 2 : 0;
        return mark - half - quarter;
    }

    private static int highestZone(int gfp) {
        if ((gfp & Gfp.DMA) != 0) {
            return Zone.DMA;
        }
        return (gfp & Gfp.HIGHMEM) != 0 ? Zone.HIGHMEM : Zone.NORMAL;
    }

    /**
     * The highest permitted zone that has frames, in the node that the task asks, or else in the first node that it is
     * sent to.
     */
    private int classZone(int gfp, Task task) {
        Node own = Objects.requireNonNull(memory).node(task.askedNodeGhost());
        for (int index = highestZone(gfp); index >= 0; index--) {
            if (own.zone(index).present > 0) {
                return index;
            }
        }
        return own.zonelist(gfp & Gfp.ZONE_MASK).zone(0).index;
    }

    private static String first(@Nullable String earlier, String now) {
        return earlier == null ? now : earlier;
    }

    @Invariant(
            id = "grant-zone",
            says = "No block comes from a zone outside the request's zonelist.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String zonePermitted() {
        return outsideZonelist;
    }

    @Invariant(
            id = "grant-justified",
            says =
                    "Every success is justified by a pass that allows it: the counts that it read lie above the pass's mark and the"
                            + " zone's reserve, or the task may use everything.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String grantJustified() {
        return unjustified;
    }

    @Invariant(
            id = "sleep-needs-wait",
            says = "No task reclaims or sleeps for a request without __GFP_WAIT, nor in an interrupt.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String sleepsOnlyWithWait() {
        return sleptWrongly;
    }
}
