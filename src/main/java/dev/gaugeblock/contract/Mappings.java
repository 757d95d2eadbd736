package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.IntMap;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.PageFrame;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where high frames are mapped. Immutable.
 *
 * @param layout where the windows lie
 * @param slots the frames that kmap has mapped and that have users, by number
 * @param frames the same frames, by the page number of their address
 * @param windows the atomic windows in use, one for each CPU and type at most
 * @param isComplete whether there are no other mappings, from before the trace
 */
record Mappings(
        HighmemLayout layout,
        IntMap<Slot> slots,
        IntMap<Integer> frames,
        Map<Window, Target> windows,
        boolean isComplete) {
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

    /** At the start of a trace, where {@code isComplete} says whether it is that of the machine's life, too. */
    static Mappings none(HighmemLayout layout, boolean isComplete) {
        return new Mappings(layout, IntMap.empty(), IntMap.empty(), Map.of(), isComplete);
    }

    /** The slots with a frame at an address of the window, or, for {@code users} 0, without it. */
    Mappings with(int pfn, long address, int users) {
        int page = (int) (address / PageFrame.SIZE);
        return users == 0
                ? new Mappings(layout, slots.without(pfn), frames.without(page), windows, isComplete)
                : new Mappings(
                        layout, slots.with(pfn, new Slot(address, users)), frames.with(page, pfn), windows, isComplete);
    }

    Mappings with(Window window, Target target) {
        Map<Window, Target> changed = new TreeMap<>(windows);
        changed.put(window, target);
        return new Mappings(layout, slots, frames, changed, isComplete);
    }

    Mappings without(Window window) {
        Map<Window, Target> changed = new TreeMap<>(windows);
        changed.remove(window);
        return new Mappings(layout, slots, frames, changed, isComplete);
    }

    /** The same, with nobody knowing any more where a frame is mapped, or what is at an address of the window. */
    Mappings forgetting(int pfn, long address) {
        Mappings now = new Mappings(layout, slots, frames, windows, false);
        Slot slot = slots.get(pfn);
        if (slot != null) {
            now = now.with(pfn, slot.address(), 0);
        }
        Integer other = now.frameAt(address);
        return other == null ? now : now.with(other, address, 0);
    }

    /** Whether each slot has users. */
    boolean isFull() {
        return slots.size() >= layout.lastPkmap();
    }

    /** The frame with users at an address of the kmap window, or {@code null}. */
    @Nullable
    Integer frameAt(long address) {
        boolean isPage = address >= layout.pkmapBase() && address < layout.pkmapEnd() && address % PageFrame.SIZE == 0;
        return isPage ? frames.get((int) (address / PageFrame.SIZE)) : null;
    }
}
