package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.LiveBlocks;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the memory looks like between two steps, for telling what a step did: what is on which list, and the values of counts,
 * slots and translations. A list whose links are broken is left out; the invariants speak of it.
 */
final class Snapshot {
    /** That of a machine which did not boot. */
    static final Snapshot NOTHING = new Snapshot();

    /** Each thing that is on a list, as "block 4 on the free list of order 1 of DMA". In a defective allocator it may be on two. */
    private final Set<Place> places = new LinkedHashSet<>();

    /** Blocks that programs own, as "block 4 (2 frames)". */
    private final Set<String> live = new LinkedHashSet<>();

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * A thing on a list.
     *
     * @param thing "frame 3", "block 4", "CPU 1"
     * @param list "the free list of order 1 of DMA"
     */
    record Place(String thing, String list) {}

    private Snapshot() {}

    static Snapshot of(Simulation simulation) {
        Snapshot snapshot = new Snapshot();
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            if (memory.zone(number).spanned > 0) {
                snapshot.addZone(memory.zone(number), simulation.cpuCount());
            }
        }
        for (int pfn = memory.startPfn(); pfn < memory.endPfn(); pfn++) {
            PageFrame frame = memory.frameOrNull(pfn);
            if (frame != null) {
                snapshot.addFrame(frame);
            }
        }
        snapshot.addLiveBlocks(simulation.liveBlocks(), memory);
        snapshot.addWindow(simulation);
        return snapshot;
    }

    private void addZone(Zone zone, int cpus) {
        values.put(zone.name() + ".free_pages", Integer.toString(zone.counts.freePages.peek()));
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            String list = "the free list of order " + order + " of " + zone.name();
            try {
                add("block ", zone.buddyAtRest().freeBlocks(order), list);
            } catch (IllegalStateException broken) {
                values.put(list, String.valueOf(broken.getMessage()));
            }
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            add(zone.pageset(cpu).hotAtRest(), "the hot list of CPU " + cpu + " of " + zone.name());
            add(zone.pageset(cpu).coldAtRest(), "the cold list of CPU " + cpu + " of " + zone.name());
        }
    }

    private void add(PerCpuPages pages, String list) {
        try {
            add("frame ", pages.pfns(), list);
        } catch (IllegalStateException broken) {
            values.put(list, String.valueOf(broken.getMessage()));
        }
    }

    private void add(String kind, int[] pfns, String list) {
        for (int pfn : pfns) {
            places.add(new Place(kind + pfn, list));
        }
    }

    private void addFrame(PageFrame frame) {
        if (frame.references() != 0) {
            values.put("references of " + frame, Integer.toString(frame.references()));
        }
        if (frame.has(PageFlags.LOCKED)) {
            values.put("PG_locked of " + frame, "set");
        }
    }

    private void addLiveBlocks(LiveBlocks blocks, Memory memory) {
        for (int pfn = memory.startPfn(); pfn < memory.endPfn(); pfn++) {
            int first = pfn;
            while (pfn < memory.endPfn() && blocks.blockOf(pfn) == first) {
                pfn++;
            }
            if (pfn > first) {
                live.add("block " + first + " (" + (pfn - first) + (pfn - first == 1 ? " frame)" : " frames)"));
                pfn--;
            }
        }
    }

    private void addWindow(Simulation simulation) {
        Kmap kmap = simulation.highmem().kmap();
        for (int slot = 0; slot < simulation.highmem().layout().lastPkmap(); slot++) {
            String name = "slot " + slot;
            if (kmap.mappedPfn(slot) >= 0) {
                values.put("entry of " + name, "frame " + kmap.mappedPfn(slot));
            }
            if (kmap.count(slot) != 0) {
                values.put("count of " + name, Integer.toString(kmap.count(slot)));
            }
            long address = simulation.highmem().layout().pkmapAddress(slot);
            for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
                int remembered = simulation.cpu(cpu).tlb.lookUpOwned(address);
                if (remembered != Tlb.MISS) {
                    values.put("TLB of CPU " + cpu + " for " + name, "frame " + remembered);
                }
            }
        }
        for (Waiter waiter : kmap.waiting().waiters()) {
            places.add(new Place(waiter.task.toString(), "the queue " + kmap.waiting()));
        }
    }

    /** What is on lists. */
    Set<Place> places() {
        return places;
    }

    /** Blocks that programs own. */
    Set<String> live() {
        return live;
    }

    /** Values that differ from the usual: those that are 0, clear or empty are left out. */
    Map<String, String> values() {
        return values;
    }

    /** A value by its name, also one that is as usual; {@code example} is some value that it has had. */
    String value(String name, String example) {
        return values.getOrDefault(name, usual(example));
    }

    /** What happened up to a later one, as a reader would say it. */
    List<String> changesTo(Snapshot later) {
        List<String> changes = new ArrayList<>();
        for (Place place : places) {
            if (!later.places.contains(place)) {
                changes.add("takes " + place.thing() + " from " + place.list());
            }
        }
        for (Place place : later.places) {
            if (!places.contains(place)) {
                changes.add("puts " + place.thing() + " on " + place.list());
            }
        }
        values.forEach((name, value) -> {
            String now = later.value(name, value);
            if (!now.equals(value)) {
                changes.add(name + ": " + value + " -> " + now);
            }
        });
        later.values.forEach((name, now) -> {
            if (!values.containsKey(name)) {
                changes.add(name + ": " + usual(now) + " -> " + now);
            }
        });
        return changes;
    }

    /** What a value is when nobody mentions it. */
    private static String usual(String value) {
        if (value.equals("set")) {
            return "clear";
        }
        return Character.isDigit(value.charAt(0)) || value.startsWith("-") ? "0" : "nothing";
    }
}
