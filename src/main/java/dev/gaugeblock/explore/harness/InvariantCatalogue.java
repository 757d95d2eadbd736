package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.explore.harness.rules.EffortRule;
import dev.gaugeblock.explore.harness.rules.FrameContents;
import dev.gaugeblock.explore.harness.rules.FrameUseRule;
import dev.gaugeblock.explore.harness.rules.GivenUpRule;
import dev.gaugeblock.explore.harness.rules.KmapRule;
import dev.gaugeblock.explore.harness.rules.ListedFramesRule;
import dev.gaugeblock.explore.harness.rules.NofailRule;
import dev.gaugeblock.explore.harness.rules.OrderRule;
import dev.gaugeblock.explore.harness.rules.PriorityRule;
import dev.gaugeblock.explore.harness.rules.ReclaimRule;
import dev.gaugeblock.explore.harness.rules.SleepRule;
import dev.gaugeblock.explore.harness.rules.VictimRule;
import dev.gaugeblock.explore.harness.rules.WindowRule;
import dev.gaugeblock.explore.harness.rules.ZonelistRule;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageLockHolders;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.ZoneMarks;
import dev.gaugeblock.pagebuf.BufferHash;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.DelayedWrites;
import dev.gaugeblock.pagebuf.LiveBuffers;
import dev.gaugeblock.pagebuf.PageCache;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.LruLists;
import dev.gaugeblock.reclaim.OutOfMemory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Every invariant that explorations check, read from the annotations in the classes whose data they constrain. */
public final class InvariantCatalogue {
    /** Classes that carry invariants. A test finds out whether one is missing here. */
    private static final List<Class<?>> CLASSES = List.of(
            BuddyLists.class,
            PerCpuPages.class,
            ZoneMarks.class,
            MemoryTuning.class,
            LiveBlocks.class,
            Kmap.class,
            PageTable.class,
            AtomicKmap.class,
            PageWaitTable.class,
            PageLockHolders.class,
            Grants.class,
            BufferTarget.class,
            BufferHash.class,
            LiveBuffers.class,
            DelayedWrites.class,
            PageCache.class,
            BufferUses.class,
            LruLists.class,
            Kswapd.class,
            OutOfMemory.class,
            ProgramTasks.class,
            SleepRule.class,
            FrameUseRule.class,
            FrameContents.class,
            WindowRule.class,
            KmapRule.class,
            ReclaimRule.class,
            PriorityRule.class,
            EffortRule.class,
            GivenUpRule.class,
            NofailRule.class,
            ListedFramesRule.class,
            VictimRule.class,
            OrderRule.class,
            ZonelistRule.class,
            Refinement.class);

    private InvariantCatalogue() {}

    /** One invariant. (No record: its generated methods are not for Java PathFinder.) */
    public static final class Entry implements Comparable<Entry> {
        private final String id;
        private final String says;
        private final String guardedBy;
        private final Method method;

        Entry(Invariant invariant, Method method) {
            this.id = invariant.id();
            this.says = invariant.says();
            this.guardedBy = invariant.guardedBy();
            this.method = method;
        }

        /** Its catalogue id. */
        public String id() {
            return id;
        }

        /** The rule in a sentence. */
        public String says() {
            return says;
        }

        /** What must be free for it to be checked, a constant of {@link Invariant}. */
        public String guardedBy() {
            return guardedBy;
        }

        /** Takes nothing, returns {@code null} or what is wrong. */
        public Method method() {
            return method;
        }

        /** The class whose data it is about. */
        public Class<?> subject() {
            return method.getDeclaringClass();
        }

        @Override
        public int compareTo(Entry other) {
            return id.compareTo(other.id);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry && ((Entry) other).id.equals(id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    /** What somebody else's classes were found to have, by class name: nothing, in most. */
    private static final Map<String, Joined> JOINED = new TreeMap<>();

    private static final class Joined {
        private final Class<?> type;
        private final List<Entry> entries;

        Joined(Class<?> type, List<Entry> entries) {
            this.type = type;
            this.entries = entries;
        }
    }

    /**
     * Takes in the entries of a class that is none of ours, sorted by id. Each execution asks for them, so they are
     * looked for once; a class of the same name that another loader has takes the place of the one before.
     *
     * @throws IllegalArgumentException if one is no method without parameters that gives a string, or has the id of
     *     another's
     */
    public static synchronized List<Entry> join(Class<?> type) {
        Joined known = JOINED.get(type.getName());
        if (known != null && known.type == type) {
            return known.entries;
        }
        List<Entry> own = CLASSES.contains(type) ? new ArrayList<>() : about(type);
        for (Entry entry : own) {
            requireSound(entry, type);
        }
        JOINED.put(type.getName(), new Joined(type, own));
        return own;
    }

    private static void requireSound(Entry entry, Class<?> type) {
        String what = "invariant \"" + entry.id() + "\" of " + type.getName();
        Method method = entry.method();
        if (method.getParameterTypes().length != 0 || method.getReturnType() != String.class) {
            throw new IllegalArgumentException(
                    what + ": its method takes nothing and gives null, or a String that says what is wrong");
        }
        for (Entry other : ofAnybody()) {
            Class<?> its = other.subject();
            if (other.id().equals(entry.id()) && !its.getName().equals(type.getName()) && areTogether(its, type)) {
                throw new IllegalArgumentException(what + ": " + its.getName() + " has one of that id: choose another");
            }
        }
    }

    /** Whether both can be in one execution: two allocators, each in a loader of its own, never are. */
    private static boolean areTogether(Class<?> one, Class<?> other) {
        return CLASSES.contains(one) || one.getClassLoader() == other.getClassLoader();
    }

    /** All entries, ours first, and those of classes that were taken in. */
    private static List<Entry> ofAnybody() {
        List<Entry> all = entries();
        for (Joined joined : JOINED.values()) {
            all.addAll(joined.entries);
        }
        return all;
    }

    /** The rule of an entry, ours or somebody else's; {@code null} for an id that nobody has. */
    public static synchronized @Nullable String says(String id) {
        for (Entry entry : ofAnybody()) {
            if (entry.id().equals(id)) {
                return entry.says();
            }
        }
        return null;
    }

    /** All entries, sorted by id. */
    public static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            entries.addAll(about(type));
        }
        Collections.sort(entries);
        return entries;
    }

    /** The entries that constrain the data of one class, sorted by id. */
    static List<Entry> about(Class<?> type) {
        List<Entry> entries = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            Invariant invariant = method.getAnnotation(Invariant.class);
            if (invariant != null) {
                method.setAccessible(true);
                entries.add(new Entry(invariant, method));
            }
        }
        Collections.sort(entries);
        return entries;
    }
}
