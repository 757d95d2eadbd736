package dev.gaugeblock.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.Gfp;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final int FRAME = 4;

    private final Contract contract = new Contract(Contract.Failures.RESOURCE_AWARE);
    private final State state = State.of(
            new MemoryMap(0, new int[] {16, 16, 0}, List.of()),
            2,
            Owner.FREE,
            new HighmemLayout(1024, false, false),
            Declarations.NONE);

    private static Call.Alloc take(int pfn, List<Call> meanwhile) {
        return new Call.Alloc(1, 0, Gfp.DMA, 0, Result.given(pfn), meanwhile);
    }

    private static Call take() {
        return take(FRAME, List.of());
    }

    private static Call giveBack() {
        return new Call.Free(0, FRAME, 1, Call.Reception.ACCEPTED);
    }

    @Test
    void shouldGoBackToAMark() {
        assertNull(contract.step(state, take()));
        State.Mark mark = state.mark();
        assertNull(contract.step(state, giveBack()));
        assertNotNull(contract.step(state, new Call.Get(FRAME, true)));
        assertNull(contract.step(state, new Call.Kmap(FRAME, Result.given(0xC0004000L), List.of())));
        assertEquals(Owner.FREE, state.owner(FRAME));
        state.rollBack(mark);
        assertEquals(List.of(new Block(FRAME, 1, 1, false, 1)), state.blocks());
        assertNull(contract.step(state, giveBack()));
    }

    @Test
    void shouldForgetWhatCpusHoldBackSinceAMark() {
        State.Mark mark = state.mark();
        assertNull(contract.step(state, new Call.Ran(1)));
        state.rollBack(mark);
        Breach breach = contract.step(state, new Call.FreeCounts(16, 15, 0));
        assertNotNull(breach);
        assertEquals(Rule.FRAMES_CONSERVED, breach.rule());
    }

    /** What was reported in a mark says nothing of what is on the free lists after it was taken back. */
    @Test
    void shouldForgetReportsSinceAMark() {
        assertNull(contract.step(state, new Call.Ran(1)));
        assertNull(contract.step(state, new Call.FreeCounts(0, 0, 0)));
        State.Mark mark = state.mark();
        assertNull(contract.step(state, new Call.FreeCounts(16, 16, 0)));
        state.rollBack(mark);
        assertNull(contract.step(state, new Call.Alloc(2, 0, Gfp.DMA, 0, Result.NOTHING, List.of())));
    }

    @Test
    void shouldTakeMarksBackOneAfterTheOther() {
        State.Mark outer = state.mark();
        assertNull(contract.step(state, take()));
        State.Mark inner = state.mark();
        assertNull(contract.step(state, giveBack()));
        state.keep(inner);
        assertEquals(Owner.FREE, state.owner(FRAME));
        State.Mark other = state.mark();
        assertNull(contract.step(state, take()));
        state.rollBack(other);
        assertEquals(Owner.FREE, state.owner(FRAME));
        assertNull(contract.step(state, take()));
        state.rollBack(outer);
        assertEquals(Owner.FREE, state.owner(FRAME));
        assertEquals(List.of(), state.blocks());
    }

    @Test
    void shouldThrowWhereMarksDoNotEndLastOneFirst() {
        State.Mark outer = state.mark();
        State.Mark inner = state.mark();
        assertEquals(
                "mark 1 of this state ends, and 2 are open: the last one ends first, and each once",
                assertThrows(IllegalStateException.class, () -> state.keep(outer))
                        .getMessage());
        state.keep(inner);
        assertThrows(IllegalStateException.class, () -> state.rollBack(inner));
        state.rollBack(outer);
        assertThrows(IllegalStateException.class, () -> state.rollBack(outer));
    }

    /** Also if what happened meanwhile was right. */
    @Test
    void shouldStayAsItIsWhereACallBreaksARule() {
        assertNull(contract.step(state, take()));
        List<Block> before = state.blocks();
        Call wrong = take(5, List.of(giveBack(), take(6, List.of()), take(6, List.of())));
        Breach breach = contract.step(state, wrong);
        assertNotNull(breach);
        assertEquals(Rule.ALLOC_DISJOINT, breach.rule());
        assertEquals(before, state.blocks());

        assertNotNull(contract.step(state, take(6, List.of(take(6, List.of())))));
        assertEquals(before, state.blocks());

        assertNull(contract.step(state, take(FRAME, List.of(giveBack()))));
        assertEquals(before, state.blocks());
    }

    /** What was there before the request waited is what it must have had. */
    @Test
    void shouldHoldAFailureAgainstWhatWasThereBefore() {
        for (int pfn = 0; pfn < 16; pfn++) {
            assertNull(contract.step(state, take(pfn, List.of())));
        }
        List<Call> meanwhile = List.of(giveBack());
        assertNull(contract.step(state, new Call.Alloc(2, 0, Gfp.DMA, 0, Result.NOTHING, meanwhile)));
        assertEquals(Owner.FREE, state.owner(FRAME));

        Breach breach = contract.step(state, new Call.Alloc(3, 0, Gfp.DMA, 0, Result.NOTHING, List.of(take())));
        assertNotNull(breach);
        assertEquals(Rule.ALLOC_FAILURE, breach.rule());
        assertEquals(Owner.FREE, state.owner(FRAME));
    }
}
