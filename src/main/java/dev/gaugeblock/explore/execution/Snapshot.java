package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.BufferUses;
import dev.gaugeblock.explore.harness.LiveBlocks;
import dev.gaugeblock.explore.harness.Processes;
import dev.gaugeblock.explore.harness.Reclaimers;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
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
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the machine looks like between two steps, for telling what a step did: what is on which list, and the values of
 * counts, slots and translations; where a test has them, also page buffers, LRU lists, kswapd and processes. A list
 * whose links are broken is left out; the invariants speak of it.
 */
public final class Snapshot {
    /** A change is told as {@code NAME: OLD -> NEW}. */
    public static final String NAMES = ": ";

    /** Between the value before and the one after. */
    public static final String BECOMES = " -> ";

    /** That of a machine which did not boot, or that nobody looked at. */
    public static final Snapshot NOTHING = new Snapshot();

    /**
     * Each thing that is on a list, as "block 4 on the free list of order 1 of DMA". In a defective allocator it may be
     * on two.
     */
    private final Set<Place> places = new LinkedHashSet<>();

    /** Blocks that programs own, as "block 4 (2 frames)". */
    private final Set<String> live = new LinkedHashSet<>();

    private final Map<String, String> values = new LinkedHashMap<>();

    private final List<Span> zones = new ArrayList<>();

    /** Numbers of the CPUs whose interrupts are off. */
    private final List<Integer> interruptsOff = new ArrayList<>();

    /**
     * A zone's frames.
     *
     * @param zone its name
     * @param first the first frame
     * @param frames how many there are, with the holes between them
     */
    public record Span(String zone, int first, int frames) {}

    /**
     * A value that is another later.
     *
     * @param name whose
     */
    public record Change(String name, String from, String to) {}

    /**
     * A thing on a list.
     *
     * @param thing "frame 3", "block 4", "CPU 1", "buffer 8+8"
     * @param list "the free list of order 1 of DMA"
     */
    public record Place(String thing, String list) {}

    private Snapshot() {}

    /** Two are equal if the machine looks alike in both. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Snapshot that
                && places.equals(that.places)
                && live.equals(that.live)
                && values.equals(that.values)
                && zones.equals(that.zones)
                && interruptsOff.equals(that.interruptsOff);
    }

    @Override
    public int hashCode() {
        return Objects.hash(places, live, values, zones, interruptsOff);
    }

    static Snapshot of(Simulation simulation) {
        Snapshot snapshot = new Snapshot();
        Memory memory = simulation.allocator().memory();
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (zone.spanned > 0) {
                snapshot.zones.add(new Span(zone.name(), zone.startPfn, zone.spanned));
                snapshot.addZone(zone, simulation.cpuCount());
            }
        }
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            if (simulation.cpu(cpu).interrupts.areOff()) {
                snapshot.interruptsOff.add(cpu);
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
        snapshot.addSurroundings(simulation);
        return snapshot;
    }

    private void addSurroundings(Simulation simulation) {
        Memory memory = simulation.allocator().memory();
        for (int node = 0; node < memory.nodes(); node++) {
            int order = memory.node(node).kswapdMaxOrder.peek();
            if (order != 0) {
                set(memory.node(node).kswapdMaxOrder.toString(), Integer.toString(order));
            }
            if (simulation.isKswapdAwake(node)) {
                set("kswapd of node " + node, "was woken");
            }
        }
        Reclaimers reclaimers = simulation.reclaimers();
        if (reclaimers != null) {
            ReclaimTelling.tell(this, reclaimers, memory);
        }
        Processes processes = simulation.processes();
        if (processes != null) {
            ReclaimTelling.tell(this, processes);
        }
        BufferUses buffers = simulation.buffers();
        if (buffers != null) {
            BufferTelling.tell(this, buffers);
        }
    }

    /** Adds a thing on a list. */
    void put(String thing, String list) {
        places.add(new Place(thing, list));
    }

    /** Adds a value. */
    void set(String name, String value) {
        values.put(name, value);
    }

    /** Adds the frames of a list. */
    void putFrames(Supplier<int[]> frames, String list) {
        add("frame ", frames, list);
    }

    /** Adds those who stand in a queue. */
    void putWaiters(WaitQueue queue) {
        for (Waiter waiter : queue.waiters()) {
            put(waiter.task.toString(), "the queue " + queue);
        }
    }

    private void addZone(Zone zone, int cpus) {
        values.put(zone.name() + ".free_pages", Integer.toString(zone.counts.freePages.peek()));
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            String list = "the free list of order " + order + " of " + zone.name();
            int listed = order;
            add("block ", () -> zone.buddyAtRest().freeBlocks(listed), list);
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            addPerCpuList(zone.pageset(cpu).hotAtRest(), "the hot list of CPU " + cpu + " of " + zone.name());
            addPerCpuList(zone.pageset(cpu).coldAtRest(), "the cold list of CPU " + cpu + " of " + zone.name());
        }
    }

    /** Its frames from head to tail, and its own count of them; an empty one that knows so is usual. */
    private void addPerCpuList(PerCpuPages pages, String list) {
        putFrames(pages::pfns, list);
        String frames = places.stream()
                .filter(place -> place.list().equals(list))
                .map(place -> place.thing().substring("frame ".length()))
                .collect(Collectors.joining(" "));
        if (!frames.isEmpty() || pages.count() != 0) {
            values.putIfAbsent(list, "[" + frames + "] count " + pages.count());
        }
    }

    private void add(String kind, Supplier<int[]> pfns, String list) {
        try {
            for (int pfn : pfns.get()) {
                put(kind + pfn, list);
            }
        } catch (IllegalStateException broken) {
            set(list, String.valueOf(broken.getMessage()));
        }
    }

    private void addFrame(PageFrame frame) {
        if (frame.references() != 0) {
            values.put("references of " + frame, Integer.toString(frame.references()));
        }
        addFlag(PageFlags.LOCKED, frame);
        addFlag(PageFlags.LRU, frame);
        addFlag(PageFlags.ACTIVE, frame);
    }

    private void addFlag(long flag, PageFrame frame) {
        if (frame.has(flag)) {
            set(PageFlags.toString(flag) + " of " + frame, "set");
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
                int remembered = simulation.cpu(cpu).tlb.peek(address);
                if (remembered != Tlb.MISS) {
                    values.put("TLB of CPU " + cpu + " for " + name, "frame " + remembered);
                }
            }
        }
        putWaiters(kmap.waiting());
        simulation.highmem().waitTable().queues().forEach(this::putWaiters);
    }

    /** What is on lists. */
    public Set<Place> places() {
        return places;
    }

    /** Blocks that programs own. */
    public Set<String> live() {
        return live;
    }

    /** Values that differ from the usual: those that are 0, clear or empty are left out. */
    public Map<String, String> values() {
        return values;
    }

    /** A value by its name, also one that is as usual; {@code example} is some value that it has had. */
    public String value(String name, String example) {
        return values.getOrDefault(name, usual(example));
    }

    /** The zones that have frames. */
    public List<Span> zones() {
        return zones;
    }

    /** Numbers of the CPUs whose interrupts are off. */
    public List<Integer> interruptsOff() {
        return interruptsOff;
    }

    /** What is on a list here, and not on the same in another one. */
    public List<Place> placesNotIn(Snapshot other) {
        return places.stream().filter(place -> !other.places.contains(place)).toList();
    }

    /** The values that a later one has otherwise. */
    public List<Change> valuesChangedTo(Snapshot later) {
        List<Change> changes = new ArrayList<>();
        values.forEach((name, value) -> {
            String now = later.value(name, value);
            if (!now.equals(value)) {
                changes.add(new Change(name, value, now));
            }
        });
        later.values.forEach((name, now) -> {
            if (!values.containsKey(name)) {
                changes.add(new Change(name, usual(now), now));
            }
        });
        return changes;
    }

    /** What happened up to a later one, as a reader would say it. */
    public List<String> changesTo(Snapshot later) {
        List<String> changes = new ArrayList<>();
        for (Place place : placesNotIn(later)) {
            changes.add("takes " + place.thing() + " from " + place.list());
        }
        for (Place place : later.placesNotIn(this)) {
            changes.add("puts " + place.thing() + " on " + place.list());
        }
        for (Change change : valuesChangedTo(later)) {
            changes.add(change.name() + NAMES + change.from() + BECOMES + change.to());
        }
        return changes;
    }

    /** What a value is when nobody mentions it. */
    private static String usual(String value) {
        if (value.equals("set")) {
            return "clear";
        }
        if (value.startsWith("[")) {
            return "[] count 0";
        }
        return Character.isDigit(value.charAt(0)) || value.startsWith("-") ? "0" : "nothing";
    }
}
