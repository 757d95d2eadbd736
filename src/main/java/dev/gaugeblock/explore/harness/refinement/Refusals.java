package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which requests may get nothing: only one for which each permitted zone was, at some moment since it began, without a
 * block that is large enough and that pages_min and the reserve let it have ({@code contract/FailureRule}).
 *
 * <p>The moments at which that is asked are its beginning, its own looks at a zone, and the steps of others. A look at
 * the lists of several orders is no single moment: so of a request of order 1 or more only one is judged to which
 * nothing happened meanwhile.
 */
@Ghost("Only invariants read it; whichever of two requests is refused wrongly, it is one too many.")
final class Refusals {
    private static final boolean[] NONE = new boolean[0];

    private final Memory memory;
    /** By task number: the zones that its request may have; {@code null} while it has none that is judged. */
    private final @Nullable Zonelist[] permitted;

    private final int[] orders;
    /** By task number and position in the list: whether the zone had to refuse at some moment. */
    private final boolean[][] unable;
    /** By task number: whether others have moved frames meanwhile. */
    private final boolean[] disturbed;

    Refusals(Memory memory, int tasks) {
        this.memory = memory;
        this.permitted = new Zonelist[tasks];
        this.orders = new int[tasks];
        this.unable = new boolean[tasks][0];
        this.disturbed = new boolean[tasks];
    }

    void beginsGhost(int number, int gfp, int order, Task task) {
        Zonelist zones = memory.node(task.cpu.node).zonelist(gfp & Gfp.ZONE_MASK);
        permitted[number] = order < BuddyLists.MAX_ORDER ? zones : null;
        orders[number] = order;
        unable[number] = new boolean[zones.length()];
        disturbed[number] = false;
        lookAtAllGhost(number);
    }

    /** A task's request has read a zone's count of free pages. */
    void looksGhost(int number, Zone zone, int freePages) {
        Zonelist zones = permitted[number];
        disturbed[number] |= !zone.lock.isFree();
        for (int i = 0; zones != null && i < zones.length(); i++) {
            if (zones.zone(i) == zone) {
                unable[number][i] |= !mayGive(zone, freePages, orders[number], zones.zone(0).index);
            }
        }
    }

    /** A task's request has found nothing in a zone that the test let it ask. */
    void foundNothingGhost(int number, Zone zone) {
        Zonelist zones = permitted[number];
        for (int i = 0; zones != null && i < zones.length(); i++) {
            if (zones.zone(i) == zone) {
                unable[number][i] |= disturbed[number];
            }
        }
    }

    /** A task has moved frames: what others had seen may be over. */
    void steppedGhost(int number) {
        for (int other = 0; other < permitted.length; other++) {
            if (other != number && permitted[other] != null) {
                disturbed[other] = true;
                lookAtAllGhost(other);
            }
        }
    }

    /**
     * A task's request ends.
     *
     * @param nothing whether it got nothing
     * @return why it should have got something, or {@code null}
     */
    @Nullable
    String endsGhost(int number, boolean nothing) {
        Zonelist zones = permitted[number];
        boolean isJudged = nothing && (orders[number] == 0 || !disturbed[number]);
        boolean[] wasUnable = unable[number];
        forgetGhost(number);
        for (int i = 0; isJudged && zones != null && i < zones.length(); i++) {
            if (!wasUnable[i]) {
                Zone zone = zones.zone(i);
                return "alloc-failure: a request got nothing, but all the while " + zone
                        + " had a block that pages_min, " + zone.marks.min() + ", and the reserve let it have";
            }
        }
        return null;
    }

    /** What is over must not tell states apart. */
    private void forgetGhost(int number) {
        permitted[number] = null;
        orders[number] = 0;
        unable[number] = NONE;
        disturbed[number] = false;
    }

    private void lookAtAllGhost(int number) {
        Zonelist zones = permitted[number];
        for (int i = 0; zones != null && i < zones.length(); i++) {
            Zone zone = zones.zone(i);
            unable[number][i] |= !mayGive(zone, zone.counts.freePages.peek(), orders[number], zones.zone(0).index);
        }
    }

    /** Whether a zone with so many free pages has a block for an ordinary request. */
    private static boolean mayGive(Zone zone, int freePages, int order, int classZone) {
        int least = zone.marks.min();
        int left = freePages - (1 << order) + 1;
        boolean enough = left > least + zone.marks.lowmemReserve(classZone);
        for (int smaller = 0; smaller < order; smaller++) {
            left -= zone.counts.freeBlocks(smaller).peek() << smaller;
            least >>= 1;
            enough &= left > least;
        }
        return enough;
    }
}
