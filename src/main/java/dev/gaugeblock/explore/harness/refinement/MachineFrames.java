package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.PerCpuPageset;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The abstraction: what the allocator's data say of who has each frame. Whatever is on a free list or on a per-CPU list
 * is free; what is on none is in somebody's hands. Whose these are the data do not say, but for one case: while a
 * zone's lock is held, its free lists are in its holder's hands, and so may be free frames on their way between lists.
 */
final class MachineFrames {
    private static final int NONE = -1;

    private final Memory memory;
    private final int cpus;

    MachineFrames(Memory memory, int cpus) {
        this.memory = memory;
        this.cpus = cpus;
    }

    /**
     * Where the machine's state is not the contract's; {@code null} if they are equal.
     *
     * @param contract who has each frame
     * @param passing by frame from the lowest on: a block that begins there is between a list and its owner, so that
     *     its one reference may not be counted
     */
    @Nullable
    Difference differenceFrom(FrameContract contract, boolean[] passing) {
        int[] listed = new int[contract.endPfn() - contract.startPfn()];
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            Difference wrong = zone.spanned == 0 ? null : listedTwiceOrOwned(zone, listed, contract);
            if (wrong != null) {
                return wrong;
            }
        }
        for (int number = 0; number < memory.zones(); number++) {
            Difference wrong = inNoHands(memory.zone(number), listed, contract, passing);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable Difference listedTwiceOrOwned(Zone zone, int[] listed, FrameContract contract) {
        for (int order = 0; order < BuddyLists.MAX_ORDER && zone.lock.isFree(); order++) {
            for (int pfn : zone.buddyAtRest().freeBlocks(order)) {
                int wrong = list(pfn, 1 << order, listed, contract);
                if (wrong != NONE) {
                    return listedWrongly(wrong, "in a free block of order " + order + " of " + zone, contract);
                }
            }
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            PerCpuPageset pageset = zone.pageset(cpu);
            Difference wrong = onList(pageset.hotAtRest(), listed, contract);
            wrong = wrong == null ? onList(pageset.coldAtRest(), listed, contract) : wrong;
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable Difference onList(PerCpuPages list, int[] listed, FrameContract contract) {
        for (int pfn : list.pfns()) {
            int wrong = list(pfn, 1, listed, contract);
            if (wrong != NONE) {
                return listedWrongly(wrong, "on the " + list, contract);
            }
        }
        return null;
    }

    /** Notes frames of a list; returns the first that may not be there, or {@link #NONE}. */
    private static int list(int pfn, int frames, int[] listed, FrameContract contract) {
        for (int i = pfn; i < pfn + frames; i++) {
            if (i < contract.startPfn()
                    || i >= contract.endPfn()
                    || !contract.isFree(i)
                    || listed[i - contract.startPfn()]++ > 0) {
                return i;
            }
        }
        return NONE;
    }

    private static Difference listedWrongly(int pfn, String place, FrameContract contract) {
        String owner = contract.ownerOf(pfn);
        boolean isFree = owner.equals("is free");
        return new Difference(
                pfn, "frame " + pfn + (isFree ? " is on a list, and also " : " " + owner + ", but is ") + place);
    }

    /** Frames of a zone that are free, but on no list, and references that are not the contract's. */
    private static @Nullable Difference inNoHands(Zone zone, int[] listed, FrameContract contract, boolean[] passing) {
        boolean mayBeInTransit = !zone.lock.isFree();
        for (int pfn = zone.startPfn; pfn < zone.startPfn + zone.spanned; pfn++) {
            int i = pfn - contract.startPfn();
            if (listed[i] == 0 && !mayBeInTransit && contract.isFree(pfn)) {
                return new Difference(pfn, "frame " + pfn + " is free, but on no list, and nobody holds " + zone.lock);
            }
            if (contract.beginsBlock(pfn)) {
                int counted = zone.frame(pfn).references();
                if ((passing[i] && counted == 0 ? 1 : counted) != contract.references(pfn)) {
                    return new Difference(
                            pfn, "frame " + pfn + " " + contract.ownerOf(pfn) + ", but counts " + counted);
                }
            }
        }
        return null;
    }

    /** Where the two states are not the same. */
    static final class Difference {
        final int pfn;
        final String says;

        Difference(int pfn, String says) {
            this.pfn = pfn;
            this.says = says;
        }
    }
}
