package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.FreeListKeeper;

/**
 * Somebody's free lists of one zone, and which frames are free as far as their user can tell: what they hand out must
 * be among those. Guarded by {@code zone.lock}.
 */
final class CheckedLists implements FreeListKeeper {
    private final FreeLists lists;
    private final ZoneDescription zone;
    private final OwnInvariants invariants;
    /** By offset from the zone's first frame. */
    private final boolean[] free;
    /** By order, the free blocks if all are as large as can be; made anew when {@link #free} has changed. */
    private final int[][] blocks = new int[FreeLists.MAX_ORDER][];

    private boolean isCurrent;

    CheckedLists(FreeLists lists, ZoneDescription zone) {
        this.lists = lists;
        this.zone = zone;
        this.free = new boolean[zone.frames()];
        lists.begin(zone);
        this.invariants = OwnInvariants.of(lists);
    }

    @Override
    public int takeLocked(int order, Task task) {
        int first = lists.take(order, task);
        if (first == FreeLists.NONE) {
            requireNone(order);
            return FreeLists.NONE;
        }
        String block = "block " + first + " of order " + order;
        if (first < zone.first() || first + (1 << order) > zone.first() + zone.frames()) {
            throw new InvariantBroken(Rule.ALLOC_INSIDE.id(), block + " was handed out, outside of " + zone);
        }
        if ((first - zone.first()) % (1 << order) != 0) {
            throw new InvariantBroken(
                    Rule.ALLOC_ALIGNED.id(),
                    block + " was handed out, which is no multiple of its size away from frame " + zone.first());
        }
        for (int frame = first; frame < first + (1 << order); frame++) {
            if (!free[frame - zone.first()]) {
                throw new InvariantBroken(
                        Rule.ALLOC_DISJOINT.id(), block + " was handed out, but frame " + frame + " is not free");
            }
            free[frame - zone.first()] = false;
        }
        isCurrent = false;
        return first;
    }

    private void requireNone(int order) {
        for (int larger = order; larger < FreeLists.MAX_ORDER; larger++) {
            if (freeBlocks(larger).length > 0) {
                throw new InvariantBroken(
                        Rule.ALLOC_FAILURE.id(),
                        "no block of order " + order + " was handed out, but the frames of block "
                                + freeBlocks(larger)[0] + " of order " + larger + " are all free");
            }
        }
    }

    @Override
    public void freeLocked(int first, int order, Task task) {
        for (int frame = first; frame < first + (1 << order); frame++) {
            if (!zone.spans(frame) || free[frame - zone.first()]) {
                throw new InvariantBroken(
                        Rule.FREE_LIVE.id(),
                        "block " + first + " of order " + order + " is freed, but frame " + frame
                                + (zone.spans(frame) ? " is free already" : " is outside of " + zone));
            }
            free[frame - zone.first()] = true;
        }
        isCurrent = false;
        lists.free(first, order, task);
    }

    @Override
    public int[] freeBlocks(int order) {
        if (!isCurrent) {
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = blocksOf(i);
            }
            isCurrent = true;
        }
        return blocks[order];
    }

    /** The aligned blocks of an order that are wholly free, and in no larger one that is. */
    private int[] blocksOf(int order) {
        int[] found = new int[(free.length >> order) + 1];
        int length = 0;
        for (int at = 0; at + (1 << order) <= free.length; at += 1 << order) {
            if (isFree(at, order) && (order == FreeLists.MAX_ORDER - 1 || !isFree(at & ~(1 << order), order + 1))) {
                found[length++] = zone.first() + at;
            }
        }
        int[] exact = new int[length];
        System.arraycopy(found, 0, exact, 0, length);
        return exact;
    }

    private boolean isFree(int offset, int order) {
        for (int i = offset; i < offset + (1 << order); i++) {
            if (i >= free.length || !free[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void check() {
        invariants.check(true);
    }

    @Override
    public void writeState(StateSink out) {
        for (boolean each : free) {
            out.put(each ? 1 : 0);
        }
        ReflectedState.write(lists, out);
    }
}
