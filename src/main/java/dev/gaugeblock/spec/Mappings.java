package dev.gaugeblock.spec;

import dev.gaugeblock.highmem.HighmemLayout;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where high frames are mapped. Immutable; a change copies, which the size of the windows bounds: at most 1024 slots, and
 * a window for each CPU and type.
 *
 * @param layout where the windows lie
 * @param slots the frames that kmap has mapped and that have users, by number
 * @param windows the atomic windows in use
 */
record Mappings(HighmemLayout layout, Map<Integer, Slot> slots, Map<Window, Target> windows) {
    /** A slot of the kmap window: its address, and how many kmaps of its frame nothing has ended yet. */
    record Slot(long address, int users) {}

    /** An atomic window belongs to a CPU and a type. */
    record Window(int cpu, long type) implements Comparable<Window> {
        @Override
        public int compareTo(Window other) {
            return cpu != other.cpu ? Integer.compare(cpu, other.cpu) : Long.compare(type, other.type);
        }
    }

    /** Where an atomic window is, and what it shows; a low frame is at its own address. */
    record Target(long address, int pfn) {}

    static Mappings none(HighmemLayout layout) {
        return new Mappings(layout, Map.of(), Map.of());
    }

    /** The slots with a frame at an address, or, for {@code users} 0, without it. */
    Mappings with(int pfn, long address, int users) {
        Map<Integer, Slot> changed = new TreeMap<>(slots);
        if (users == 0) {
            changed.remove(pfn);
        } else {
            changed.put(pfn, new Slot(address, users));
        }
        return new Mappings(layout, changed, windows);
    }

    Mappings with(Window window, Target target) {
        Map<Window, Target> changed = new TreeMap<>(windows);
        changed.put(window, target);
        return new Mappings(layout, slots, changed);
    }

    Mappings without(Window window) {
        Map<Window, Target> changed = new TreeMap<>(windows);
        changed.remove(window);
        return new Mappings(layout, slots, changed);
    }

    /** Whether each slot has users. */
    boolean isFull() {
        return slots.size() >= layout.lastPkmap();
    }

    /** The frame with users at an address of the kmap window, or {@code null}. */
    @Nullable
    Integer frameAt(long address) {
        for (Map.Entry<Integer, Slot> slot : slots.entrySet()) {
            if (slot.getValue().address == address) {
                return slot.getKey();
            }
        }
        return null;
    }
}
