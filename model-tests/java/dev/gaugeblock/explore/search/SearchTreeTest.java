package dev.gaugeblock.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.WrongTurn;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Step;
import org.junit.jupiter.api.Test;

class SearchTreeTest {
    private static final Step READ_0 = new Step(0, Step.Kind.READ, "w", -1);
    private static final Step READ_1 = new Step(1, Step.Kind.READ, "w", -1);
    private static final Step WRITE_1 = new Step(1, Step.Kind.WRITE, "w", -1);

    @Test
    void shouldCallADifferentEnabledSetNondeterminism() {
        SearchTree tree = twoReads();

        tree.begin();
        WrongTurn turn = assertThrows(WrongTurn.class, () -> tree.choose(new Step[] {READ_0, READ_1}, 0b01));

        assertEquals("nondeterminism at depth 0: the set of tasks that can go on is 1, it was 11", turn.getMessage());
    }

    @Test
    void shouldCallADifferentStepNondeterminism() {
        SearchTree tree = twoReads();

        tree.begin();
        WrongTurn turn = assertThrows(WrongTurn.class, () -> tree.choose(new Step[] {READ_0, WRITE_1}, 0b11));

        assertEquals("nondeterminism at depth 0: task 1 would write w, it would read w before", turn.getMessage());
    }

    @Test
    void shouldCallAnExecutionThatEndsEarlyNondeterminism() {
        SearchTree tree = twoReads();

        tree.begin();
        WrongTurn turn = assertThrows(WrongTurn.class, () -> tree.advance(new Execution(2, false, 10)));

        assertEquals("nondeterminism at depth 0: the execution ended, it went on before", turn.getMessage());
    }

    /** A tree whose present path is the second of two orders of two reads. */
    private static SearchTree twoReads() {
        SearchTree tree = new SearchTree(Reduction.NONE);
        tree.begin();
        tree.choose(new Step[] {READ_0, READ_1}, 0b11);
        assertEquals(true, tree.advance(new Execution(2, false, 10)));
        return tree;
    }
}
