package dev.gaugeblock.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.Gfp;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final int FRAME = 4;

    private final Contract contract = new Contract(Contract.Failures.RESOURCE_AWARE);
    private final State booted = State.of(
            new MemoryMap(0, new int[] {16, 16, 0}, List.of()),
            2,
            Owner.FREE,
            new HighmemLayout(1024, false, false),
            Declarations.NONE);

    private State step(State from, Call call) {
        return assertInstanceOf(State.class, contract.step(from, call));
    }

    private static Call take() {
        return new Call.Alloc(1, 0, Gfp.DMA, 0, Result.given(FRAME), List.of());
    }

    private static Call giveBack() {
        return new Call.Free(0, FRAME, 1, Call.Reception.ACCEPTED);
    }

    @Test
    void shouldStayAsItIsWhateverStepsAreTaken() {
        State after = step(booted, take());
        assertEquals(Owner.FREE, booted.owner(FRAME));
        assertEquals(Owner.LIVE, after.owner(FRAME));
        assertEquals(Owner.FREE, step(after, giveBack()).owner(FRAME));
        assertEquals(Owner.LIVE, after.owner(FRAME));
    }

    @Test
    void shouldThrowWhenItIsUsedAgainAfterItWasConsumed() {
        State before = booted.consumed();
        State after = step(before, take());
        List<Consumer<State>> uses = List.of(
                state -> contract.step(state, take()),
                state -> contract.step(state, new Call.Drain(0)),
                state -> state.owner(FRAME),
                state -> state.block(FRAME),
                State::blocks,
                State::consumed,
                State::kept);
        for (Consumer<State> use : uses) {
            IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> use.accept(before));
            assertTrue(String.valueOf(thrown.getMessage()).contains("kept()"), thrown.getMessage());
        }
        assertEquals(Owner.LIVE, after.owner(FRAME));
        assertEquals(Owner.FREE, booted.owner(FRAME), "what it was consumed from");
    }

    @Test
    void shouldGoOnFromTheLastStateOnly() {
        State first = step(booted.consumed(), take());
        State second = step(first, giveBack());
        assertThrows(IllegalStateException.class, first::blocks);
        assertEquals(List.of(), second.blocks());
    }

    /** Else a step from the one that is consumed would change the one that is kept. */
    @Test
    void shouldNotBeConsumedAnyMoreOnceItIsKept() {
        State consumed = step(booted.consumed(), take());
        State kept = consumed.kept();
        assertThrows(IllegalStateException.class, () -> contract.step(consumed, giveBack()));
        step(kept, giveBack());
        assertEquals(Owner.LIVE, kept.owner(FRAME));
    }

    @Test
    void shouldBeLookedAtAgainAfterAStepThatChangesNoFrames() {
        State consumed = booted.consumed();
        State drained = step(consumed, new Call.Drain(1));
        assertEquals(Owner.FREE, consumed.owner(FRAME));
        assertEquals(Owner.FREE, drained.owner(FRAME));
    }
}
