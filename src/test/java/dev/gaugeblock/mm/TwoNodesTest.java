package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static dev.gaugeblock.mm.TestMachine.pfns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.machine.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A machine of two nodes: frames 0..3 DMA and 4..7 Normal are node 0's, 16..23 Normal node 1's. CPU 0 is on node 0, CPU
 * 1 on node 1.
 */
class TwoNodesTest {
    private final MachineLayout layout = MachineLayout.of(new MemoryLayout(0, 4, 4, 0), new MemoryLayout(16, 0, 8, 0));
    private final TestMachine machine = TestMachine.booted(layout, "blocks", 0, 1);
    private final Task onNode1 = Task.process(machine.cpus[1]);
    private final Zone remote = machine.memory.node(1).zone(Zone.NORMAL);

    private String zones(int node, int zoneBits) {
        StringBuilder names = new StringBuilder();
        Zonelist list = machine.memory.node(node).zonelist(zoneBits);
        for (int i = 0; i < list.length(); i++) {
            names.append(i == 0 ? "" : " ").append(list.zone(i).name());
        }
        return names.toString();
    }

    @Test
    void shouldListItsOwnZonesFirstAndThenTheOthers() {
        assertEquals("node0.Normal node0.DMA node1.Normal", zones(0, 0));
        assertEquals("node1.Normal node0.Normal node0.DMA", zones(1, 0));
        assertEquals("node0.DMA", zones(0, Gfp.DMA));
        assertEquals("node0.DMA", zones(1, Gfp.DMA));
        assertEquals("node1.Normal node0.Normal node0.DMA", zones(1, Gfp.HIGHMEM));
    }

    @Test
    void shouldFindTheZoneAndTheNodeOfAFrame() {
        assertSame(remote, machine.memory.zoneOf(machine.frame(20)));
        assertEquals(1, machine.memory.nodeNumber(machine.frame(20)));
        assertEquals(Zone.NORMAL, machine.memory.zoneNumber(machine.frame(20)));
        assertEquals(0, machine.memory.nodeNumber(machine.frame(3)));
        assertEquals(4, remote.number);
    }

    @Test
    void shouldAllocateFromTheNodeOfTheCpu() {
        assertEquals(4, machine.alloc(Gfp.ATOMIC, 1).pfn);
        assertEquals(16, machine.allocator.alloc(Gfp.ATOMIC, 1, onNode1).pfn);
        assertEquals(18, machine.allocator.allocOnNode(1, Gfp.ATOMIC, 1, machine.task).pfn);
        assertEquals(6, machine.allocator.allocOnNode(0, Gfp.ATOMIC, 1, onNode1).pfn);
    }

    @Test
    void shouldGoToTheOtherNodeWhenItsOwnHasNothingLeft() {
        assertEquals(4, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(0, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(16, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(20, machine.allocator.alloc(Gfp.ATOMIC, 2, onNode1).pfn);
        assertNull(machine.alloc(Gfp.ATOMIC, 2));
    }

    /**
     * What the frame goes to is the list that this CPU has of the frame's zone, and from there the buddy lists of that
     * zone.
     */
    @Test
    void shouldFreeARemoteFrameHome() {
        PageFrame frame = machine.allocator.alloc(Gfp.ATOMIC, 0, onNode1);
        assertEquals(16, frame.pfn);
        machine.allocator.free(frame, 0, machine.task);
        assertEquals("[16]", pfns(remote.pageset(0).hotAtRest()));
        assertEquals("[]", pfns(machine.normal().pageset(0).hotAtRest()));
        machine.drain();
        assertEquals("3[16]", freeLists(remote));
    }

    @Test
    void shouldNotMergeAcrossTheEdgeOfANode() {
        TestMachine adjacent = TestMachine.booted(
                MachineLayout.of(new MemoryLayout(0, 4, 0, 0), new MemoryLayout(4, 4, 0, 0)), "pages", 0);
        assertEquals("2[0]", freeLists(adjacent.memory.zone(0)));
        assertEquals("2[4]", freeLists(adjacent.memory.zone(3)));
    }

    /** A request wakes the kswapd of every node whose zone is short, its own and the other, each with its own order. */
    @Test
    void shouldWakeTheKswapdOfEachShortNode() {
        remote.marks.set(0, 8, 8);
        assertEquals(4, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(0, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(List.of(), machine.around.takeCalls());
        assertEquals(16, machine.alloc(Gfp.ATOMIC, 1).pfn);
        assertEquals(List.of("kswapd_wake", "kswapd_wake", "kswapd_wake:1"), machine.around.takeCalls());
        assertEquals(1, machine.memory.node(0).kswapdMaxOrder.peek());
        assertEquals(1, machine.memory.node(1).kswapdMaxOrder.peek());
    }

    @Test
    void shouldLetAKswapdSleepWhoseNodeHasEnough() {
        machine.normal().marks.set(0, 8, 8);
        machine.dma().marks.set(0, 8, 8);
        remote.marks.set(0, 7, 7);
        assertEquals(16, machine.allocator.alloc(Gfp.ATOMIC, 0, onNode1).pfn);
        assertEquals(4, machine.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(List.of("kswapd_wake", "kswapd_wake", "kswapd_wake:1"), machine.around.takeCalls());
        assertEquals(2, machine.memory.node(0).kswapdMaxOrder.peek());
    }

    /**
     * 2 × 1024 frames: lowmem_kbytes counts each frame once for each node, and low memory of both shares the minimum.
     */
    @Test
    void shouldShareTheMinimumAmongTheLowMemoryOfAllNodes() {
        TestMachine large = TestMachine.booted(
                MachineLayout.of(new MemoryLayout(0, 1024, 0, 0), new MemoryLayout(1024, 0, 3072, 1024)), "none", 0);
        MemoryTuning tuning = large.allocator.tuning();
        assertEquals(2 * 4096, large.memory.presentAboveHigh(0));
        assertEquals(2 * 5120, large.memory.presentAboveHigh(Gfp.HIGHMEM));
        tuning.initialise(large.task);
        assertEquals(724, tuning.minFreeKbytes());
        assertEquals(45, large.memory.zone(0).marks.min());
        assertEquals(135, large.memory.zone(4).marks.min());
        assertEquals(32, large.memory.zone(5).marks.min());
    }

    /** A node's reserve is against its own higher zones; what other nodes have does not count. */
    @Test
    void shouldReserveForEachNodeByItself() {
        TestMachine large = TestMachine.booted(
                MachineLayout.of(new MemoryLayout(0, 64, 0, 0), new MemoryLayout(64, 64, 1024, 64)), "none", 0);
        large.allocator.tuning().initialise(large.task);
        assertEquals(0, large.memory.zone(0).marks.lowmemReserve(Zone.NORMAL));
        assertEquals(1024 / 256, large.memory.zone(3).marks.lowmemReserve(Zone.NORMAL));
        assertEquals((1024 + 64) / 256, large.memory.zone(3).marks.lowmemReserve(Zone.HIGHMEM));
        assertEquals(64 / 32, large.memory.zone(4).marks.lowmemReserve(Zone.HIGHMEM));
    }

    /**
     * The class is that of the first zone in the list: HighMem of node 1, and so node 0's reserve against HighMem
     * counts there.
     */
    @Test
    void shouldTakeTheClassFromTheFirstZoneOfTheList() {
        TestMachine mixed = TestMachine.booted(
                MachineLayout.of(new MemoryLayout(0, 0, 4, 0), new MemoryLayout(4, 0, 0, 4)), "blocks", 0, 1);
        mixed.normal().marks.setLowmemReserve(Zone.HIGHMEM, 4);
        Task second = Task.process(mixed.cpus[1]);
        assertEquals(4, mixed.allocator.alloc(Gfp.HIGHMEM, 2, second).pfn);
        assertNull(mixed.allocator.alloc(Gfp.HIGHMEM, 2, second));
        assertEquals(0, mixed.alloc(Gfp.HIGHMEM, 2).pfn);
    }

    /** A node without memory: its CPU begins with the next node. */
    @Test
    void shouldServeACpuWhoseNodeHasNoMemory() {
        TestMachine machineWithout = TestMachine.booted(
                MachineLayout.of(
                        new MemoryLayout(0, 4, 0, 0), new MemoryLayout(4, 0, 0, 0), new MemoryLayout(4, 4, 0, 0)),
                "blocks",
                1);
        assertEquals(4, machineWithout.alloc(Gfp.ATOMIC, 2).pfn);
        assertEquals(0, machineWithout.alloc(Gfp.ATOMIC, 2).pfn);
    }

    /**
     * Low memory of both nodes comes before high memory of either; the map of a node's low frames lies in its third
     * frame.
     */
    @Test
    void shouldBootNodeAfterNode() {
        TestMachine booted = TestMachine.booted(
                MachineLayout.of(
                        new MemoryLayout(0, 64, 0, 4).reserve(0, 2), new MemoryLayout(128, 64, 0, 4).reserve(128, 1)),
                "kernel",
                0);
        for (int number = 0; number < booted.memory.zones(); number++) {
            assertEquals(expectedAfterBoot(number), onePlace(booted, booted.memory.zone(number)), "zone " + number);
        }
        assertNull(new Refinement(booted.memory, 1, 2, true).refinesContract());
    }

    private static String expectedAfterBoot(int zone) {
        return switch (zone) {
            case 0 -> "62 frames";
            case 3 -> "63 frames";
            case 2, 5 -> "4 frames";
            default -> "0 frames";
        };
    }

    private static String onePlace(TestMachine booted, Zone zone) {
        if (zone.spanned == 0) {
            return "0 frames";
        }
        return booted.freePages(zone) + zone.pageset(0).hotAtRest().count() + " frames";
    }

    @Test
    void shouldCountFreeFramesOfAllNodesAndAllocationsByKindOfZone() {
        assertEquals(16, machine.memory.freePages());
        machine.alloc(Gfp.ATOMIC, 1);
        machine.allocator.alloc(Gfp.ATOMIC, 2, onNode1);
        assertEquals(10, machine.memory.freePages());
        assertEquals(6, machine.allocator.allocated(Zone.NORMAL));
        assertEquals(0, machine.allocator.allocated(Zone.DMA));
    }
}
