package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemKind;
import dev.gaugeblock.kernel.trace.RequestFlags;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a kernel's events one after the other, and goes on after a breach: then nobody knows any more who has the
 * frames in question. In memory for the live blocks, and two bits for each frame.
 */
final class KmemJudge {
    /** What an event would be as the next one. */
    enum Outlook {
        /** As every event of a kernel. */
        CLEAN,
        /** What looks like a fault, and is none. */
        SOFT,
        /** A conflict with a live block. */
        HARD
    }

    private final Contract contract = new Contract(Contract.Failures.RESOURCE_OBLIVIOUS);
    private final KmemMachine machine;
    private final KmemTelling telling;
    private final LiveOwners owners;
    private final BreachGroups<KmemFinding> findings = new BreachGroups<>();
    private final Map<SoftKind, Long> soft = new EnumMap<>(SoftKind.class);
    private State state;
    private long judged;
    private long unbelieved;
    /** Frames whose free was told, and not yet told again. */
    private FrameBits toldOnce = new FrameBits();
    /** Live frames of which a batch said that it would free them. */
    private FrameBits announced = new FrameBits();

    KmemJudge(KmemMachine machine, LiveOwners owners, KmemTelling telling) {
        this.machine = machine;
        this.owners = owners;
        this.telling = telling;
        this.state = machine.start();
    }

    /**
     * Blocks that are live before the first event.
     *
     * @return how many of them cannot be: their frames are others', or no block's
     */
    long begin(HeldBefore held) {
        long misplaced = 0;
        for (int i = 0; i < held.size(); i++) {
            PageOwnerDump.Held block = held.get(i);
            Breach breach = contract.step(
                    state,
                    new Call.Alloc(
                            HeldBefore.since(i),
                            0,
                            0,
                            block.order(),
                            Result.given(block.pfn()),
                            List.of(),
                            machine.wishes(null)));
            misplaced += breach == null ? 0 : 1;
        }
        return misplaced;
    }

    /** Nobody knows any more who has what: events were lost. */
    void forget() {
        state = machine.start();
        owners.clear();
        toldOnce = new FrameBits();
        announced = new FrameBits();
    }

    /** What was found and counted so far is not to be believed. */
    void startAgain() {
        forget();
        findings.clear();
        soft.clear();
        unbelieved += judged;
        judged = 0;
    }

    /** How many events a rule was about. */
    long judged() {
        return judged;
    }

    /** How many were judged before {@link #startAgain}. */
    long unbelieved() {
        return unbelieved;
    }

    BreachGroups<KmemFinding> findings() {
        return findings;
    }

    Map<SoftKind, Long> soft() {
        return soft;
    }

    void count(SoftKind kind) {
        soft.merge(kind, 1L, Long::sum);
    }

    List<Block> liveBlocks() {
        return state.blocks();
    }

    boolean isLive(long pfn) {
        return pfn < Limits.MOST_FRAMES && state.block(pfn) != null;
    }

    /** Judges the next event. */
    void step(KmemEvent event) {
        if (event.isFailure()) {
            RequestFlags flags = event.gfp();
            boolean isAccounted = flags != null && flags.isAccounted();
            count(isAccounted ? SoftKind.FAILED_ACCOUNT : SoftKind.FAILED);
            return;
        }
        if (!machine.isZoned() && !machine.holds(event.pfn() + Math.min(event.frames(), 1 << 20) - 1)) {
            count(SoftKind.BEYOND);
            return;
        }
        judged += event.kind() == KmemKind.FALLBACK ? 0 : 1;
        switch (event.kind()) {
            case ALLOC -> alloc(event);
            case FREE -> free(event);
            case BATCHED -> batched(event);
            case ZONE_LOCKED, DRAIN -> moved(event);
            case FALLBACK -> {
                // It says from where the next page comes, and hands out nothing.
            }
        }
    }

    Outlook outlook(KmemEvent event) {
        if (event.isFailure() || event.order() > 20 || !machine.holds(event.pfn())) {
            return Outlook.CLEAN;
        }
        return switch (event.kind()) {
            case ALLOC -> isAnyLive(event) && !isAnnounced(event) ? Outlook.HARD : Outlook.CLEAN;
            case FREE -> {
                Block block = state.block(event.pfn());
                boolean isPart = block != null && event.pfn() + event.frames() <= block.end();
                yield isPart ? Outlook.CLEAN : isAnyLive(event) ? Outlook.HARD : Outlook.SOFT;
            }
            case BATCHED -> event.cold() || !isAnyLive(event) ? Outlook.CLEAN : Outlook.HARD;
            case ZONE_LOCKED, DRAIN -> isAnyLive(event) ? Outlook.HARD : Outlook.CLEAN;
            case FALLBACK -> Outlook.CLEAN;
        };
    }

    private boolean isAnyLive(KmemEvent event) {
        return event.order() == 0
                ? state.block(event.pfn()) != null
                : !state.blocksIn(event.pfn(), event.frames()).isEmpty();
    }

    /** A conflict that is none in another order of the events of one stamp. */
    void forgive(KmemEvent event) {
        switch (event.kind()) {
            case ALLOC -> {
                forget(event.pfn(), event.frames());
                step(event);
            }
            case FREE -> forget(event.pfn(), event.frames());
            default -> {
                // It hands out nothing.
            }
        }
    }

    private void forget(long pfn, long frames) {
        for (Block block : state.blocksIn(pfn, frames)) {
            owners.released(block.since(), block.frames());
        }
        state.forget(pfn, frames);
    }

    private void alloc(KmemEvent event) {
        if (announced.get(event.pfn()) && isAnnounced(event)) {
            count(SoftKind.ANNOUNCED);
            forget(event.pfn(), event.frames());
        }
        Breach breach = contract.step(
                state,
                new Call.Alloc(
                        event.line(),
                        Math.max(0, Math.min(event.cpu(), Limits.MOST_CPUS - 1)),
                        0,
                        event.order(),
                        Result.given(event.pfn()),
                        List.of(),
                        machine.wishes(event.gfp())));
        if (breach == null) {
            owners.put(event);
        } else {
            found(event, breach);
        }
    }

    /** Whether all live frames of its block are told to have been freed in a batch. */
    private boolean isAnnounced(KmemEvent event) {
        List<Block> blocks = state.blocksIn(event.pfn(), event.frames());
        return !blocks.isEmpty() && blocks.stream().allMatch(block -> announced.get(block.pfn()));
    }

    private void free(KmemEvent event) {
        long pfn = event.pfn();
        long frames = event.frames();
        if (!machine.holds(pfn) || frames > 1 << 20) {
            found(event, Rule.FREE_LIVE.id(), Rule.FREE_LIVE.says(), "a free of a block that no memory has", List.of());
            return;
        }
        Block block = state.block(pfn);
        boolean isWhole = block != null && block.pfn() == pfn && block.frames() == frames;
        boolean wasFree = block == null && isAnyFree(pfn, frames);
        Breach breach = contract.step(
                state,
                new Call.Free(
                        Math.max(0, Math.min(event.cpu(), Limits.MOST_CPUS - 1)),
                        (int) pfn,
                        (int) frames,
                        Call.Reception.ACCEPTED));
        if (breach != null) {
            found(event, breach);
            return;
        }
        toldOnce.set(pfn);
        announced.clear(pfn);
        if (block != null) {
            owners.released(block.since(), (int) frames);
        }
        if (!isWhole) {
            soften(event, block != null ? SoftKind.PART : wasFree ? SoftKind.FREE_PAGE : SoftKind.NEVER_SEEN);
        }
    }

    private boolean isAnyFree(long pfn, long frames) {
        for (long frame = pfn; frame < pfn + frames; frame++) {
            if (state.owner(frame) == Owner.FREE) {
                return true;
            }
        }
        return false;
    }

    private void soften(KmemEvent event, SoftKind kind) {
        BreachGroups.Group<KmemFinding> cause = findings.cause(event.pfn(), event.frames());
        if (cause == null) {
            count(kind);
        } else {
            cause.follow("line " + event.line() + ": one of the " + kind.says());
        }
    }

    private void batched(KmemEvent event) {
        Block block = machine.holds(event.pfn()) ? state.block(event.pfn()) : null;
        if (event.cold()) {
            if (block != null) {
                announced.set(event.pfn());
            }
            return;
        }
        boolean isFree = machine.holds(event.pfn()) && state.owner(event.pfn()) == Owner.FREE;
        if (block != null) {
            found(event, KmemRule.SECOND_REPORT, "a batch reports a free of a frame that is live", List.of(block));
        } else if (isFree && !toldOnce.get(event.pfn())) {
            found(event, KmemRule.SECOND_REPORT, "a batch reports a free that was reported twice already", List.of());
        }
        toldOnce.clear(event.pfn());
    }

    private void moved(KmemEvent event) {
        if (event.order() > 20 || !isAnyLive(event)) {
            return;
        }
        String what = event.kind() == KmemKind.DRAIN
                ? "a live page goes from the lists of a CPU to the free lists"
                : "a live page is taken off the free lists";
        found(event, KmemRule.BUDDY_LIVE, what, state.blocksIn(event.pfn(), event.frames()));
    }

    // Findings

    private void found(KmemEvent event, Breach breach) {
        found(event, breach.rule().id(), breach.rule().says(), breach.reason(), breach.involved());
    }

    private void found(KmemEvent event, KmemRule rule, String message, List<Block> blocks) {
        found(event, rule.id(), rule.says(), message, blocks);
    }

    private void found(KmemEvent event, String rule, String says, String message, List<Block> blocks) {
        long frames = event.frames() > 1 << 10 ? 1 : event.frames(); // no block has so many: the order is wrong
        BreachGroups.Group<KmemFinding> cause = findings.cause(event.pfn(), frames);
        if (cause == null) {
            BreachGroups.Group<KmemFinding> group = findings.add(telling.finding(event, rule, says, message, blocks));
            findings.doubt(event.pfn(), frames, group);
            blocks.forEach(block -> findings.doubt(block.pfn(), block.frames(), group));
        } else {
            cause.follow("line " + event.line() + ": " + rule + ": " + message);
        }
        if (event.kind() == KmemKind.ALLOC || event.kind() == KmemKind.FREE) {
            forget(event.pfn(), frames);
        }
    }
}
