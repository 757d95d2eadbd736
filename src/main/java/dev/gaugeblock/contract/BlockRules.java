package dev.gaugeblock.contract;

import static dev.gaugeblock.contract.Block.frames;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.EnsuresNonNullIf;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rules about blocks: what may be handed out, what may come back, and when a request may fail. */
final class BlockRules {
    private final Contract.Failures failures;
    private final @NotOnlyInitialized Contract contract;

    BlockRules(Contract.Failures failures, @UnderInitialization Contract contract) {
        this.failures = failures;
        this.contract = contract;
    }

    // Handing out

    Judgement alloc(State before, Call.Alloc alloc) {
        Judgement meanwhile = alloc.meanwhile().isEmpty() ? before : contract.steps(before, alloc.meanwhile());
        if (meanwhile instanceof Breach) {
            return meanwhile;
        }
        State state = ((State) meanwhile).holdingBack(alloc.cpu());
        return switch (alloc.result().kind()) {
            case GIVEN -> granted(state, alloc, alloc.result().value());
            case NOTHING -> failed(before, state, alloc);
            case REFUSED -> refused(state, alloc);
            case WAITING -> waiting(before, state, alloc);
        };
    }

    private static Judgement granted(State state, Call.Alloc alloc, long pfn) {
        if (alloc.order() >= BuddyLists.MAX_ORDER) {
            return new Breach(
                    Rule.ALLOC_ORDER,
                    "order " + alloc.order() + " was granted, with frame " + pfn + "; the largest is "
                            + (BuddyLists.MAX_ORDER - 1));
        }
        int order = (int) alloc.order();
        int index = state.zoneOf(pfn);
        Breach misplaced = misplaced(state, index, pfn, order);
        if (misplaced != null) {
            return misplaced;
        }
        if (state.isZoned() && index > highestZone(alloc.gfp())) {
            return new Breach(
                    Rule.ALLOC_ZONE,
                    are((int) pfn, order) + " in zone " + Zone.name(index) + ", but gfp " + alloc.gfp() + " permits "
                            + permitted(alloc.gfp()));
        }
        boolean compound = (alloc.gfp() & Gfp.COMP) != 0 && order > 0;
        return state.with(index, state.zone(index).take(new Block((int) pfn, order, 1, compound, alloc.line())));
    }

    /** Why a block cannot be handed out, whoever asked for it; {@code null} if it can. */
    private static @Nullable Breach misplaced(State state, int index, long pfn, int order) {
        if (index < 0) {
            return new Breach(Rule.ALLOC_INSIDE, "frame " + pfn + " is in no zone");
        }
        ZoneFrames zone = state.zone(index);
        if (!zone.isAligned(pfn, order)) {
            return new Breach(
                    Rule.ALLOC_ALIGNED,
                    "a block of order " + order + " starts at frame " + pfn + ", " + (pfn - zone.start())
                            + " frames into its zone, which is no multiple of " + (1 << order));
        }
        int first = (int) pfn;
        if (!zone.holds(pfn, order)) {
            return new Breach(
                    Rule.ALLOC_INSIDE,
                    frames(first, order) + " would go beyond the zone, frames " + zone.start() + ".."
                            + (zone.start() + zone.spanned() - 1));
        }
        if (zone.areFree(first, order)) {
            return null;
        }
        if (zone.any(Owner.LIVE, first, order)) {
            return new Breach(Rule.ALLOC_DISJOINT, were(first, order) + " handed out", zone.blocksIn(first, order));
        }
        return zone.any(Owner.RESERVED, first, order)
                ? new Breach(Rule.ALLOC_RESERVED, were(first, order) + " handed out, but must stay reserved")
                : null;
    }

    private Judgement failed(State before, State after, Call.Alloc alloc) {
        if (failures == Contract.Failures.RESOURCE_AWARE
                && before.isZoned()
                && alloc.order() < BuddyLists.MAX_ORDER
                && !invalid(alloc.gfp())) {
            int classZone = classZone(before, highestZone(alloc.gfp()));
            for (int index = 0; index <= classZone; index++) {
                ZoneFrames zone = before.zone(index);
                if (zone.spanned() > zone.holes()
                        && Surplus.has(
                                zone,
                                (int) alloc.order(),
                                zone.marks().reserve().get(classZone))) {
                    return failure("order " + alloc.order() + " and gfp " + alloc.gfp(), index, zone);
                }
            }
        }
        return after;
    }

    /** For ever, as far as anybody saw: that is a failure, of a request that may wait. */
    private Judgement waiting(State before, State after, Call.Alloc alloc) {
        return alloc.mayWait()
                ? failed(before, after, alloc)
                : new Breach(
                        Rule.ALLOC_WAITS,
                        "a request of order " + alloc.order() + " and gfp " + alloc.gfp()
                                + ", which may not wait, did not come back");
    }

    private static Breach failure(String request, int index, ZoneFrames zone) {
        return new Breach(
                Rule.ALLOC_FAILURE,
                "a request of " + request + " failed, although zone " + Zone.name(index)
                        + " has a block that is large enough: "
                        + zone.free() + " frames are free"
                        + (zone.reported() < 0 ? "" : ", " + zone.reported() + " of them on its free lists")
                        + ", and pages_min is " + zone.marks().min());
    }

    /** Legal if there is no zonelist for the request, or if frames of HighMem cannot be cleared without sleeping. */
    private static Judgement refused(State state, Call.Alloc alloc) {
        int gfp = alloc.gfp();
        if (invalid(gfp) || alloc.order() >= BuddyLists.MAX_ORDER) {
            return state;
        }
        if ((gfp & Gfp.ZERO) == 0 || (gfp & Gfp.HIGHMEM) == 0 || (gfp & Gfp.WAIT) != 0) {
            return new Breach(Rule.REFUSED, "a request of order " + alloc.order() + " and gfp " + gfp + " was refused");
        }
        State disturbed = state; // the block that was to be cleared may be lost
        for (int index = 0; index < state.zones(); index++) {
            disturbed = CountRule.disturb(disturbed, index);
        }
        return disturbed;
    }

    Judgement take(State state, Call.Take take) {
        ZoneFrames zone = state.named(take.zone());
        if (take.result().kind() != Result.Kind.GIVEN) {
            boolean hadTo = failures == Contract.Failures.RESOURCE_OBLIVIOUS || !Surplus.has(zone, take.order());
            return hadTo ? state : failure("order " + take.order(), take.zone(), zone);
        }
        long pfn = take.result().value();
        int index = state.zoneOf(pfn);
        Breach misplaced = misplaced(state, index, pfn, take.order());
        if (misplaced != null) {
            return misplaced;
        }
        if (index != take.zone()) {
            return new Breach(
                    Rule.ALLOC_ZONE,
                    are((int) pfn, take.order()) + " in zone " + Zone.name(index) + ", not in "
                            + Zone.name(take.zone()));
        }
        return state.with(index, zone.take(new Block((int) pfn, take.order(), 1, false, take.line())));
    }

    // Taking back

    static Judgement free(State state, Call.Free free) {
        state.requireCpu(free.cpu());
        int index = zoneOf(state, free.pfn());
        ZoneFrames zone = state.zone(index);
        Block block = zone.block(free.pfn());
        if (names(block, free.pfn(), free.order())) {
            if (free.reception() == Call.Reception.REFUSED) {
                return refusedFree(block);
            }
            ZoneFrames after =
                    block.references() > 1 ? zone.replace(block.with(block.references() - 1)) : zone.release(block);
            return state.with(index, after).holdingBack(free.cpu());
        }
        if (zone.owner(free.pfn()) == Owner.RESERVED) {
            return state;
        }
        Judgement judgement = FoundBlocks.areIn(zone, free.pfn(), free.order())
                ? FoundBlocks.free(state, index, free)
                : misnamed(state, index, free.pfn(), free.order(), free.reception());
        return judgement instanceof State after ? after.holdingBack(free.cpu()) : judgement;
    }

    /** As a free, but straight to the lists and whatever the references; boot frees reserved frames so, too. */
    static Judgement give(State state, Call.Give give) {
        int index = zoneOf(state, give.pfn());
        ZoneFrames zone = state.zone(index);
        Block block = zone.block(give.pfn());
        if (names(block, give.pfn(), give.order()) && give.reception() == Call.Reception.REFUSED) {
            return refusedFree(block);
        }
        if (give.reception() != Call.Reception.REFUSED && names(block, give.pfn(), give.order())) {
            return state.with(index, zone.release(block));
        }
        if (give.reception() != Call.Reception.REFUSED && isAll(zone, Owner.RESERVED, give.pfn(), give.order())) {
            return state.with(index, zone.free(give.pfn(), give.order(), Owner.RESERVED));
        }
        return FoundBlocks.areIn(zone, give.pfn(), give.order())
                ? FoundBlocks.give(state, index, give)
                : misnamed(state, index, give.pfn(), give.order(), give.reception());
    }

    /** A free that names no block that is known to be live. */
    private static Judgement misnamed(State state, int index, int pfn, int order, Call.Reception reception) {
        ZoneFrames zone = state.zone(index);
        return switch (reception) {
            case REFUSED -> state;
            case ACCEPTED ->
                isAll(zone, Owner.UNKNOWN, pfn, order)
                        ? state.with(index, zone.free(pfn, order, Owner.UNKNOWN))
                        : notLive(zone, pfn, order);
            // Nobody says what became of the frames after such a report.
            case REPORTED -> CountRule.disturb(state.with(index, zone.forget(pfn, order)), index);
        };
    }

    @EnsuresNonNullIf(expression = "#1", result = true)
    private static boolean names(@Nullable Block block, int pfn, int order) {
        return block != null && block.pfn() == pfn && block.order() == order && !block.isFoundInUse();
    }

    private static boolean isAll(ZoneFrames zone, Owner owner, int pfn, int order) {
        return zone.isAligned(pfn, order) && zone.holds(pfn, order) && zone.all(owner, pfn, order);
    }

    private static Breach refusedFree(Block block) {
        return new Breach(Rule.REFUSED, "a free of " + frames(block.pfn(), block.order()) + " was refused", block);
    }

    static Breach notLive(ZoneFrames zone, int pfn, int order) {
        String what = "a free of " + frames(pfn, order) + " went through, ";
        Block block = zone.block(pfn);
        return block == null
                ? new Breach(Rule.FREE_LIVE, what + "but frame " + pfn + " is not part of a live block")
                : new Breach(Rule.FREE_LIVE, what + "which is not the block that was handed out", block);
    }

    static Judgement get(State state, Call.Get get) {
        int index = zoneOf(state, get.pfn());
        ZoneFrames zone = state.zone(index);
        Block block = zone.block(get.pfn());
        if (block == null && zone.owner(get.pfn()) == Owner.UNKNOWN) {
            return state.with(
                    index,
                    zone.take(Block.foundInUse(get.pfn(), !get.isToItself()).with(2)));
        }
        if (block == null) {
            return new Breach(Rule.REFERENCES, "a reference to frame " + get.pfn() + " was taken, which is not live");
        }
        if (block.pfn() != get.pfn() && !block.compound()) {
            return new Breach(
                    Rule.REFERENCES,
                    "a reference to frame " + get.pfn() + " was taken, which is not the first of its block",
                    block);
        }
        return state.with(index, zone.replace(block.with(block.references() + 1)));
    }

    static Judgement references(State state, Call.References asked) {
        Block block = state.block(asked.pfn());
        if (block == null || block.references() == asked.count()) {
            return state;
        }
        if (block.isFoundInUse() && block.references() < asked.count() && asked.count() <= Block.MOST_REFERENCES) {
            int index = state.zoneOf(asked.pfn());
            return state.with(index, state.zone(index).replace(block.with((int) asked.count())));
        }
        return new Breach(
                Rule.REFERENCES,
                "frame " + asked.pfn() + " has " + (block.isFoundInUse() ? "at least " : "") + block.references()
                        + " references, and not " + asked.count(),
                block);
    }

    private static String were(int pfn, int order) {
        return frames(pfn, order) + (order == 0 ? " was" : " were");
    }

    private static String are(int pfn, int order) {
        return frames(pfn, order) + (order == 0 ? " is" : " are");
    }

    // Zones of a request

    /** Index of the zone of a frame that the machine must have. */
    static int zoneOf(State state, int pfn) {
        int index = state.zoneOf(pfn);
        if (index < 0) {
            throw new IllegalArgumentException("frame " + pfn + " is not part of the machine's memory");
        }
        return index;
    }

    private static boolean invalid(int gfp) {
        return (gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM);
    }

    private static int highestZone(int gfp) {
        if (invalid(gfp)) {
            return -1;
        }
        return (gfp & Gfp.DMA) != 0 ? Zone.DMA : (gfp & Gfp.HIGHMEM) != 0 ? Zone.HIGHMEM : Zone.NORMAL;
    }

    private static String permitted(int gfp) {
        int highest = highestZone(gfp);
        return highest < 0 ? "none" : highest == Zone.DMA ? "DMA alone" : "no higher one than " + Zone.name(highest);
    }

    /** The highest permitted zone that has frames, which chooses the reserves; -1 if there is none. */
    private static int classZone(State state, int highest) {
        int index = highest;
        while (index >= 0 && state.zone(index).spanned() == state.zone(index).holes()) {
            index--;
        }
        return index;
    }
}
