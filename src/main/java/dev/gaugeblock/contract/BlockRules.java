package dev.gaugeblock.contract;

import static dev.gaugeblock.contract.Block.frames;

import dev.gaugeblock.mm.Gfp;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.EnsuresNonNullIf;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rules about blocks: what may be handed out, and what may come back. */
final class BlockRules {
    private final @NotOnlyInitialized Contract contract;

    BlockRules(@UnderInitialization Contract contract) {
        this.contract = contract;
    }

    // Handing out

    Judgement alloc(State before, Call.Alloc alloc) {
        Judgement meanwhile = alloc.meanwhile().isEmpty() ? before : contract.steps(before, alloc.meanwhile());
        if (meanwhile instanceof Breach) {
            return meanwhile;
        }
        State state = ((State) meanwhile).holdingBack(alloc.cpu());
        if (alloc.wishes() != Call.Wishes.NONE) {
            FailureRule.requirePermitted(state, alloc);
        }
        return switch (alloc.result().kind()) {
            case GIVEN -> granted(state, alloc, alloc.result().value());
            case NOTHING -> contract.mayFail(before) ? state : FailureRule.failed(before, state, alloc);
            case REFUSED -> refused(state, alloc);
            case WAITING -> waiting(before, state, alloc);
        };
    }

    private static Judgement granted(State state, Call.Alloc alloc, long pfn) {
        Declarations declares = state.declares();
        long frames = alloc.frames();
        if (frames > declares.largest()) {
            return tooLarge(alloc, pfn, declares.maxOrder());
        }
        int index = state.zoneOf(pfn);
        Breach misplaced = misplaced(state, index, pfn, (int) frames);
        if (misplaced != null) {
            return misplaced;
        }
        if (!FailureRule.permits(state, alloc, index)) {
            return notPermitted(state, alloc, pfn, index);
        }
        Breach unwished = alloc.wishes() == Call.Wishes.NONE ? null : unwished(alloc, pfn);
        if (unwished != null) {
            return unwished;
        }
        boolean compound = (alloc.gfp() & Gfp.COMP) != 0 && frames > 1;
        return state.with(index, state.zone(index).take(new Block((int) pfn, (int) frames, 1, compound, alloc.line())));
    }

    /** Why a block is not where the request wants it; {@code null} if it is. */
    private static @Nullable Breach unwished(Call.Alloc alloc, long pfn) {
        long frames = alloc.frames();
        Call.Wishes wishes = alloc.wishes();
        if (pfn % wishes.align() != 0) {
            return new Breach(
                    Rule.ALLOC_ALIGNED,
                    "a block starts at frame " + pfn + ", which is no multiple of " + wishes.align()
                            + ", as the request wants");
        }
        if (pfn + frames > wishes.below()) {
            return new Breach(
                    Rule.ALLOC_BELOW,
                    frames(pfn, frames) + " would not lie below frame " + wishes.below() + ", as the request wants");
        }
        return null;
    }

    private static Breach tooLarge(Call.Alloc alloc, long pfn, int maxOrder) {
        String what =
                alloc.wishes().frames() > 0 ? "a block of " + alloc.frames() + " frames" : "order " + alloc.order();
        Breach breach = new Breach(
                Rule.ALLOC_ORDER,
                what + " was granted, with frame " + pfn + "; the largest is " + maxOrder
                        + (alloc.wishes().frames() > 0 ? ", " + (1L << maxOrder) + " frames" : ""));
        return alloc.order() <= Declarations.LARGEST_ORDER ? breach.liftedBy("\"max_order\":" + alloc.order()) : breach;
    }

    private static Breach notPermitted(State state, Call.Alloc alloc, long pfn, int index) {
        Breach breach = new Breach(
                Rule.ALLOC_ZONE,
                are((int) pfn, (int) alloc.frames()) + " in " + state.place(index) + ", but "
                        + FailureRule.permitted(state, alloc));
        return alloc.wishes().zones().isEmpty() ? breach.liftedBy("\"zones\":\"pool\"") : breach;
    }

    /** Why a block cannot be handed out, whoever asked for it; {@code null} if it can. */
    private static @Nullable Breach misplaced(State state, int index, long pfn, int frames) {
        if (index < 0) {
            return new Breach(Rule.ALLOC_INSIDE, "frame " + pfn + " is in no zone");
        }
        ZoneFrames zone = state.zone(index);
        if (!zone.isPlaced(state.declares(), pfn, frames)) {
            return new Breach(
                            Rule.ALLOC_ALIGNED,
                            "a block of order " + Integer.numberOfTrailingZeros(frames) + " starts at frame " + pfn
                                    + (state.declares().byNumber()
                                            ? ""
                                            : ", " + (pfn - zone.start()) + " frames into its zone")
                                    + ", which is no multiple of " + frames)
                    .liftedBy("\"aligned\":\"frame\"");
        }
        int first = (int) pfn;
        if (!zone.holds(pfn, frames)) {
            Breach breach = new Breach(
                    Rule.ALLOC_INSIDE,
                    frames(first, frames) + " would go beyond the zone, frames " + zone.start() + ".."
                            + (zone.start() + zone.spanned() - 1));
            boolean isInMemory =
                    state.isZoned() && pfn + frames <= state.memory().end();
            return isInMemory ? breach.liftedBy("\"zones\":\"pool\"") : breach;
        }
        if (zone.areFree(first, frames)) {
            return null;
        }
        if (zone.any(Owner.LIVE, first, frames)) {
            return new Breach(Rule.ALLOC_DISJOINT, were(first, frames) + " handed out", zone.blocksIn(first, frames));
        }
        return zone.any(Owner.RESERVED, first, frames)
                ? new Breach(Rule.ALLOC_RESERVED, were(first, frames) + " handed out, but must stay reserved")
                : null;
    }

    /** For ever, as far as anybody saw: that is a failure, of a request that may wait. */
    private Judgement waiting(State before, State after, Call.Alloc alloc) {
        if (alloc.mayWait(before.declares().maxOrder())) {
            return contract.mayFail(before) ? after : FailureRule.failed(before, after, alloc);
        }
        Breach breach = new Breach(
                Rule.ALLOC_WAITS,
                "a request of " + FailureRule.request(alloc) + ", which may not wait, did not come back");
        return (alloc.gfp() & Gfp.WAIT) != 0 && alloc.order() <= Declarations.LARGEST_ORDER
                ? breach.liftedBy("\"max_order\":" + alloc.order())
                : breach;
    }

    /** Legal if there is no zonelist for the request, or if frames of HighMem cannot be cleared without sleeping. */
    private static Judgement refused(State state, Call.Alloc alloc) {
        int gfp = alloc.gfp();
        if (FailureRule.invalid(gfp) || alloc.frames() > state.declares().largest()) {
            return state;
        }
        if ((gfp & Gfp.ZERO) == 0 || (gfp & Gfp.HIGHMEM) == 0 || (gfp & Gfp.WAIT) != 0) {
            return FailureRule.smaller(
                    new Breach(Rule.REFUSED, "a request of " + FailureRule.request(alloc) + " was refused"), alloc);
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
            boolean hadTo = contract.mayFail(state) || !Surplus.has(state, zone, take.order());
            return hadTo ? state : FailureRule.failure(state, "order " + take.order(), take.zone());
        }
        long pfn = take.result().value();
        int frames = 1 << take.order();
        int index = state.zoneOf(pfn);
        Breach misplaced = misplaced(state, index, pfn, frames);
        if (misplaced != null) {
            return misplaced;
        }
        if (index != take.zone()) {
            return new Breach(
                    Rule.ALLOC_ZONE,
                    are((int) pfn, frames) + " in " + state.place(index) + ", not in "
                            + state.memory().name(take.zone()));
        }
        return state.with(index, zone.take(new Block((int) pfn, frames, 1, false, take.line())));
    }

    /** Frames that are not live are the allocator's own from now on. */
    static Judgement reserve(State state, Call.Reserve reserve) {
        state.memory().require(reserve.pfn(), reserve.count());
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            int from = Math.max(reserve.pfn(), zone.start());
            int to = Math.min(reserve.pfn() + reserve.count(), zone.start() + zone.spanned());
            if (from < to && zone.any(Owner.LIVE, from, to - from)) {
                return new Breach(
                        Rule.ALLOC_DISJOINT, were(from, to - from) + " reserved", zone.blocksIn(from, to - from));
            }
        }
        return state.reserved(reserve.pfn(), reserve.count());
    }

    // Taking back

    static Judgement free(State state, Call.Free free) {
        state.requireCpu(free.cpu());
        int index = zoneOf(state, free.pfn());
        ZoneFrames zone = state.zone(index);
        Block block = zone.block(free.pfn());
        int frames = free.frames() > 0 ? free.frames() : block == null ? 1 : block.frames();
        if (names(block, free.pfn(), frames)) {
            if (free.reception() == Call.Reception.REFUSED) {
                return refusedFree(block);
            }
            return state.with(index, dropped(zone, block)).holdingBack(free.cpu());
        }
        if (zone.owner(free.pfn()) == Owner.RESERVED) {
            return state;
        }
        Judgement judgement = FoundBlocks.areIn(zone, free.pfn(), frames)
                ? FoundBlocks.free(state, index, free, frames)
                : SharedFree.isOne(zone, free.pfn(), frames) && free.reception() != Call.Reception.REPORTED
                        ? SharedFree.judge(state, index, free, frames)
                        : misnamed(state, index, free.pfn(), frames, free.reception());
        return judgement instanceof State after ? after.holdingBack(free.cpu()) : judgement;
    }

    /** A reference to a block is dropped, and with the last one the block. */
    static ZoneFrames dropped(ZoneFrames zone, Block block) {
        return block.references() > 1 ? zone.replace(block.with(block.references() - 1)) : zone.release(block);
    }

    /** As a free, but straight to the lists and whatever the references; boot frees reserved frames so, too. */
    static Judgement give(State state, Call.Give give) {
        int index = zoneOf(state, give.pfn());
        int frames = 1 << give.order();
        ZoneFrames zone = state.zone(index);
        Block block = zone.block(give.pfn());
        if (names(block, give.pfn(), frames) && give.reception() == Call.Reception.REFUSED) {
            return refusedFree(block);
        }
        if (give.reception() != Call.Reception.REFUSED && names(block, give.pfn(), frames)) {
            return state.with(index, zone.release(block));
        }
        if (give.reception() != Call.Reception.REFUSED && isAll(zone, Owner.RESERVED, give.pfn(), frames)) {
            return state.with(index, zone.free(give.pfn(), frames, Owner.RESERVED));
        }
        return FoundBlocks.areIn(zone, give.pfn(), frames)
                ? FoundBlocks.give(state, index, give)
                : misnamed(state, index, give.pfn(), frames, give.reception());
    }

    /** A free that names no block that is known to be live. */
    private static Judgement misnamed(State state, int index, int pfn, int frames, Call.Reception reception) {
        ZoneFrames zone = state.zone(index);
        return switch (reception) {
            case REFUSED -> state;
            case ACCEPTED ->
                isAll(zone, Owner.UNKNOWN, pfn, frames)
                        ? state.with(index, zone.free(pfn, frames, Owner.UNKNOWN))
                        : mayBeUnseen(state, zone, pfn, frames)
                                ? state.with(index, zone.freeUnseen(pfn, frames))
                                : notLive(zone, pfn, frames);
            // Nobody says what became of the frames after such a report.
            case REPORTED -> CountRule.disturb(state.with(index, zone.forget(pfn, frames)), index);
        };
    }

    private static boolean mayBeUnseen(State state, ZoneFrames zone, int pfn, int frames) {
        return state.declares().unseen()
                && zone.holds(pfn, frames)
                && !zone.any(Owner.LIVE, pfn, frames)
                && !zone.any(Owner.RESERVED, pfn, frames);
    }

    @EnsuresNonNullIf(expression = "#1", result = true)
    private static boolean names(@Nullable Block block, int pfn, int frames) {
        return block != null && block.pfn() == pfn && block.frames() == frames && !block.isFoundInUse();
    }

    private static boolean isAll(ZoneFrames zone, Owner owner, int pfn, int frames) {
        return zone.holds(pfn, frames) && zone.all(owner, pfn, frames);
    }

    private static Breach refusedFree(Block block) {
        return new Breach(Rule.REFUSED, "a free of " + frames(block.pfn(), block.frames()) + " was refused", block);
    }

    static Breach notLive(ZoneFrames zone, int pfn, int frames) {
        String what = "a free of " + frames(pfn, frames) + " went through, ";
        Block block = zone.block(pfn);
        List<Block> blocks = block == null && zone.holds(pfn, frames) ? zone.blocksIn(pfn, frames) : List.of();
        return block == null
                ? new Breach(Rule.FREE_LIVE, what + "but frame " + pfn + " is not part of a live block", blocks)
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

    private static String were(int pfn, int frames) {
        return frames(pfn, frames) + (frames == 1 ? " was" : " were");
    }

    private static String are(int pfn, int frames) {
        return frames(pfn, frames) + (frames == 1 ? " is" : " are");
    }

    /** Index of the zone of a frame that the machine must have. */
    static int zoneOf(State state, int pfn) {
        int index = state.zoneOf(pfn);
        if (index < 0) {
            throw new IllegalArgumentException("frame " + pfn + " is not part of the machine's memory");
        }
        return index;
    }
}
