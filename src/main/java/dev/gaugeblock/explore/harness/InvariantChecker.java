package dev.gaugeblock.explore.harness;

import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.mm.BuddyLists;
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
 * <p>What a guard protects changes only while the guard is held, so an engine that pays dearly for each check may check just
 * what was held since the last time: guards are given as a set of bits.
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

    private static final int PAGE_TABLES = 0;
    private static final int MEMORY = 1;
    private static final int LIVE_BLOCKS = 2;
    private static final int GRANTS = 3;
    private static final int PKMAP = 4;
    private static final int ATOMIC_KMAP = 5;
    private static final int PAGE_WAIT_TABLE = 6;
    private static final int SIMULATION = 7;
    private static final int BUFFER_TARGET = 8;
    private static final int DELAYED_WRITES = 9;
    private static final int PAGE_CACHE = 10;
    private static final int BUFFER_USES = 11;
    private static final int KSWAPD = 12;
    private static final int OUT_OF_MEMORY = 13;
    private static final int BUFFER_HASH = 14;
    private static final int LIVE_BUFFERS = 15;

    /** What the machine has one of: the constants above are indexes into this list. */
    private static final List<Class<?>> SUBJECTS = List.of(
            PageTable.class,
            Memory.class,
            LiveBlocks.class,
            Grants.class,
            Kmap.class,
            AtomicKmap.class,
            PageWaitTable.class,
            Simulation.class,
            BufferTarget.class,
            DelayedWrites.class,
            PageCache.class,
            BufferUses.class,
            Kswapd.class,
            OutOfMemory.class,
            BufferHash.class,
            LiveBuffers.class);

    private final Entries ofBuddyLists = new Entries(InvariantCatalogue.about(BuddyLists.class));
    private final Entries ofMarks = new Entries(InvariantCatalogue.about(ZoneMarks.class));
    private final Entries ofPerCpuLists = new Entries(InvariantCatalogue.about(PerCpuPages.class));
    private final Entries ofLruLists = new Entries(InvariantCatalogue.about(LruLists.class));
    private final Entries ofNothing = new Entries(ofMachine(Invariant.NOTHING));
    private final Entries ofKmap = new Entries(ofMachine(Invariant.KMAP_LOCK));
    private final Entries ofBuffers = new Entries(ofMachine(Invariant.BUFFER_LOCKS));
    private final Entries ofAll = new Entries(ofMachine(Invariant.ALL));
    private final Entries ofIdle = new Entries(ofMachine(Invariant.IDLE));
    private final boolean counts;
    private long checks;

    /**
     * A checker.
     *
     * @param counts whether to count; a count that grows would keep Java PathFinder from recognising any state
     */
    public InvariantChecker(boolean counts) {
        this.counts = counts;
        int unguarded = InvariantCatalogue.entries().size() - ofBuddyLists.ids.length - ofMarks.ids.length;
        unguarded -= ofPerCpuLists.ids.length
                + ofLruLists.ids.length
                + ofNothing.ids.length
                + ofKmap.ids.length
                + ofBuffers.ids.length
                + ofAll.ids.length
                + ofIdle.ids.length;
        if (unguarded != 0) {
            throw new IllegalStateException(unguarded + " invariants have a guard that nobody knows how to check");
        }
    }

    private static List<InvariantCatalogue.Entry> ofMachine(String guard) {
        List<InvariantCatalogue.Entry> entries = new ArrayList<>();
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            if (SUBJECTS.contains(entry.subject()) && entry.guardedBy().equals(guard)) {
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
                    checkAll(ofBuddyLists, zone.buddyAtRest());
                }
                left &= ~zone(number);
            }
        }
        return left;
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

    /** Checks invariants of what the machine has one of, or of page tables, two. */
    private void checkOnMachine(Entries entries, Simulation simulation) {
        Highmem highmem = simulation.highmem();
        for (int i = 0; i < entries.ids.length; i++) {
            switch (entries.subjects[i]) {
                case PAGE_TABLES -> {
                    check(entries, i, highmem.kmap().table());
                    check(entries, i, highmem.atomic().table());
                }
                case MEMORY -> check(entries, i, simulation.allocator().memory());
                case LIVE_BLOCKS -> check(entries, i, simulation.liveBlocks());
                case GRANTS -> check(entries, i, simulation.grants());
                case PKMAP -> check(entries, i, highmem.kmap());
                case ATOMIC_KMAP -> check(entries, i, highmem.atomic());
                case PAGE_WAIT_TABLE -> check(entries, i, highmem.waitTable());
                case SIMULATION -> check(entries, i, simulation);
                case BUFFER_TARGET, BUFFER_HASH, LIVE_BUFFERS, DELAYED_WRITES, PAGE_CACHE, BUFFER_USES ->
                    checkOnBuffers(entries, i, simulation.buffers());
                case KSWAPD -> checkOnKswapds(entries, i, simulation);
                case OUT_OF_MEMORY -> {
                    Processes processes = simulation.processes();
                    if (processes != null) {
                        check(entries, i, processes.killer());
                    }
                }
                default -> throw new IllegalStateException("no way to invariant " + entries.ids[i]);
            }
        }
    }

    /** Most machines have no kswapd. */
    private void checkOnKswapds(Entries entries, int i, Simulation simulation) {
        Reclaimers reclaimers = simulation.reclaimers();
        for (int node = 0;
                reclaimers != null && node < simulation.allocator().memory().nodes();
                node++) {
            Kswapd kswapd = reclaimers.kswapd(node);
            if (kswapd != null) {
                check(entries, i, kswapd);
            }
        }
    }

    /** Most machines have no page buffers. */
    private void checkOnBuffers(Entries entries, int i, @Nullable BufferUses buffers) {
        if (buffers == null) {
            return;
        }
        switch (entries.subjects[i]) {
            case BUFFER_TARGET -> check(entries, i, buffers.target());
            case BUFFER_HASH -> check(entries, i, buffers.target().hash());
            case LIVE_BUFFERS -> check(entries, i, buffers.target().live());
            case DELAYED_WRITES -> check(entries, i, buffers.target().delayed());
            case PAGE_CACHE -> check(entries, i, buffers.cache());
            default -> check(entries, i, buffers);
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

    private void checkAll(Entries entries, Object subject) {
        for (int i = 0; i < entries.ids.length; i++) {
            check(entries, i, subject);
        }
    }

    private void check(Entries entries, int index, Object subject) {
        if (counts) {
            checks++;
        }
        @Nullable String wrong;
        try {
            wrong = (@Nullable String) entries.methods[index].invoke(subject);
        } catch (InvocationTargetException e) {
            wrong = "the state is too broken to check it: "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("invariant " + entries.ids[index] + " cannot be called", e);
        }
        if (wrong != null) {
            throw new InvariantBroken(entries.ids[index], wrong);
        }
    }

    /** Some invariants, without what only readers want to know: all this is part of Java PathFinder's states. */
    private static final class Entries {
        private final String[] ids;
        private final Method[] methods;
        /** Index into {@link #SUBJECTS}, or -1 for what there are many of. */
        private final int[] subjects;

        Entries(List<InvariantCatalogue.Entry> list) {
            ids = new String[list.size()];
            methods = new Method[list.size()];
            subjects = new int[list.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = list.get(i).id();
                methods[i] = list.get(i).method();
                subjects[i] = SUBJECTS.indexOf(list.get(i).subject());
            }
        }
    }
}
