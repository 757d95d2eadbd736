package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.ForeignLists;
import dev.gaugeblock.mm.FreeArea;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import dev.gaugeblock.pagebuf.BufferHash;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.DelayedWrites;
import dev.gaugeblock.pagebuf.LiveBuffers;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.LruLists;
import dev.gaugeblock.reclaim.OutOfMemory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks, in a state in which every task stands at a scheduling point, the invariants whose guards are free.
 *
 * <p>What a guard protects changes only while the guard is held, so an engine that pays dearly for each check may check
 * just what was held since the last time: guards are given as a set of bits.
 */
public final class InvariantChecker {
    /** Every guard there is. */
    public static final int EVERYTHING = -1;

    /** The guard of {@code kmap_lock}'s data. */
    public static final int KMAP = 1 << 29;

    /** The guard of the LRU lists of all zones. */
    private static final int LRU = 1 << 28;

    /** What needs all guards to be free. */
    private static final int ALL = 1 << 30;

    /** What needs all guards to be free, and every program to be between two operations. */
    private static final int IDLE = 1 << 31;

    /**
     * Whatever the machine has many of, with a guard for each. Of the rest there is one, or it is found by
     * {@link #theOnly}.
     */
    private static final List<Class<?>> GUARDED_EACH =
            List.of(BuddyLists.class, ZoneMarks.class, PerCpuPages.class, LruLists.class);

    private final Entry[] ofBuddyLists = entries(InvariantCatalogue.about(BuddyLists.class));
    private final Entry[] ofMarks = entries(InvariantCatalogue.about(ZoneMarks.class));
    private final Entry[] ofPerCpuLists = entries(InvariantCatalogue.about(PerCpuPages.class));
    private final Entry[] ofLruLists = entries(InvariantCatalogue.about(LruLists.class));
    private final Entry[] ofNothing = entries(ofMachine(Invariant.NOTHING));
    private final Entry[] ofKmap = entries(ofMachine(Invariant.KMAP_LOCK));
    private final Entry[] ofBuffers = entries(ofMachine(Invariant.BUFFER_LOCKS));
    private final Entry[] ofAll = entries(ofMachine(Invariant.ALL));
    private final Entry[] ofIdle = entries(ofMachine(Invariant.IDLE));
    private final boolean counts;
    private long checks;

    /**
     * A checker.
     *
     * @param counts whether to count; a count that grows would keep Java PathFinder from recognising any state
     */
    public InvariantChecker(boolean counts) {
        this.counts = counts;
        int unguarded = InvariantCatalogue.entries().size() - ofBuddyLists.length - ofMarks.length;
        unguarded -= ofPerCpuLists.length + ofLruLists.length + ofNothing.length + ofKmap.length;
        unguarded -= ofBuffers.length + ofAll.length + ofIdle.length;
        if (unguarded != 0) {
            throw new IllegalStateException(unguarded + " invariants have a guard that nobody knows how to check");
        }
    }

    private static List<InvariantCatalogue.Entry> ofMachine(String guard) {
        List<InvariantCatalogue.Entry> entries = new ArrayList<>();
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            if (!GUARDED_EACH.contains(entry.subject()) && entry.guardedBy().equals(guard)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The guard of a CPU's own lists. */
    public static int cpu(int id) {
        return 1 << id;
    }

    /** The guard of a zone's free lists, by the number that it has among those of all nodes. */
    public static int zone(int number) {
        return 1 << MachineSpec.MAX_CPUS + number;
    }

    /** The guard that a lock of the machine is. */
    public static int guardOf(SpinLock lock, Simulation simulation) {
        Reclaimers reclaimers = simulation.reclaimers();
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            if (memory.zone(number).lock == lock) {
                return zone(number);
            }
            if (reclaimers != null && reclaimers.lists(number).lock() == lock) {
                return LRU;
            }
        }
        return KMAP;
    }

    /** How many times an invariant was checked so far, if that is counted. */
    public long checks() {
        return checks;
    }

    /**
     * Checks everything that can be checked now.
     *
     * @throws InvariantBroken for the first invariant that does not hold
     */
    public void check(Simulation simulation) {
        check(simulation, EVERYTHING);
    }

    /**
     * Checks what no guard protects, and of the rest what may have changed.
     *
     * @param due guards that were held since this was called last, and those it returned then
     * @return guards of {@code due} that are still held: their data must be checked another time
     * @throws InvariantBroken for the first invariant that does not hold
     */
    public int check(Simulation simulation, int due) {
        int left = due == 0 ? 0 : due | ALL | IDLE;
        left = checkZones(simulation, left);
        left = checkLruLists(simulation, left);
        left = checkCpus(simulation, left);
        checkOnMachine(ofNothing, simulation);
        if ((left & KMAP) != 0 && simulation.highmem().kmap().isAtRest()) {
            checkOnMachine(ofKmap, simulation);
            left &= ~KMAP;
        }
        BufferUses buffers = simulation.buffers();
        if (buffers != null && buffers.target().isAtRest()) {
            checkOnMachine(ofBuffers, simulation);
        }
        boolean allFree = left != 0 && allFree(simulation);
        if (allFree && (left & ALL) != 0) {
            checkOnMachine(ofAll, simulation);
            left &= ~ALL;
        }
        if (allFree && simulation.isIdle()) {
            checkOnMachine(ofIdle, simulation);
            left &= ~IDLE;
        }
        ForeignAllocator foreign = simulation.foreign();
        if (foreign != null) {
            foreign.check(simulation.isIdle(), simulation.liveBlocks().frames());
        }
        return left;
    }

    private int checkZones(Simulation simulation, int due) {
        int left = due;
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (due == EVERYTHING) {
                checkAll(ofMarks, zone.marks);
            }
            if ((left & zone(number)) != 0 && zone.lock.isFree()) {
                if (zone.spanned > 0) {
                    checkFree(zone.buddyAtRest());
                }
                left &= ~zone(number);
            }
        }
        return left;
    }

    private void checkFree(FreeArea area) {
        if (area instanceof ForeignLists) {
            ((ForeignLists) area).keeperAtRest().check();
        } else {
            checkAll(ofBuddyLists, area);
        }
    }

    private int checkLruLists(Simulation simulation, int due) {
        Reclaimers reclaimers = simulation.reclaimers();
        if ((due & LRU) == 0 || reclaimers != null && !reclaimers.isAtRest()) {
            return due;
        }
        for (int number = 0; reclaimers != null && number < reclaimers.zones(); number++) {
            checkAll(ofLruLists, reclaimers.lists(number));
        }
        return due & ~LRU;
    }

    private int checkCpus(Simulation simulation, int due) {
        int left = due;
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            if ((left & cpu(cpu)) != 0 && !simulation.cpu(cpu).interrupts.areOff()) {
                checkListsOf(cpu, simulation.allocator().memory());
                left &= ~cpu(cpu);
            }
        }
        return left;
    }

    private static boolean allFree(Simulation simulation) {
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            if (!memory.zone(number).lock.isFree()) {
                return false;
            }
        }
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            if (simulation.cpu(cpu).interrupts.areOff()) {
                return false;
            }
        }
        return true;
    }

    /** Checks invariants of what the machine has one of, or a few that need no guard of their own. */
    private void checkOnMachine(Entry[] entries, Simulation simulation) {
        for (Entry entry : entries) {
            if (entry.subject == PageTable.class) {
                check(entry, simulation.highmem().kmap().table());
                check(entry, simulation.highmem().atomic().table());
            } else if (entry.subject == Kswapd.class) {
                checkOnKswapds(entry, simulation);
            } else {
                Object only = theOnly(entry.subject, simulation);
                if (only != null) {
                    check(entry, only);
                }
            }
        }
    }

    /**
     * The one object of a class that a machine has; {@code null} if it has none, as most have no page buffers and no
     * processes.
     *
     * @throws IllegalStateException for a class that is not in this table
     */
    private static @Nullable Object theOnly(Class<?> subject, Simulation simulation) {
        if (subject == LiveBlocks.class) {
            return simulation.liveBlocks();
        }
        if (subject == Grants.class) {
            return simulation.grants();
        }
        if (subject == Kmap.class) {
            return simulation.highmem().kmap();
        }
        if (subject == AtomicKmap.class) {
            return simulation.highmem().atomic();
        }
        if (subject == PageWaitTable.class) {
            return simulation.highmem().waitTable();
        }
        for (Object rule : simulation.rules()) {
            if (rule.getClass() == subject) {
                return rule;
            }
        }
        if (subject == ProgramTasks.class) {
            return simulation.tasks();
        }
        if (subject == OutOfMemory.class) {
            Processes processes = simulation.processes();
            return processes == null ? null : processes.killer();
        }
        BufferUses buffers = simulation.buffers();
        if (subject == BufferUses.class || buffers == null) {
            return buffers;
        }
        return ofBuffers(subject, buffers.target(), buffers);
    }

    private static Object ofBuffers(Class<?> subject, BufferTarget target, BufferUses buffers) {
        if (subject == BufferTarget.class) {
            return target;
        }
        if (subject == BufferHash.class) {
            return target.hash();
        }
        if (subject == LiveBuffers.class) {
            return target.live();
        }
        if (subject == DelayedWrites.class) {
            return target.delayed();
        }
        if (subject == PageCache.class) {
            return buffers.cache();
        }
        throw new IllegalStateException("no way to invariants of " + subject);
    }

    /** Most machines have no kswapd. */
    private void checkOnKswapds(Entry entry, Simulation simulation) {
        Reclaimers reclaimers = simulation.reclaimers();
        int nodes = reclaimers == null ? 0 : simulation.allocator().memory().nodes();
        for (int node = 0; reclaimers != null && node < nodes; node++) {
            Kswapd kswapd = reclaimers.kswapd(node);
            if (kswapd != null) {
                check(entry, kswapd);
            }
        }
    }

    private void checkListsOf(int cpu, Memory memory) {
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (zone.spanned > 0) {
                checkAll(ofPerCpuLists, zone.pageset(cpu).hotAtRest());
                checkAll(ofPerCpuLists, zone.pageset(cpu).coldAtRest());
            }
        }
    }

    private void checkAll(Entry[] entries, Object subject) {
        for (Entry entry : entries) {
            check(entry, subject);
        }
    }

    private void check(Entry entry, Object subject) {
        if (counts) {
            checks++;
        }
        @Nullable String wrong;
        try {
            wrong = (@Nullable String) entry.method.invoke(subject);
        } catch (InvocationTargetException e) {
            wrong = "the state is too broken to check it: "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("invariant " + entry.id + " cannot be called", e);
        }
        if (wrong != null) {
            throw new InvariantBroken(entry.id, wrong);
        }
    }

    private static Entry[] entries(List<InvariantCatalogue.Entry> list) {
        Entry[] entries = new Entry[list.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(list.get(i));
        }
        return entries;
    }

    /** An invariant, without what only readers want to know: all this is part of Java PathFinder's states. */
    private static final class Entry {
        private final String id;
        private final Method method;
        private final Class<?> subject;

        Entry(InvariantCatalogue.Entry entry) {
            id = entry.id();
            method = entry.method();
            subject = entry.subject();
        }
    }
}
