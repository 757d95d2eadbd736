package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MachineLayoutTest {
    private static MemoryLayout frames(int start, int count) {
        return new MemoryLayout(start, count, 0, 0);
    }

    private static String refusal(Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }

    private final MachineLayout two =
            MachineLayout.of(frames(8, 4), frames(16, 4).reserve(17, 2));

    @Test
    void shouldTellWhichFramesThereAre() {
        assertEquals(8, two.startPfn());
        assertEquals(20, two.endPfn());
        assertTrue(two.exists(11));
        assertFalse(two.exists(12));
        assertFalse(two.exists(15));
        assertTrue(two.exists(16));
        assertTrue(two.isReserved(18));
        assertFalse(two.isReserved(16));
    }

    @Test
    void shouldBeBuiltForOneNodeOrForMany() {
        assertSame(FlagsLayout.UMA_32, MachineLayout.of(frames(0, 4)).flags());
        assertSame(FlagsLayout.DISCONTIG_32, two.flags());
        assertSame(
                FlagsLayout.DISCONTIG_64,
                two.withFlags(FlagsLayout.DISCONTIG_64).flags());
        assertFalse(two.isNuma());
        assertTrue(two.withDistances(new int[][] {{10, 20}, {20, 10}}).isNuma());
    }

    @Test
    void shouldRefuseNodesThatItCannotHave() {
        assertEquals("a machine of 0 nodes: there may be 1 to 64", refusal(MachineLayout::of));
        MemoryLayout[] tooMany = new MemoryLayout[65];
        Arrays.setAll(tooMany, node -> frames(node, 1));
        assertEquals("a machine of 65 nodes: there may be 1 to 64", refusal(() -> MachineLayout.of(tooMany)));
        assertEquals(
                "node 1 begins at frame 3, before the end of node 0, frame 4",
                refusal(() -> MachineLayout.of(frames(0, 4), frames(3, 4))));
        MachineLayout three = MachineLayout.of(frames(0, 1), frames(1, 1), frames(2, 1));
        assertEquals(
                "3 nodes do not fit a flags word of 32 bits, 1 of them for the node: at most 2",
                refusal(() -> three.withFlags(FlagsLayout.UMA_32)));
    }

    @Test
    void shouldRefuseDistancesThatDoNotFit() {
        assertEquals(
                "a table of distances from 1 nodes: there are 2",
                refusal(() -> two.withDistances(new int[][] {{10, 20}})));
        assertEquals(
                "distances of node 1 to 1 nodes: there are 2",
                refusal(() -> two.withDistances(new int[][] {{10, 20}, {20}})));
        assertEquals(
                "distance -1 of node 1 to node 0 is below 0",
                refusal(() -> two.withDistances(new int[][] {{10, 20}, {-1, 10}})));
        assertThrows(IllegalStateException.class, () -> two.distance(0, 1));
    }

    @Test
    void shouldRefuseACpuOfANodeThatThereIsNot() {
        assertEquals(
                "CPU 1 belongs to node 2, but there are only 2 nodes",
                refusal(() -> TestMachine.booted(two, "blocks", 0, 2)));
    }

    @Test
    void shouldSayWhichFramesThereAreToWhoAsksForAnother() {
        TestMachine machine = TestMachine.booted(two, "blocks", 0);
        String frames = " does not exist: the memory has frames 8..11 and 16..19";
        assertEquals("frame 7" + frames, refusal(() -> machine.frame(7)));
        assertEquals("frame 12" + frames, refusal(() -> machine.frame(12)));
        assertEquals("frame 20" + frames, refusal(() -> machine.frame(20)));
    }
}
