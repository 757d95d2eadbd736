package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds on machines of any number of nodes, with gaps between them, and nodes and zones that are empty. */
class NodesPropertiesTest {
    /** A node: frames that are missing before it, and those of its zones. */
    private record Shape(int gap, int dma, int normal, int highmem) {}

    private record Held(PageFrame frame, int order) {}

    @Provide
    Arbitrary<MachineLayout> machines() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(3, Arbitraries.integers().between(1, 20)));
        return Combinators.combine(Arbitraries.integers().between(0, 9), sizes, sizes, sizes)
                .as(Shape::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .filter(nodes -> nodes.stream()
                                .mapToInt(node -> node.dma + node.normal + node.highmem)
                                .sum()
                        > 0)
                .map(NodesPropertiesTest::layout)
                .flatMap(layout ->
                        Arbitraries.of(false, true).flatMap(numa -> numa ? near(layout) : Arbitraries.just(layout)));
    }

    private static MachineLayout layout(List<Shape> shapes) {
        MemoryLayout[] nodes = new MemoryLayout[shapes.size()];
        int end = 0;
        for (int i = 0; i < nodes.length; i++) {
            Shape shape = shapes.get(i);
            nodes[i] = new MemoryLayout(end + shape.gap, shape.dma, shape.normal, shape.highmem);
            end = nodes[i].endPfn();
        }
        return MachineLayout.of(nodes);
    }

    private static Arbitrary<MachineLayout> near(MachineLayout layout) {
        return Arbitraries.integers()
                .between(0, 3)
                .array(int[].class)
                .ofSize(layout.nodes())
                .array(int[][].class)
                .ofSize(layout.nodes())
                .map(layout::withDistances);
    }

    private static int[] homes(MachineLayout layout, int cpuSeed) {
        Random random = new Random(cpuSeed);
        return random.ints(1 + random.nextInt(3), 0, layout.nodes()).toArray();
    }

    /** The first frame of a zone, as the layout has it. */
    private static int start(MemoryLayout node, int zone) {
        int start = node.startPfn();
        for (int lower = 0; lower < zone; lower++) {
            start += node.spanned(lower);
        }
        return start;
    }

    @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
    void shouldNameEachFramesNodeAndZoneInEachForm(@ForAll("machines") MachineLayout layout, @ForAll int cpuSeed) {
        for (FlagsLayout flags : new FlagsLayout[] {
            FlagsLayout.UMA_32, FlagsLayout.DISCONTIG_32, FlagsLayout.UMA_64, FlagsLayout.DISCONTIG_64
        }) {
            if (layout.nodes() <= flags.maxNodes()) {
                TestMachine machine = TestMachine.booted(layout.withFlags(flags), "blocks", homes(layout, cpuSeed));
                use(machine, layout, new Random(cpuSeed), new ArrayList<>());
                assertNamed(machine, layout, flags);
            }
        }
    }

    private static void assertNamed(TestMachine machine, MachineLayout layout, FlagsLayout flags) {
        for (int node = 0; node < layout.nodes(); node++) {
            for (int zone = 0; zone < Zone.COUNT; zone++) {
                int start = start(layout.node(node), zone);
                for (int pfn = start; pfn < start + layout.node(node).spanned(zone); pfn++) {
                    PageFrame frame = machine.frame(pfn);
                    assertEquals(pfn, frame.pfn);
                    assertEquals(((long) node << 2) + zone, frame.flags() >>> flags.nodezoneShift());
                    assertEquals(node, machine.memory.nodeNumber(frame));
                    assertEquals(zone, machine.memory.zoneNumber(frame));
                    assertEquals(machine.memory.node(node).zone(zone), machine.memory.zoneOf(frame));
                }
            }
        }
    }

    @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
    void shouldListEveryPermittedZoneOnceNodeByNode(
            @ForAll("machines") MachineLayout layout, @ForAll int cpuSeed, @ForAll @IntRange(max = 2) int zoneBits) {
        TestMachine machine = TestMachine.booted(layout, "none", homes(layout, cpuSeed));
        for (int home = 0; home < layout.nodes(); home++) {
            List<Zone> list = zonesFrom(machine, home, zoneBits);
            List<Integer> nodes =
                    list.stream().map(zone -> zone.node).distinct().toList();
            if (nodes.contains(home)) {
                assertEquals(home, nodes.get(0), "its own node comes first");
            }
            List<Zone> expected = new ArrayList<>();
            for (int node : nodes) {
                for (int zone = goal(zoneBits); zone >= 0; zone--) {
                    if (layout.node(node).present(zone) > 0) {
                        expected.add(machine.memory.node(node).zone(zone));
                    }
                }
            }
            assertEquals(expected, list, "each node's zones stand together, from the goal's downwards");
            for (int node = 0; node < layout.nodes(); node++) {
                boolean hasSome = false;
                for (int zone = 0; zone <= goal(zoneBits); zone++) {
                    hasSome |= layout.node(node).present(zone) > 0;
                }
                assertEquals(hasSome, nodes.contains(node), "node " + node);
            }
        }
    }

    private static List<Zone> zonesFrom(TestMachine machine, int node, int zoneBits) {
        Zonelist list = machine.memory.node(node).zonelist(zoneBits);
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < list.length(); i++) {
            zones.add(list.zone(i));
        }
        return zones;
    }

    private static int goal(int zoneBits) {
        return zoneBits == 0 ? Zone.NORMAL : zoneBits == Gfp.DMA ? Zone.DMA : Zone.HIGHMEM;
    }

    /**
     * Of the zones that the nodes have, in the order in which this one tries them, the first that may give the block
     * does.
     */
    @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
    void shouldAllocateFromTheFirstPermittedZoneThatPasses(@ForAll("machines") MachineLayout layout, @ForAll int seed) {
        Random random = new Random(seed);
        int[] homes = homes(layout, seed);
        TestMachine machine = TestMachine.booted(layout, "blocks", homes);
        int[][] orders = NodeOrder.of(layout, Cpu.create(homes, new SequentialScheduler()));
        for (int number = 0; number < machine.memory.zones(); number++) {
            int min = random.nextInt(4);
            machine.memory.zone(number).marks.set(min, min + random.nextInt(3), min + 3);
            machine.memory.zone(number).marks.setLowmemReserve(Zone.HIGHMEM, random.nextInt(3));
        }
        List<Held> held = new ArrayList<>();
        for (int step = 0; step < 30; step++) {
            use(machine, layout, random, held);
            int zoneBits = random.nextInt(3);
            int order = random.nextInt(3);
            Task task = Task.process(machine.cpus[random.nextInt(homes.length)]);
            List<Zone> permitted = new ArrayList<>();
            for (int node : orders[task.cpu.node]) {
                for (int zone = goal(zoneBits); zone >= 0; zone--) {
                    if (layout.node(node).present(zone) > 0) {
                        permitted.add(machine.memory.node(node).zone(zone));
                    }
                }
            }
            Zone expected = firstThatPasses(permitted, order, task);
            PageFrame got = machine.allocator.alloc(Gfp.ATOMIC | zoneBits, order, task);
            assertEquals(expected, got == null ? null : machine.memory.zoneOf(got));
            if (got != null) {
                held.add(new Held(got, order));
            }
        }
    }

    /** For an urgent request that cannot wait: above pages_low, or else above what is left of pages_min. */
    private static Zone firstThatPasses(List<Zone> permitted, int order, Task task) {
        for (boolean urgent : new boolean[] {false, true}) {
            for (Zone zone : permitted) {
                int mark = urgent ? zone.marks.min() : zone.marks.low();
                int free = zone.counts.freePages.peek();
                int leeway = TestMachine.leeway(urgent, urgent);
                if (Watermark.isOk(zone, free, order, mark, permitted.get(0).index, leeway, task)) {
                    return zone;
                }
            }
        }
        return null;
    }

    /** Takes and gives back some blocks, on any CPU; what is still in use is in {@code held}. */
    private static void use(TestMachine machine, MachineLayout layout, Random random, List<Held> held) {
        for (int i = random.nextInt(12); i > 0; i--) {
            Task task = Task.process(machine.cpus[random.nextInt(machine.cpus.length)]);
            if (held.isEmpty() || random.nextBoolean()) {
                int order = random.nextInt(3);
                PageFrame frame = machine.allocator.allocOnNode(
                        random.nextInt(layout.nodes()), Gfp.ATOMIC | random.nextInt(3), order, task);
                if (frame != null) {
                    held.add(new Held(frame, order));
                }
            } else {
                Held block = held.remove(random.nextInt(held.size()));
                machine.allocator.free(block.frame, block.order, task);
            }
        }
    }

    /** Whoever frees it, wherever: each frame is its own node's again, and no node ever has more or fewer. */
    @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
    void shouldConserveTheFramesOfEachNode(@ForAll("machines") MachineLayout layout, @ForAll int seed) {
        Random random = new Random(seed);
        TestMachine machine = TestMachine.booted(layout, "blocks", homes(layout, seed));
        List<Held> held = new ArrayList<>();
        for (int step = 0; step < 10; step++) {
            use(machine, layout, random, held);
            for (int node = 0; node < layout.nodes(); node++) {
                MemoryLayout memory = layout.node(node);
                int live = held.stream()
                        .filter(block -> block.frame.pfn >= memory.startPfn() && block.frame.pfn < memory.endPfn())
                        .mapToInt(block -> 1 << block.order)
                        .sum();
                assertEquals(memory.endPfn() - memory.startPfn(), live + free(machine, node), "node " + node);
            }
        }
        held.forEach(block -> machine.allocator.free(block.frame, block.order, machine.task));
        for (Cpu cpu : machine.cpus) {
            machine.allocator.drain(Task.process(cpu));
        }
        assertNull(
                new Refinement(machine.memory, machine.cpus.length, 2 * machine.cpus.length, true).refinesContract());
        TestMachine fresh = TestMachine.booted(layout, "blocks", homes(layout, seed));
        for (int number = 0; number < machine.memory.zones(); number++) {
            Zone zone = machine.memory.zone(number);
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                assertEquals(
                        sorted(fresh.memory.zone(number).buddy.freeBlocks(order)),
                        sorted(zone.buddyAtRest().freeBlocks(order)),
                        zone + " order " + order);
            }
        }
    }

    private static List<Integer> sorted(int[] pfns) {
        return Arrays.stream(pfns).sorted().boxed().toList();
    }

    /** Frames in the free lists of a node and on its per-CPU lists; all of them at home. */
    private static int free(TestMachine machine, int node) {
        int count = 0;
        for (int index = 0; index < Zone.COUNT; index++) {
            Zone zone = machine.memory.node(node).zone(index);
            if (zone.spanned > 0) {
                assertNull(((BuddyLists) zone.buddyAtRest()).framesAtHome());
                count += zone.counts.freePages.peek();
            }
            for (int cpu = 0; cpu < machine.cpus.length; cpu++) {
                assertNull(zone.pageset(cpu).hotAtRest().framesAtHome());
                count += zone.pageset(cpu).hotAtRest().count()
                        + zone.pageset(cpu).coldAtRest().count();
            }
        }
        return count;
    }
}
