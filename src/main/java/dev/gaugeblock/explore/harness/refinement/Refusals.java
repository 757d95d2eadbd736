package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.explore.harness.rules.WatermarkAtRest;
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
 * moment: of larger requests only those are judged while which nobody moved a frame. So what is remembered follows from
 * what the request has seen itself, and tells hardly any states apart.
 *
 * <p>Counts are words of the machine, which only a step may read. So a request that got nothing is judged at the next
 * scheduling point, and forgotten when a task goes on from there.
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
    /** By task number, for orders above 0: whether frames may have moved meanwhile. */
    private final boolean[] disturbed;
    /** By task number: what a request that got nothing was, and whose; {@code null} if there is none. */
    private final @Nullable String[] asked;

    Refusals(Memory memory, int tasks) {
        this.memory = memory;
        this.permitted = new Zonelist[tasks];
        this.orders = new int[tasks];
        this.unable = new boolean[tasks][0];
        this.disturbed = new boolean[tasks];
        this.asked = new String[tasks];
    }

    void beginsGhost(int number, int gfp, int order, Task task) {
        forgetGhost(number);
        if (order < BuddyLists.MAX_ORDER) {
            Zonelist zones = memory.node(task.askedNodeGhost()).zonelist(gfp & Gfp.ZONE_MASK);
            permitted[number] = zones;
            orders[number] = order;
            unable[number] = new boolean[zones.length()];
            disturbed[number] = order > 0 && anyLockIsHeld(zones);
        }
    }

    /** Whoever holds a zone's lock as a request begins may be about to move frames. */
    private static boolean anyLockIsHeld(Zonelist zones) {
        boolean held = false;
        for (int i = 0; i < zones.length(); i++) {
            held |= !zones.zone(i).lock.isFree();
        }
        return held;
    }

    /** A task's request has read a zone's count of free pages. */
    void looksGhost(int number, Zone zone, int freePages) {
        int position = positionOf(zone, number);
        Zonelist zones = permitted[number];
        if (position >= 0 && zones != null) {
            int kept = zone.marks.mostKeptGhost(zones.zone(0).index);
            unable[number][position] |= orders[number] == 0 && freePages <= kept;
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

    /** A task goes on from a scheduling point. */
    void goesOnGhost() {
        for (int number = 0; number < orders.length; number++) {
            if (asked[number] != null) {
                forgetGhost(number);
            }
        }
    }

    /** A task begins to move frames, or has done so: what requests have seen is no single moment. */
    void movesGhost() {
        goesOnGhost();
        for (int number = 0; number < orders.length; number++) {
            disturbed[number] |= orders[number] > 0;
        }
    }

    /**
     * A task's request ends.
     *
     * @param what the request, if it got nothing; otherwise {@code null}
     */
    void endsGhost(int number, @Nullable String what) {
        if (what == null || permitted[number] == null || disturbed[number]) {
            forgetGhost(number);
        } else {
            asked[number] = what;
        }
    }

    /** What is over must not tell states apart. */
    private void forgetGhost(int number) {
        permitted[number] = null;
        orders[number] = 0;
        unable[number] = NONE;
        disturbed[number] = false;
        asked[number] = null;
    }

    /** Why a request that got nothing should have got something; {@code null} if there is none. */
    @Nullable
    String refusedWrongly() {
        String wrong = null;
        for (int number = 0; number < orders.length; number++) {
            String what = asked[number];
            Zonelist zones = permitted[number];
            for (int i = 0; what != null && zones != null && i < zones.length() && wrong == null; i++) {
                Zone zone = zones.zone(i);
                int freePages = zone.counts.freePages.peek();
                int reserve = zone.marks.mostReserveGhost(zones.zone(0).index);
                boolean may = WatermarkAtRest.isOk(zone, freePages, orders[number], zone.marks.mostMinGhost(), reserve);
                if (!unable[number][i] && zone.lock.isFree() && may) {
                    wrong = "alloc-failure: " + what + " got nothing, but " + zone + " has " + freePages
                            + " free pages and a block that pages_min, " + zone.marks.min()
                            + ", and the reserve let it have";
                }
            }
        }
        return wrong;
    }
}
