package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Behaviour 3: in which order the nodes are tried. */
class NodeOrderTest {
    private static MachineLayout nodes(int count) {
        MemoryLayout[] memory = new MemoryLayout[count];
        Arrays.setAll(memory, node -> new MemoryLayout(node, 1, 0, 0));
        return MachineLayout.of(memory);
    }

    /** The orders as "0 1 2", one for each node. */
    private static String orders(MachineLayout layout, int... nodesWithCpus) {
        int[][] orders = NodeOrder.of(layout, Cpu.create(nodesWithCpus, new SequentialScheduler()));
        return Arrays.stream(orders)
                .map(order -> Arrays.stream(order).mapToObj(Integer::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    @Example
    void shouldGoRoundWithoutDistances() {
        assertEquals("0", orders(nodes(1), 0));
        assertEquals("0 1, 1 0", orders(nodes(2), 0));
        assertEquals("0 1 2 3, 1 2 3 0, 2 3 0 1, 3 0 1 2", orders(nodes(4), 0, 3));
    }

    /** On a ring each node has two neighbours: the load makes each node the first choice of one other. */
    @Example
    void shouldShareNeighboursOut() {
        MachineLayout ring = nodes(4).withDistances(
                        new int[][] {{10, 20, 30, 20}, {20, 10, 20, 30}, {30, 20, 10, 20}, {20, 30, 20, 10}});
        assertEquals("0 1 3 2, 1 0 2 3, 2 3 1 0, 3 2 0 1", orders(ring, 0, 1, 2, 3));
    }

    @Example
    void shouldPreferANodeWithoutCpusAmongThoseThatAreAsNear() {
        MachineLayout equal = nodes(3).withDistances(new int[][] {{10, 20, 20}, {20, 10, 20}, {20, 20, 10}});
        assertEquals("0 2 1, 1 2 0, 2 0 1", orders(equal, 0, 1));
        MachineLayout farther = nodes(3).withDistances(new int[][] {{10, 20, 22}, {20, 10, 22}, {22, 22, 10}});
        assertEquals("0 1 2, 1 0 2, 2 0 1", orders(farther, 0, 1));
    }

    /**
     * The distance to itself is no reason to go elsewhere, but where it equals another, that one gets no load for
     * coming first.
     */
    @Example
    void shouldStartAtHomeEvenIfThatIsFar() {
        MachineLayout odd = nodes(3).withDistances(new int[][] {{90, 20, 20}, {20, 90, 20}, {20, 20, 20}});
        assertEquals("0 1 2, 1 2 0, 2 0 1", orders(odd, 0, 1, 2));
    }

    /**
     * The rule said once more: what is nearest, penalty included; then what bears less; then what comes first, counted
     * from home.
     */
    @Property
    void shouldFollowTheRule(
            @ForAll @Size(25) int[] numbers, @ForAll @IntRange(min = 1, max = 5) int count, @ForAll int cpuMask) {
        int[][] distances = new int[count][count];
        for (int i = 0; i < count * count; i++) {
            distances[i / count][i % count] = Math.floorMod(numbers[i], 4);
        }
        int[] withCpus = IntStream.range(0, count)
                .filter(node -> (cpuMask >> node & 1) != 0)
                .toArray();
        int[][] orders =
                NodeOrder.of(nodes(count).withDistances(distances), Cpu.create(withCpus, new SequentialScheduler()));
        int[] load = new int[count];
        for (int home = 0; home < count; home++) {
            int local = home;
            int[] expected = {local};
            while (expected.length < count) {
                int[] used = expected;
                int next = IntStream.range(0, count)
                        .boxed()
                        .filter(node -> Arrays.stream(used).noneMatch(earlier -> earlier == node))
                        .min(Comparator.comparingInt((Integer node) -> distances[local][node] + (cpuMask >> node & 1))
                                .thenComparingInt(node -> load[node])
                                .thenComparingInt(node -> Math.floorMod(node - local, count)))
                        .orElseThrow();
                boolean firstOfItsDistance = distances[local][next] != distances[local][used[used.length - 1]];
                load[next] += firstOfItsDistance ? count - used.length : 0;
                expected = Arrays.copyOf(used, used.length + 1);
                expected[used.length] = next;
            }
            assertArrayEquals(expected, orders[home]);
        }
    }
}
