package dev.gaugeblock.explore.harness.refinement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.Gfp;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract for frames against the one that traces are judged by: the same steps are allowed, to the same state. */
class FrameContractTest {
    private static final int FRAMES = 16;
    private static final int RESERVED_FRAME = 5;

    private final Contract contract = new Contract(Contract.Failures.RESOURCE_OBLIVIOUS);
    private final Set<String> broken = new TreeSet<>();
    private int allowed;
    private State state;
    private FrameContract small;

    private void boot() {
        MemoryMap memory = new MemoryMap(0, new int[] {FRAMES, 0, 0}, List.of());
        memory.reserve(RESERVED_FRAME, 1);
        state = State.of(memory, 1, Owner.FREE, new HighmemLayout(1024, false, false), Declarations.NONE);
        boolean[] reserved = new boolean[FRAMES];
        reserved[RESERVED_FRAME] = true;
        small = new FrameContract(0, reserved);
    }

    @Test
    void shouldAllowWhatTheContractOfTracesAllows() {
        Random random = new Random(20);
        for (int sequence = 0; sequence < 200; sequence++) {
            boot();
            for (int step = 0; step < 40; step++) {
                int order = random.nextInt(3);
                int pfn = random.nextInt(FRAMES >> order) << order;
                switch (random.nextInt(3)) {
                    case 0 -> alloc(pfn, order);
                    case 1 -> free(pfn, order);
                    default -> get(pfn);
                }
                compare();
            }
        }
        assertEquals(Set.of("alloc-disjoint", "alloc-reserved", "free-live", "references"), broken);
        assertTrue(allowed > 1000, allowed + " steps were allowed");
    }

    /** A put frees the first frame of a block alone: the rest is there still, in blocks that nobody has. */
    @Test
    void shouldKeepWhatAPutLeavesBehind() {
        boot();
        assertNull(small.allocateGhost(0, 2));
        small.splitGhost(0, 0);
        assertNull(small.freeGhost(0, 0));

        assertTrue(small.isFree(0));
        assertEquals("is part of the live block 1 of order 0 with 0 references", small.ownerOf(1));
        assertEquals("is part of the live block 2 of order 1 with 0 references", small.ownerOf(3));
    }

    /** What is split off its end and freed leaves the head with its references. */
    @Test
    void shouldSplitOffATail() {
        boot();
        assertNull(small.allocateGhost(0, 1));
        assertNull(small.getGhost(0));
        assertTrue(small.isTail(1, 0));
        assertFalse(small.isTail(0, 0));
        small.splitGhost(1, 0);
        assertNull(small.freeGhost(1, 0));

        assertTrue(small.isFree(1));
        assertEquals(2, small.references(0));
        assertEquals("is part of the live block 0 of order 0 with 2 references", small.ownerOf(0));
    }

    private void alloc(int pfn, int order) {
        step(new Call.Alloc(1, 0, Gfp.DMA, order, Result.given(pfn), List.of()), small.allocateGhost(pfn, order));
    }

    private void free(int pfn, int order) {
        boolean last = small.references(pfn) < 2;
        Block block = state.block(pfn);
        if (pfn == RESERVED_FRAME) {
            return; // It is ignored, and no machine marks it.
        }
        if (!last && block != null && block.frames() != 1 << order) {
            return; // Which order a drop names that is not the last, a machine does not look at.
        }
        step(
                new Call.Free(0, pfn, 1 << order, Call.Reception.ACCEPTED),
                last ? small.freeGhost(pfn, order) : small.dropGhost(pfn));
    }

    private void get(int pfn) {
        if (state.block(pfn) == null || small.beginsBlock(pfn)) {
            step(new Call.Get(pfn, true), small.getGhost(pfn));
        }
    }

    private void step(Call call, String why) {
        Breach breach = contract.step(state, call);
        assertEquals(breach != null, why != null, call + ": " + breach + " / " + why);
        if (breach != null) {
            assertEquals(breach.rule().id(), why.substring(0, why.indexOf(':')), call.toString());
            broken.add(breach.rule().id());
        } else {
            allowed++;
        }
    }

    private void compare() {
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            Block block = state.block(pfn);
            assertEquals(state.owner(pfn) == Owner.FREE, small.isFree(pfn), "frame " + pfn);
            assertEquals(block != null && block.pfn() == pfn, small.beginsBlock(pfn), "frame " + pfn);
            assertEquals(small.beginsBlock(pfn) ? block.references() : 0, small.references(pfn), "frame " + pfn);
        }
    }
}
