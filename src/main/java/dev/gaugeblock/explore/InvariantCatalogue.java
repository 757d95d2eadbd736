package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Grants;
import dev.gaugeblock.explore.harness.LiveBlocks;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.ZoneMarks;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every invariant that explorations check, read from the annotations in the classes whose data they constrain. */
public final class InvariantCatalogue {
    /** Classes that carry invariants. A test finds out whether one is missing here. */
    private static final List<Class<?>> CLASSES = List.of(
            BuddyLists.class,
            PerCpuPages.class,
            ZoneMarks.class,
            Node.class,
            LiveBlocks.class,
            Kmap.class,
            PageTable.class,
            AtomicKmap.class,
            PageWaitTable.class,
            Grants.class,
            Simulation.class);

    private static final List<Entry> ENTRIES = read();

    private InvariantCatalogue() {}

    /**
     * One invariant.
     *
     * @param id its catalogue id
     * @param says the rule in a sentence
     * @param guardedBy what must be free for it to be checked, a constant of {@link Invariant}
     * @param method takes nothing, returns {@code null} or what is wrong
     */
    public record Entry(String id, String says, String guardedBy, Method method) {
        /** The class whose data it is about. */
        public Class<?> subject() {
            return method.getDeclaringClass();
        }
    }

    /** All entries, sorted by id. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The classes that the catalogue is read from. */
    public static List<Class<?>> classes() {
        return CLASSES;
    }

    private static List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            for (Method method : type.getDeclaredMethods()) {
                Invariant invariant = method.getAnnotation(Invariant.class);
                if (invariant != null) {
                    method.setAccessible(true);
                    entries.add(new Entry(invariant.id(), invariant.says(), invariant.guardedBy(), method));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::id));
        return List.copyOf(entries);
    }
}
