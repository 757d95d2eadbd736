package dev.gaugeblock.contract;

import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/** When a request may fail, and which zones it permits. */
final class FailureRule {
    private FailureRule() {}

    /** What is wrong with a request that gets nothing where a permitted zone certainly has a block. */
    static @Nullable Breach failed(State state, Call.Alloc alloc) {
        if (!isJudged(state, alloc)) {
            return null;
        }
        int classZone = classZone(state, alloc);
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            if (permits(state, alloc, index) && zone.spanned() > zone.holes() && index <= classZone) {
                Marks marks = zone.marks();
                long reserve =
                        classZone < marks.reserve().size() ? marks.reserve().get(classZone) : 0;
                if (Surplus.has(state, zone, alloc, reserve)) {
                    return mayDeclare(failure(state, request(alloc), index), alloc);
                }
            }
        }
        return null;
    }

    private static boolean isJudged(State state, Call.Alloc alloc) {
        return state.isZoned()
                && alloc.frames() <= state.declares().largest()
                && (state.declares().pool() || !invalid(alloc.gfp()));
    }

    /**
     * A request that failed while others were under way: wrong if some block of its size shares no frame with any that
     * somebody may have had meanwhile. Each frame that is perhaps held back spoils one block.
     *
     * @param state when it returned
     */
    static @Nullable Breach inAnOverlap(State state, Call.Alloc alloc, Contract.Meanwhile meanwhile) {
        if (!isJudged(state, alloc)) {
            return null;
        }
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            boolean provesSomething = permits(state, alloc, index)
                    && zone.marks().equals(Marks.NONE)
                    && zone.holes() == 0
                    && !zone.isDisturbed();
            long spoilt = meanwhile.held() + hidden(state, zone);
            if (provesSomething
                    && spoilt < zone.spanned()
                    && meanwhile.sparedPlaces(state, zone, alloc, spoilt + 1) > spoilt) {
                return mayDeclare(failure(state, request(alloc), index), alloc)
                        .with(": one that nobody had all the while");
            }
        }
        return null;
    }

    /** Free frames that may be on per-CPU lists: if some are counted, any number, unless a bound is declared. */
    private static long hidden(State state, ZoneFrames zone) {
        boolean isBounded = state.declares().boundsHeld();
        return isBounded ? state.mostHeldBack() : zone.reported() == ZoneFrames.NOT_REPORTED ? 0 : zone.spanned();
    }

    /** A breach: some request failed, although a zone has a block. */
    static Breach failure(State state, String request, int index) {
        ZoneFrames zone = state.zone(index);
        return new Breach(
                Rule.ALLOC_FAILURE,
                "a request of " + request + " failed, although " + state.place(index)
                        + " has a block that is large enough: "
                        + zone.free() + (zone.free() == 1 ? " frame is free" : " frames are free")
                        + (zone.reported() < 0 ? "" : ", " + zone.reported() + " of them on its free lists")
                        + ", and pages_min is " + zone.marks().min());
    }

    /** A breach that were none if smaller blocks were the largest; there are none smaller than those of order 0. */
    static Breach smaller(Breach breach, Call.Alloc alloc) {
        return alloc.order() == 0 ? breach : breach.liftedBy("\"max_order\":" + (alloc.order() - 1));
    }

    private static Breach mayDeclare(Breach breach, Call.Alloc alloc) {
        String lower =
                alloc.order() == 0 ? "" : ", or \"max_order\":" + (alloc.order() - 1) + " if that is the largest";
        return breach.liftedBy("\"failure\":\"may\"" + lower);
    }

    /** What was asked for, in words. */
    static String request(Call.Alloc alloc) {
        Call.Wishes wishes = alloc.wishes();
        return (wishes.frames() > 0 ? wishes.frames() + " frames" : "order " + alloc.order())
                + (wishes.align() > 1 ? " at a multiple of " + wishes.align() : "")
                + (wishes.below() < Call.Wishes.ANYWHERE ? " below frame " + wishes.below() : "")
                + (wishes.zones().isEmpty() ? " and gfp " + alloc.gfp() : " and zones " + wishes.zones());
    }

    // Zones

    /** Throws {@link IllegalArgumentException} for a request that names zones which the machine does not have. */
    static void requirePermitted(State state, Call.Alloc alloc) {
        for (int zone : alloc.wishes().zones()) {
            state.named(zone);
        }
    }

    /** Whether a request permits a zone. Nobody says where zones are not known. */
    static boolean permits(State state, Call.Alloc alloc, int index) {
        if (!state.isZoned() || state.declares().pool()) {
            return true;
        }
        return alloc.wishes().zones().isEmpty()
                ? index <= highestZone(state, alloc.gfp())
                : alloc.wishes().zones().contains(index);
    }

    /** Whether no zone can serve it. */
    static boolean invalid(int gfp) {
        return (gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM);
    }

    private static int highestZone(State state, int gfp) {
        if (state.zones() != Zone.COUNT) {
            throw new IllegalArgumentException(
                    "gfp: the machine has " + state.zones()
                            + " zones, of which gfp says nothing; say \"zones\":[...] in its place, the zones that are permitted");
        }
        if (invalid(gfp)) {
            return -1;
        }
        return (gfp & Gfp.DMA) != 0 ? Zone.DMA : (gfp & Gfp.HIGHMEM) != 0 ? Zone.HIGHMEM : Zone.NORMAL;
    }

    /** "gfp 1 permits DMA alone", or which zones the request names. */
    static String permitted(State state, Call.Alloc alloc) {
        if (!alloc.wishes().zones().isEmpty()) {
            return "zones " + alloc.wishes().zones() + " are permitted";
        }
        int highest = highestZone(state, alloc.gfp());
        return "gfp " + alloc.gfp() + " permits "
                + (highest < 0
                        ? "none"
                        : highest == Zone.DMA ? "DMA alone" : "no higher one than " + Zone.name(highest));
    }

    /** The highest permitted zone that has frames, which chooses the reserves; -1 if there is none. */
    private static int classZone(State state, Call.Alloc alloc) {
        int index = state.zones() - 1;
        while (index >= 0
                && (!permits(state, alloc, index)
                        || state.zone(index).spanned() == state.zone(index).holes())) {
            index--;
        }
        return index;
    }
}
