package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Grants;
import dev.gaugeblock.explore.harness.InvariantBroken;
import dev.gaugeblock.explore.harness.LiveBlocks;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/** Checks, in a state in which every task stands at a scheduling point, the invariants whose guards are free. */
public final class InvariantChecker {
    private static final List<Class<?>> ONE_OF_MANY = List.of(BuddyLists.class, ZoneMarks.class, PerCpuPages.class);

    private final List<InvariantCatalogue.Entry> ofBuddyLists = about(BuddyLists.class);
    private final List<InvariantCatalogue.Entry> ofMarks = about(ZoneMarks.class);
    private final List<InvariantCatalogue.Entry> ofPerCpuLists = about(PerCpuPages.class);
    private final List<InvariantCatalogue.Entry> ofMachine = InvariantCatalogue.entries().stream()
            .filter(entry -> !ONE_OF_MANY.contains(entry.subject()))
            .toList();
    private long checks;

    private static List<InvariantCatalogue.Entry> about(Class<?> subject) {
        return InvariantCatalogue.entries().stream()
                .filter(entry -> entry.subject() == subject)
                .toList();
    }

    /** How many times an invariant was checked so far. */
    public long checks() {
        return checks;
    }

    /**
     * Checks what can be checked now.
     *
     * @throws InvariantBroken for the first invariant that does not hold
     */
    public void check(Simulation simulation) {
        Node node = simulation.allocator().node();
        boolean allFree = true;
        for (int index = 0; index < Zone.COUNT; index++) {
            Zone zone = node.zone(index);
            boolean free = zone.lock.isFree();
            allFree &= free;
            checkAll(ofMarks, zone.marks);
            if (free && zone.spanned > 0) {
                checkAll(ofBuddyLists, zone.buddy);
            }
        }
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            boolean free = !simulation.cpu(cpu).interrupts.areOff();
            allFree &= free;
            if (free) {
                checkListsOf(cpu, node);
            }
        }
        for (InvariantCatalogue.Entry entry : ofMachine) {
            if (isFree(entry.guardedBy(), allFree, simulation)) {
                checkOnMachine(entry, simulation);
            }
        }
    }

    private static boolean isFree(String guard, boolean allFree, Simulation simulation) {
        return switch (guard) {
            case Invariant.NOTHING -> true;
            case Invariant.KMAP_LOCK -> simulation.highmem().kmap().isAtRest();
            case Invariant.ALL -> allFree;
            case Invariant.IDLE -> allFree && simulation.isIdle();
            default -> throw new IllegalStateException("no machine-wide invariant can be guarded by " + guard);
        };
    }

    /** Checks an invariant of something that the machine has one of, or of page tables, two. */
    private void checkOnMachine(InvariantCatalogue.Entry entry, Simulation simulation) {
        Class<?> type = entry.subject();
        Highmem highmem = simulation.highmem();
        if (type == PageTable.class) {
            check(entry, highmem.kmap().table());
            check(entry, highmem.atomic().table());
        } else if (type == Node.class) {
            check(entry, simulation.allocator().node());
        } else if (type == LiveBlocks.class) {
            check(entry, simulation.liveBlocks());
        } else if (type == Grants.class) {
            check(entry, simulation.grants());
        } else if (type == Kmap.class) {
            check(entry, highmem.kmap());
        } else if (type == AtomicKmap.class) {
            check(entry, highmem.atomic());
        } else if (type == PageWaitTable.class) {
            check(entry, highmem.waitTable());
        } else {
            check(entry, simulation);
        }
    }

    private void checkListsOf(int cpu, Node node) {
        for (int index = 0; index < Zone.COUNT; index++) {
            Zone zone = node.zone(index);
            if (zone.spanned > 0) {
                checkAll(ofPerCpuLists, zone.pageset(cpu).hot);
                checkAll(ofPerCpuLists, zone.pageset(cpu).cold);
            }
        }
    }

    private void checkAll(List<InvariantCatalogue.Entry> entries, Object subject) {
        for (InvariantCatalogue.Entry entry : entries) {
            check(entry, subject);
        }
    }

    private void check(InvariantCatalogue.Entry entry, Object subject) {
        checks++;
        String wrong;
        try {
            wrong = (String) entry.method().invoke(subject);
        } catch (InvocationTargetException e) {
            wrong = "the state is too broken to check it: " + e.getCause().getMessage();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("invariant " + entry.id() + " cannot be called", e);
        }
        if (wrong != null) {
            throw new InvariantBroken(entry.id(), wrong);
        }
    }
}
