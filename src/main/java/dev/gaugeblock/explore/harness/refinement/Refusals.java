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
 * Which requests may get nothing: only one for which each permitted zone was at some moment without a block that is
 * large enough and that pages_min and the reserve let it have ({@code contract/FailureRule}).
 *
 * <p>For a single frame that moment is one at which the request looked at the zone itself; a zone that never had to
 * refuse, and has a frame when the request gives up, was left out. A look at the lists of several orders is no single
 * moment: of larger requests only those are judged to which nothing happened meanwhile. So what is remembered follows
 * from what the request has seen itself, and tells hardly any states apart.
 */
@Ghost("Only invariants read it; whichever of two requests is refused wrongly, it is one too many.")
final class Refusals {
    private static final boolean[] NONE = new boolean[0];

    private final Memory memory;
    /** By task number: the zones that its request may have; {@code null} while it has none that is judged. */
    private final @Nullable Zonelist[] permitted;

    private final int[] orders;
    /** By task number and position in the list: whether the zone had to refuse. */
    private final boolean[][] unable;
    /** By task number, for orders above 0: whether others have moved frames meanwhile. */
    private final boolean[] disturbed;

    Refusals(Memory memory, int tasks) {
        this.memory = memory;
        this.permitted = new Zonelist[tasks];
        this.orders = new int[tasks];
        this.unable = new boolean[tasks][0];
        this.disturbed = new boolean[tasks];
    }

    void beginsGhost(int number, int gfp, int order, Task task) {
        if (order >= BuddyLists.MAX_ORDER) {
            return;
        }
        Zonelist zones = memory.node(task.cpu.node).zonelist(gfp & Gfp.ZONE_MASK);
        permitted[number] = zones;
        orders[number] = order;
        unable[number] = new boolean[zones.length()];
        for (int i = 0; order > 0 && i < zones.length(); i++) {
            unable[number][i] = !mayGive(number, zones, i);
            disturbed[number] |= !zones.zone(i).lock.isFree();
        }
    }

    /** A task's request has read a zone's count of free pages. */
    void looksGhost(int number, Zone zone, int freePages) {
        int position = positionOf(zone, number);
        Zonelist zones = permitted[number];
        if (position >= 0 && zones != null) {
            unable[number][position] |= !mayGive(zone, freePages, orders[number], zones.zone(0).index);
            disturbed[number] |= orders[number] > 0 && !zone.lock.isFree();
        }
    }

    /** A task's request has found nothing in a zone that the test let it ask: others may have been faster. */
    void foundNothingGhost(int number, Zone zone) {
        int position = positionOf(zone, number);
        if (position >= 0) {
            unable[number][position] |= orders[number] == 0;
        }
    }

    private int positionOf(Zone zone, int number) {
        Zonelist zones = permitted[number];
        for (int i = 0; zones != null && i < zones.length(); i++) {
            if (zones.zone(i) == zone) {
                return i;
            }
        }
        return -1;
    }

    /** A task has moved frames: what others are seeing is no single moment. */
    void movesGhost(int number) {
        for (int other = 0; other < orders.length; other++) {
            disturbed[other] |= other != number && orders[other] > 0;
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
        String wrong = null;
        for (int i = 0; nothing && !disturbed[number] && zones != null && i < zones.length(); i++) {
            if (wrong == null && !unable[number][i] && mayGive(number, zones, i)) {
                Zone zone = zones.zone(i);
                wrong = "alloc-failure: a request of order " + orders[number] + " got nothing, but " + zone
                        + " has a block that pages_min, " + zone.marks.min() + ", and the reserve let it have";
            }
        }
        // What is over must not tell states apart.
        permitted[number] = null;
        orders[number] = 0;
        unable[number] = NONE;
        disturbed[number] = false;
        return wrong;
    }

    private boolean mayGive(int number, Zonelist zones, int position) {
        Zone zone = zones.zone(position);
        return mayGive(zone, zone.counts.freePages.peek(), orders[number], zones.zone(0).index);
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
