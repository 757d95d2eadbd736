package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The timeline accepts overlapping operations exactly if some order of them is legal, as a search of all orders finds.
 */
class LinearizabilityTest {
    private record Timed(Call call, Times times) {}

    private final Contract contract = new Contract(Contract.Failures.RESOURCE_AWARE);

    private static State start() {
        return State.of(
                new MemoryMap(0, new int[] {4, 0, 0}, List.of()),
                1,
                Owner.FREE,
                new HighmemLayout(2, false, false),
                Declarations.NONE);
    }

    /** Allocations and frees of two frames and of the block of both, at random times. */
    private static List<Timed> history(long seed) {
        Random random = new Random(seed);
        List<Timed> history = new ArrayList<>();
        int lasting = 1 + random.nextInt(8);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int order = random.nextInt(4) == 0 ? 1 : 0;
            int pfn = order == 1 ? 0 : random.nextInt(2);
            Call call = random.nextBoolean()
                    ? new Call.Alloc(i, 0, 0, order, Result.given(pfn), List.of())
                    : new Call.Free(0, pfn, 1 << order, Call.Reception.ACCEPTED);
            int begin = random.nextInt(12);
            history.add(new Timed(call, new Times(begin, begin + random.nextInt(lasting))));
        }
        history.sort(Comparator.comparingLong(each -> each.times.call()));
        return history;
    }

    private boolean byTimeline(List<Timed> history) throws TextFormatException {
        Timeline timeline = new Timeline(contract, new Tally(), (rejection, before, call) -> false);
        timeline.begin(start());
        Rejection rejection = null;
        for (int i = 0; i < history.size() && rejection == null; i++) {
            Event event = new Event(new Position("history", i + 1), i, "op", Map.of());
            rejection = timeline.judge(event, history.get(i).times, List.of(history.get(i).call));
        }
        return rejection == null && timeline.finish() == null;
    }

    /** Tries every order of what is left that keeps the order of those that do not overlap. */
    private boolean bySearch(State state, List<Timed> left) {
        if (left.isEmpty()) {
            return true;
        }
        for (Timed next : left) {
            boolean first = left.stream().allMatch(other -> other.times.end() >= next.times.call());
            State.Mark mark = state.mark();
            if (first && contract.step(state, next.call) == null) {
                List<Timed> rest = new ArrayList<>(left);
                rest.remove(next);
                if (bySearch(state, rest)) {
                    return true;
                }
            }
            state.rollBack(mark);
        }
        return false;
    }

    @Property(seed = "7")
    void shouldAcceptWhatSomeOrderMakesLegal(@ForAll long seed) throws TextFormatException {
        List<Timed> history = history(seed);
        boolean accepted = byTimeline(history);
        if (isCausal(history)) {
            assertEquals(bySearch(start(), history), accepted, history::toString);
        } else {
            assertTrue(!accepted || bySearch(start(), history), history::toString);
        }
    }

    /** Whether no free overlaps an allocation of its block, whose result its caller had to know. */
    private static boolean isCausal(List<Timed> history) {
        return history.stream().filter(each -> each.call instanceof Call.Free).noneMatch(free -> history.stream()
                .anyMatch(other -> other.call instanceof Call.Alloc alloc
                        && alloc.result().value() == ((Call.Free) free.call).pfn()
                        && other.times.end() >= free.times.call()
                        && free.times.end() >= other.times.call()));
    }

    /** Both verdicts occur, and often enough for the property to mean something. */
    @Example
    void shouldMeetBothVerdicts() {
        int causal = 0;
        int legal = 0;
        for (long seed = 0; seed < 1000; seed++) {
            if (isCausal(history(seed))) {
                causal++;
                legal += bySearch(start(), history(seed)) ? 1 : 0;
            }
        }
        assertTrue(legal > 50 && legal < causal - 50, legal + " of " + causal + " are legal");
        assertNotNull(contract.step(start(), new Call.Free(0, 0, 1, Call.Reception.ACCEPTED)));
    }
}
