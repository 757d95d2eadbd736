package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.foreign.FrameWindow;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageLockHolders;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.ForeignLists;
import dev.gaugeblock.mm.FreeArea;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.MemoryTuning;
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

/** Checks, at a scheduling point, the invariants whose guards are free, whether they were held or not. */
public final class InvariantChecker {
    /** No subject, and no argument; to make one for each call would be dear in Java PathFinder. */
    private static final Object[] NOTHING = {};

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
    private final Entry[][] onMachine = {ofNothing, ofKmap, ofBuffers, ofAll, ofIdle};
    private final boolean counts;
    private long checks;
    /** The machine whose parts are looked up: to do that at each point took Java PathFinder a fifth of its time. */
    private @Nullable Simulation known;

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
        if (simulation != known) {
            lookUp(simulation);
        }
        checkZones(simulation);
        checkLruLists(simulation);
        checkCpus(simulation);
        checkOnMachine(ofNothing);
        if (simulation.highmem().kmap().isAtRest()) {
            checkOnMachine(ofKmap);
        }
        BufferUses buffers = simulation.buffers();
        if (buffers != null && buffers.target().isAtRest()) {
            checkOnMachine(ofBuffers);
        }
        if (allFree(simulation)) {
            checkOnMachine(ofAll);
            if (simulation.isIdle()) {
                checkOnMachine(ofIdle);
            }
        }
        ForeignAllocator foreign = simulation.foreign();
        if (foreign != null) {
            foreign.check(simulation.isIdle(), simulation.liveBlocks().frames());
        }
    }

    /**
     * Checks everything in a state that was checked before, when another way had led to it: rules keep what went wrong
     * on the way, and the state does not tell. It does not count.
     *
     * @throws InvariantBroken for the first invariant that does not hold
     */
    public void checkKept(Simulation simulation) {
        long counted = checks;
        check(simulation);
        checks = counted;
    }

    /**
     * Checks what the test itself says is always so, at a point before which every program has come to its first.
     *
     * @throws InvariantBroken for the first condition that is not true
     */
    public void checkAlways(Simulation simulation) {
        for (Always each : simulation.always()) {
            checks += counts ? 1 : 0;
            each.require(new SimulatedFacts(simulation));
        }
    }

    private void checkZones(Simulation simulation) {
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            checkAll(ofMarks, zone.marks);
            if (zone.spanned > 0 && zone.lock.isFree()) {
                checkFree(zone.buddyAtRest());
            }
        }
    }

    private void checkFree(FreeArea area) {
        if (area instanceof ForeignLists) {
            ((ForeignLists) area).keeperAtRest().check();
        } else {
            checkAll(ofBuddyLists, area);
        }
    }

    private void checkLruLists(Simulation simulation) {
        Reclaimers reclaimers = simulation.reclaimers();
        if (reclaimers == null || !reclaimers.isAtRest()) {
            return;
        }
        for (int number = 0; number < reclaimers.zones(); number++) {
            checkAll(ofLruLists, reclaimers.lists(number));
        }
    }

    private void checkCpus(Simulation simulation) {
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            if (!simulation.cpu(cpu).interrupts.areOff()) {
                checkListsOf(cpu, simulation.allocator().memory());
            }
        }
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

    /** Finds what the invariants are about that need no guard, or one that stands for more than one object. */
    private void lookUp(Simulation simulation) {
        for (Entry[] entries : onMachine) {
            for (Entry entry : entries) {
                entry.about = all(entry.subject, simulation);
            }
        }
        switchOff(simulation.grants().without());
        known = simulation;
    }

    private void switchOff(List<String> ids) {
        for (Entry[] entries : new Entry[][] {ofBuddyLists, ofMarks, ofPerCpuLists, ofLruLists}) {
            switchOff(entries, ids);
        }
        for (Entry[] entries : onMachine) {
            switchOff(entries, ids);
        }
    }

    private static void switchOff(Entry[] entries, List<String> ids) {
        for (Entry entry : entries) {
            entry.isOff = ids.contains(entry.id);
        }
    }

    private void checkOnMachine(Entry[] entries) {
        for (Entry entry : entries) {
            for (Object subject : entry.about) {
                check(entry, subject);
            }
        }
    }

    /** The objects of a class that a machine has, one, a few, or none. */
    private static Object[] all(Class<?> subject, Simulation simulation) {
        if (subject == PageTable.class) {
            return pageTables(simulation);
        }
        if (subject == Kswapd.class) {
            return kswapds(simulation);
        }
        Object only = theOnly(subject, simulation);
        return only == null ? NOTHING : new Object[] {only};
    }

    private static Object[] pageTables(Simulation simulation) {
        Object kmap = simulation.highmem().kmap().table();
        Object atomic = simulation.highmem().atomic().table();
        ForeignAllocator foreign = simulation.foreign();
        FrameWindow theirs = foreign == null ? null : foreign.window();
        return theirs == null ? new Object[] {kmap, atomic} : new Object[] {kmap, atomic, theirs.table()};
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
        if (subject == MemoryTuning.class) {
            MemoryTuning tuning = simulation.allocator().tuning();
            return tuning.isSetByPrograms() ? tuning : null;
        }
        if (subject == PageWaitTable.class) {
            return simulation.highmem().waitTable();
        }
        if (subject == PageLockHolders.class) {
            return simulation.highmem().waitTable().holders();
        }
        for (Object rule : simulation.rules()) {
            if (rule.getClass() == subject) {
                return rule;
            }
        }
        if (subject == ProgramTasks.class) {
            return simulation.tasks();
        }
        if (Reclaimers.RULES.contains(subject) || subject == Processes.RULE) {
            return null;
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
    private static Object[] kswapds(Simulation simulation) {
        List<Object> kswapds = new ArrayList<>();
        Reclaimers reclaimers = simulation.reclaimers();
        int nodes = reclaimers == null ? 0 : simulation.allocator().memory().nodes();
        for (int node = 0; reclaimers != null && node < nodes; node++) {
            Kswapd kswapd = reclaimers.kswapd(node);
            if (kswapd != null) {
                kswapds.add(kswapd);
            }
        }
        return kswapds.toArray();
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
        if (entry.isOff) {
            return;
        }
        if (counts) {
            checks++;
        }
        @Nullable String wrong;
        try {
            wrong = (@Nullable String) entry.method.invoke(subject, NOTHING);
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
        /** What it is about in the machine that is looked up. */
        private Object[] about = NOTHING;
        /** Whether that machine is not held to it. */
        private boolean isOff;

        Entry(InvariantCatalogue.Entry entry) {
            id = entry.id();
            method = entry.method();
            subject = entry.subject();
        }
    }
}
