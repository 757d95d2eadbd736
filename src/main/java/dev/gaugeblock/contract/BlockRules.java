package dev.gaugeblock.contract;

import static dev.gaugeblock.contract.frames.Block.frames;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.mm.Gfp;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rules about blocks: what may be handed out, and what may come back. */
final class BlockRules {
    private final @NotOnlyInitialized Contract contract;

    BlockRules(@UnderInitialization Contract contract) {
        this.contract = contract;
    }

    // Handing out

    @Nullable
    Breach alloc(State state, Call.Alloc alloc) {
        state.requireCpu(alloc.cpu());
        if (alloc.wishes() != Call.Wishes.NONE) {
            FailureRule.requirePermitted(state, alloc);
        }
        // A failure is held against what there was before the request waited.
        Breach failure = isFailure(state, alloc) && !contract.mayFail(state) ? FailureRule.failed(state, alloc) : null;
        Breach breach = alloc.meanwhile().isEmpty()
                ? failure != null ? failure : answered(state, alloc)
                : Contract.wholly(state, () -> {
                    Breach meanwhile = contract.steps(state, alloc.meanwhile());
                    return meanwhile != null ? meanwhile : failure != null ? failure : answered(state, alloc);
                });
        if (breach == null) {
            state.holdBack(alloc.cpu());
        }
        return breach;
    }

    /** Whether a request got nothing. To wait for ever, as far as anybody saw, is a failure of one that may wait. */
    private static boolean isFailure(State state, Call.Alloc alloc) {
        Result.Kind kind = alloc.result().kind();
        return kind == Result.Kind.NOTHING
                || kind == Result.Kind.WAITING && alloc.mayWait(state.declares().maxOrder());
    }

    /** Judges an answer by what there is when it is given; that it is a failure may be right. */
    private static @Nullable Breach answered(State state, Call.Alloc alloc) {
        return switch (alloc.result().kind()) {
            case GIVEN -> granted(state, alloc, alloc.result().value());
            case NOTHING -> null;
            case REFUSED -> refused(state, alloc);
            case WAITING -> isFailure(state, alloc) ? null : waiting(alloc);
        };
    }

    private static @Nullable Breach granted(State state, Call.Alloc alloc, long pfn) {
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
        state.zone(index).take((int) pfn, (int) frames, compound, alloc.line());
        return null;
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
                            + (zone.end() - 1));
            boolean isInMemory =
                    state.isZoned() && pfn + frames <= state.memory().end();
            return isInMemory ? breach.liftedBy("\"zones\":\"pool\"") : breach;
        }
        if (zone.frames().areFree(first, frames)) {
            return null;
        }
        if (zone.frames().any(Owner.LIVE, first, frames)) {
            return new Breach(Rule.ALLOC_DISJOINT, were(first, frames) + " handed out", zone.blocksIn(first, frames));
        }
        return zone.frames().any(Owner.RESERVED, first, frames)
                ? new Breach(Rule.ALLOC_RESERVED, were(first, frames) + " handed out, but must stay reserved")
                : null;
    }

    /** For ever, as far as anybody saw, though it may not. */
    private static Breach waiting(Call.Alloc alloc) {
        Breach breach = new Breach(
                Rule.ALLOC_WAITS,
                "a request of " + FailureRule.request(alloc) + ", which may not wait, did not come back");
        return (alloc.gfp() & Gfp.WAIT) != 0 && alloc.order() <= Declarations.LARGEST_ORDER
                ? breach.liftedBy("\"max_order\":" + alloc.order())
                : breach;
    }

    /** Legal if there is no zonelist for the request, or if frames of HighMem cannot be cleared without sleeping. */
    private static @Nullable Breach refused(State state, Call.Alloc alloc) {
        int gfp = alloc.gfp();
        if (FailureRule.invalid(gfp) || alloc.frames() > state.declares().largest()) {
            return null;
        }
        if ((gfp & Gfp.ZERO) == 0 || (gfp & Gfp.HIGHMEM) == 0 || (gfp & Gfp.WAIT) != 0) {
            return FailureRule.smaller(
                    new Breach(Rule.REFUSED, "a request of " + FailureRule.request(alloc) + " was refused"), alloc);
        }
        for (int index = 0; index < state.zones(); index++) {
            CountRule.disturb(state, index); // the block that was to be cleared may be lost
        }
        return null;
    }

    @Nullable
    Breach take(State state, Call.Take take) {
        ZoneFrames zone = state.named(take.zone());
        if (take.result().kind() != Result.Kind.GIVEN) {
            boolean hadTo = contract.mayFail(state) || !Surplus.has(state, zone, take.order());
            return hadTo ? null : FailureRule.failure(state, "order " + take.order(), take.zone());
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
        zone.take((int) pfn, frames, false, take.line());
        return null;
    }

    /** Frames that are not live are the allocator's own from now on. */
    static @Nullable Breach reserve(State state, Call.Reserve reserve) {
        state.memory().require(reserve.pfn(), reserve.count());
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            int from = Math.max(reserve.pfn(), zone.start());
            int to = Math.min(reserve.pfn() + reserve.count(), zone.end());
            if (from < to && zone.frames().any(Owner.LIVE, from, to - from)) {
                return new Breach(
                        Rule.ALLOC_DISJOINT, were(from, to - from) + " reserved", zone.blocksIn(from, to - from));
            }
        }
        state.reserve(reserve.pfn(), reserve.count());
        return null;
    }

    // Taking back

    static @Nullable Breach free(State state, Call.Free free) {
        state.requireCpu(free.cpu());
        int pfn = free.pfn();
        ZoneFrames zone = zoneOf(state, pfn);
        int frames = free.frames() > 0 ? free.frames() : framesOf(zone.block(pfn));
        int references = zone.frames().references(pfn, frames);
        if (references == 0 && zone.frames().owner(pfn) == Owner.RESERVED) {
            return null;
        }
        Breach breach = references == 0
                ? ofNoWhole(state, zone, free, frames)
                : free.reception() == Call.Reception.REFUSED ? refusedFree(zone, pfn) : null;
        if (breach != null) {
            return breach;
        }
        if (references == 1) {
            zone.release(pfn, frames);
        } else if (references > 1) {
            zone.drop(whole(zone, pfn));
        }
        state.holdBack(free.cpu());
        return null;
    }

    private static int framesOf(@Nullable Block block) {
        return block == null ? 1 : block.frames();
    }

    /** The block that a frame is known to be part of. */
    private static Block whole(ZoneFrames zone, int pfn) {
        return Objects.requireNonNull(zone.block(pfn), "a frame of a block that has references");
    }

    /** A free of anything else than a whole block that is known. */
    private static @Nullable Breach ofNoWhole(State state, ZoneFrames zone, Call.Free free, int frames) {
        if (FoundBlocks.areIn(zone, free.pfn(), frames)) {
            return FoundBlocks.free(zone, free, frames);
        }
        return SharedFree.isOne(zone, free.pfn(), frames) && free.reception() != Call.Reception.REPORTED
                ? SharedFree.judge(state, zone, free, frames)
                : misnamed(state, zone, free.pfn(), frames, free.reception());
    }

    /** As a free, but straight to the lists and whatever the references; boot frees reserved frames so, too. */
    static @Nullable Breach give(State state, Call.Give give) {
        int pfn = give.pfn();
        int frames = 1 << give.order();
        ZoneFrames zone = zoneOf(state, pfn);
        boolean isRefused = give.reception() == Call.Reception.REFUSED;
        if (zone.frames().references(pfn, frames) > 0) {
            if (isRefused) {
                return refusedFree(zone, pfn);
            }
            zone.release(pfn, frames);
            return null;
        }
        if (!isRefused && isAll(zone, Owner.RESERVED, pfn, frames)) {
            zone.fill(pfn, frames, Owner.FREE);
            return null;
        }
        return FoundBlocks.areIn(zone, pfn, frames)
                ? FoundBlocks.give(zone, give)
                : misnamed(state, zone, pfn, frames, give.reception());
    }

    /** A free that names no block that is known to be live. */
    private static @Nullable Breach misnamed(
            State state, ZoneFrames zone, int pfn, int frames, Call.Reception reception) {
        switch (reception) {
            case REFUSED -> {
                return null;
            }
            case ACCEPTED -> {
                if (!isAll(zone, Owner.UNKNOWN, pfn, frames) && !mayBeUnseen(state, zone, pfn, frames)) {
                    return notLive(zone, pfn, frames);
                }
                zone.fill(pfn, frames, Owner.FREE);
                return null;
            }
            case REPORTED -> {
                // Nobody says what became of the frames after such a report.
                zone.forget(pfn, frames);
                zone.setReported(ZoneFrames.DISTURBED);
                return null;
            }
        }
        throw new AssertionError(reception);
    }

    private static boolean mayBeUnseen(State state, ZoneFrames zone, int pfn, int frames) {
        return state.declares().unseen()
                && zone.holds(pfn, frames)
                && !zone.frames().any(Owner.LIVE, pfn, frames)
                && !zone.frames().any(Owner.RESERVED, pfn, frames);
    }

    private static boolean isAll(ZoneFrames zone, Owner owner, int pfn, int frames) {
        return zone.holds(pfn, frames) && zone.all(owner, pfn, frames);
    }

    private static Breach refusedFree(ZoneFrames zone, int pfn) {
        Block block = whole(zone, pfn);
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

    static @Nullable Breach get(State state, Call.Get get) {
        ZoneFrames zone = zoneOf(state, get.pfn());
        Block block = zone.block(get.pfn());
        if (block == null && zone.frames().owner(get.pfn()) == Owner.UNKNOWN) {
            zone.take(Block.foundInUse(get.pfn(), !get.isToItself()).with(2));
            return null;
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
        zone.replace(block.with(block.references() + 1));
        return null;
    }

    static @Nullable Breach references(State state, Call.References asked) {
        Block block = state.block(asked.pfn());
        if (block == null || block.references() == asked.count()) {
            return null;
        }
        if (block.isFoundInUse() && block.references() < asked.count() && asked.count() <= Block.MOST_REFERENCES) {
            zoneOf(state, asked.pfn()).replace(block.with((int) asked.count()));
            return null;
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

    /** The zone of a frame that the machine must have. */
    static ZoneFrames zoneOf(State state, int pfn) {
        int index = state.zoneOf(pfn);
        if (index < 0) {
            throw new IllegalArgumentException("frame " + pfn + " is not part of the machine's memory");
        }
        return state.zone(index);
    }
}
