package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.rules.EffortRule;
import dev.gaugeblock.explore.harness.rules.GivenUpRule;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.explore.harness.rules.OrderRule;
import dev.gaugeblock.explore.harness.rules.PriorityRule;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.LruLists;
import dev.gaugeblock.reclaim.NodeBalance;
import dev.gaugeblock.reclaim.PageReclaim;
import dev.gaugeblock.reclaim.PageShrinker;
import dev.gaugeblock.reclaim.Pdflush;
import dev.gaugeblock.reclaim.Scan;
import dev.gaugeblock.reclaim.Shrinkers;
import dev.gaugeblock.reclaim.ZoneLru;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What frees memory in a litmus test whose machine has LRU lists or a kswapd: the real drivers over the simplest
 * shrinkers, on frames that were really allocated.
 *
 * <p>A nap of theirs ends by itself, after a while in which others run; so here it is over at once, as others may run
 * at every scheduling point anyway.
 */
public final class Reclaimers implements Shrinkers, Pdflush, CongestionWait, Stateful {
    /** Classes of the rules that are about them. */
    static final List<Class<?>> RULES =
            List.of(PriorityRule.class, EffortRule.class, OrderRule.class, GivenUpRule.class);

    private final PageAllocator allocator;
    private final Surroundings surroundings;
    private final ZoneLru[] counts;
    private final LruLists[] lists;
    private final PageShrinker shrinker;
    private final PageReclaim direct;
    private final PriorityRule priorities;
    private final EffortRule efforts;
    private final OrderRule orders;
    private final GivenUpRule givenUp;
    /** By node; {@code null} for one without. */
    private final @Nullable Kswapd[] kswapds;

    /**
     * Reclaimers of a booted machine, whose lists are empty.
     *
     * @param kswapdTasks by node: the task that runs its kswapd, or {@code null} if it has none
     * @param numbers how many numbers tasks have
     */
    // Those that it makes keep it, and call it when the programs run.
    @SuppressWarnings({"nullness:argument", "nullness:assignment"})
    Reclaimers(
            PageAllocator allocator,
            Surroundings surroundings,
            @Nullable Task[] kswapdTasks,
            int numbers,
            Scheduler scheduler) {
        this.allocator = allocator;
        this.surroundings = surroundings;
        Memory memory = allocator.memory();
        this.counts = ZoneLru.of(memory, scheduler);
        this.lists = LruLists.of(memory, counts);
        this.shrinker = new PageShrinker(allocator, lists);
        this.direct = new PageReclaim(allocator, counts, this, this, this);
        this.priorities = new PriorityRule(memory, numbers);
        this.efforts = new EffortRule(memory.zones(), numbers);
        this.kswapds = new Kswapd[memory.nodes()];
        for (int id = 0; id < kswapds.length; id++) {
            Task task = kswapdTasks[id];
            if (task != null) {
                Node node = memory.node(id);
                NodeBalance balance = new NodeBalance(node, counts, this, this, allocator.observer(), scheduler);
                kswapds[id] = new Kswapd(node, balance, allocator.observer(), task, scheduler);
            }
        }
        this.givenUp = new GivenUpRule(memory, counts);
        this.orders = new OrderRule(memory, kswapds);
    }

    /** The reclaimers of a test with LRU lists or a program that is a kswapd, or {@code null}. */
    static @Nullable Reclaimers of(
            boolean hasLru,
            Program[] programs,
            Task[] tasks,
            PageAllocator allocator,
            Surroundings surroundings,
            Scheduler scheduler) {
        @Nullable Task[] kswapds = new Task[allocator.memory().nodes()];
        boolean real = hasLru;
        for (int i = 0; i < programs.length; i++) {
            if (programs[i].kswapd) {
                kswapds[tasks[i].cpu.node] = tasks[i];
                real = true;
            }
        }
        int numbers = ProgramTasks.numbers(programs);
        return real ? new Reclaimers(allocator, surroundings, kswapds, numbers, scheduler) : null;
    }

    /**
     * Allocates frames and puts them on the lists of a zone.
     *
     * @throws InvariantBroken if the zone has too few
     */
    void fill(MachineSpec.ZoneSetting setting, Task boot) {
        LruLists ofZone = lists[setting.zone];
        for (int i = 0; i < setting.first; i++) {
            ofZone.addActive(allocate(setting, boot), boot);
        }
        for (int i = 0; i < setting.second; i++) {
            ofZone.addInactive(allocate(setting, boot), boot);
        }
        counts[setting.zone].scanActive.init(setting.third);
        counts[setting.zone].scanInactive.init(setting.third);
    }

    /** Locks pages on the inactive list of a zone, the next to be looked at, and has reclaim looked at some in vain. */
    void setInVain(MachineSpec.ZoneSetting setting) {
        Zone zone = allocator.memory().zone(setting.zone);
        int[] inactive = lists[setting.zone].inactive();
        for (int i = inactive.length - setting.first; i < inactive.length; i++) {
            zone.frame(inactive[i]).poke(PageFlags.LOCKED, 0);
        }
        zone.pagesScanned.init(setting.second);
        zone.allUnreclaimable.init(setting.third);
    }

    private PageFrame allocate(MachineSpec.ZoneSetting setting, Task boot) {
        PageFrame frame = allocator.takeUnprepared(allocator.memory().zone(setting.zone), 0, boot);
        if (frame == null) {
            throw new InvariantBroken(
                    "needs-reclaim",
                    "\"" + setting + "\" asks for more frames than boot has freed in the zone: give it more memory");
        }
        return frame;
    }

    int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        priorities.beginsGhost(task);
        int progress = direct.tryToFreePages(zones, gfp, order, task);
        priorities.endsGhost(zones, task);
        return progress;
    }

    /** kswapd has balanced its node. */
    @Ghost
    void balancedGhost(Node node) {
        priorities.hasBalancedGhost(node);
    }

    /** What is left of their efforts is judged there. */
    PriorityRule priorities() {
        return priorities;
    }

    /** What kswapd hears of the orders that it is asked for is judged there. */
    OrderRule orders() {
        return orders;
    }

    /** Whose efforts they leave behind is judged there. */
    EffortRule efforts() {
        return efforts;
    }

    /** The rules of {@link #RULES}. */
    Object[] rules() {
        return new Object[] {priorities, efforts, orders, givenUp};
    }

    /** The kswapd of a node, by its number; {@code null} if the test has none for it. */
    public @Nullable Kswapd kswapd(int node) {
        return kswapds[node];
    }

    int zones() {
        return lists.length;
    }

    /** The counts of a zone, by its number among those of all nodes. */
    public ZoneLru counts(int zone) {
        return counts[zone];
    }

    /** The lists of a zone, likewise. */
    public LruLists lists(int zone) {
        return lists[zone];
    }

    /** Whether nobody holds a lock of the lists. */
    boolean isAtRest() {
        for (LruLists ofZone : lists) {
            if (!ofZone.lock().isFree()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void refillInactive(Zone zone, int pages, Task task) {
        shrinker.refillInactive(zone, pages, task);
    }

    @Override
    public void shrinkCache(Zone zone, int pages, Scan scan, Task task) {
        int before = scan.reclaimed();
        shrinker.shrinkCache(zone, pages, scan, task);
        if (scan.reclaimed() > before) {
            surroundings.freed(task);
        }
    }

    @Override
    public int shrinkSlab(int scanned, int gfp, int lruPages, Task task) {
        return shrinker.shrinkSlab(scanned, gfp, lruPages, task);
    }

    /** Nothing here is dirty. */
    @Override
    public void wakeUp(int pages, Task task) {}

    @Override
    public void await(boolean write, int jiffies, Task task) {}

    @Override
    public void writeState(StateSink out) {
        for (int zone = 0; zone < lists.length; zone++) {
            counts[zone].writeState(out);
            lists[zone].writeState(out);
        }
        priorities.writeState(out);
        efforts.writeState(out);
        orders.writeState(out);
        for (Kswapd kswapd : kswapds) {
            if (kswapd != null) {
                kswapd.writeState(out);
            }
        }
    }
}
