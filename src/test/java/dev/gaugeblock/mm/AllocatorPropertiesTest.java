package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What a user of any buddy allocator may take for granted, tried on machines in every state that random use leads to.
 */
class AllocatorPropertiesTest {
    /**
     * What strikes between the two looks that a property takes; nothing, but where the property is to be seen failing.
     */
    private interface Defect {
        void strike(TestMachine machine);
    }

    private static final Defect NONE = machine -> {};
    private static final Defect LEAK = machine -> machine.allocator.alloc(0, 0, machine.task);

    private record Held(PageFrame frame, int order) {}

    /** A machine of two zones that has been used at random; what is still in use is added to {@code held}. */
    private static TestMachine used(int frames, long seed, List<Held> held) {
        TestMachine machine = TestMachine.booted(frames / 2, frames, 0);
        Random random = new Random(seed);
        for (int i = random.nextInt(60); i > 0; i--) {
            if (held.isEmpty() || random.nextInt(3) > 0) {
                int order = random.nextInt(4);
                PageFrame frame = machine.allocator.alloc(random.nextBoolean() ? Gfp.DMA : 0, order, machine.task);
                if (frame != null) {
                    held.add(new Held(frame, order));
                }
            } else {
                free(machine, held.remove(random.nextInt(held.size())));
            }
        }
        return machine;
    }

    private static void free(TestMachine machine, Held block) {
        machine.allocator.free(block.frame, block.order, machine.task);
    }

    /** For each zone and order the free blocks, in no order, once no CPU holds any back. */
    private static Map<String, TreeSet<Integer>> freeBlocks(TestMachine machine) {
        machine.allocator.drain(machine.task);
        Map<String, TreeSet<Integer>> free = new HashMap<>();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            for (int order = 0; machine.node.zone(zone).spanned > 0 && order < BuddyLists.MAX_ORDER; order++) {
                TreeSet<Integer> blocks = new TreeSet<>();
                for (int pfn : machine.node.zone(zone).buddy.freeBlocks(order)) {
                    blocks.add(pfn);
                }
                free.put(zone + "." + order, blocks);
            }
        }
        return free;
    }

    @Property(seed = "7")
    void shouldUndoAnAllocationByItsFree(
            @ForAll @IntRange(min = 1, max = 80) int frames, @ForAll long seed, @ForAll @IntRange(max = 6) int order) {
        undo(frames, seed, order, NONE);
    }

    private static void undo(int frames, long seed, int order, Defect defect) {
        TestMachine machine = used(frames, seed, new ArrayList<>());
        Map<String, TreeSet<Integer>> before = freeBlocks(machine);
        PageFrame block = machine.allocator.alloc(0, order, machine.task);
        if (block != null) {
            machine.allocator.free(block, order, machine.task);
        }
        defect.strike(machine);
        assertEquals(before, freeBlocks(machine));
    }

    @Property(seed = "7")
    void shouldBringTheFreeListsOfBootBackWhenAllIsFree(
            @ForAll @IntRange(min = 1, max = 200) int frames, @ForAll long seed, @ForAll @IntRange(max = 3) int order) {
        allBack(frames, seed, order, NONE);
    }

    private static void allBack(int frames, long seed, int order, Defect defect) {
        Map<String, TreeSet<Integer>> boot = freeBlocks(TestMachine.booted(frames / 2, frames, 0));
        List<Held> held = new ArrayList<>();
        TestMachine machine = used(frames, seed, held);
        for (PageFrame frame = machine.allocator.alloc(0, order, machine.task); frame != null; ) {
            held.add(new Held(frame, order));
            frame = machine.allocator.alloc(0, order, machine.task);
        }
        Collections.shuffle(held, new Random(seed));
        held.forEach(block -> free(machine, block));
        defect.strike(machine);
        assertEquals(boot, freeBlocks(machine));
    }

    /** What a CPU gives back may make larger blocks, and never takes away one that there was. */
    @Property(seed = "7")
    void shouldOnlyGainByADrain(@ForAll @IntRange(min = 1, max = 80) int frames, @ForAll long seed) {
        drain(frames, seed, NONE);
    }

    private static void drain(int frames, long seed, Defect defect) {
        List<Held> held = new ArrayList<>();
        TestMachine machine = used(frames, seed, held);
        int free = machine.memory.freePages() + onLists(machine);
        int largest = largest(machine);
        machine.allocator.drain(machine.task);
        defect.strike(machine);
        assertEquals(free, machine.memory.freePages());
        assertEquals(0, onLists(machine));
        assertTrue(largest(machine) >= largest);
    }

    private static int onLists(TestMachine machine) {
        int count = 0;
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            PerCpuPageset pageset = machine.node.zone(zone).pageset(0);
            count += machine.node.zone(zone).spanned == 0
                    ? 0
                    : pageset.hotAtRest().count() + pageset.coldAtRest().count();
        }
        return count;
    }

    private static int largest(TestMachine machine) {
        int largest = -1;
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            boolean dma = machine.dma().spanned > 0 && machine.dma().buddy.freeBlocks(order).length > 0;
            largest = dma || machine.normal().buddy.freeBlocks(order).length > 0 ? order : largest;
        }
        return largest;
    }

    @Property(seed = "7")
    void shouldHandOutTheLowerHalfOfWhatItSplits(
            @ForAll @IntRange(min = 1, max = 100) int frames, @ForAll long seed, @ForAll @IntRange(max = 5) int order) {
        split(frames, seed, order, 0);
    }

    private static void split(int frames, long seed, int order, int shift) {
        TestMachine machine = used(frames, seed, new ArrayList<>());
        Map<String, TreeSet<Integer>> before = freeBlocks(machine);
        PageFrame block = order == 0 ? null : machine.allocator.alloc(0, order, machine.task);
        if (block == null) {
            return;
        }
        Zone zone = machine.memory.zoneOf(block);
        int first = block.pfn + shift;
        assertEquals(0, (first - zone.startPfn) % (1 << order), "a block starts at a multiple of its size");
        int from = order;
        while (!before.get(zone.index + "." + from).contains(first)) {
            from++;
        }
        Map<String, TreeSet<Integer>> expected = new HashMap<>(before);
        expected.put(zone.index + "." + from, new TreeSet<>(before.get(zone.index + "." + from)));
        expected.get(zone.index + "." + from).remove(first);
        for (int half = from - 1; half >= order; half--) {
            expected.put(zone.index + "." + half, new TreeSet<>(before.get(zone.index + "." + half)));
            expected.get(zone.index + "." + half).add(first + (1 << half));
        }
        assertEquals(expected, freeBlocks(machine));
    }

    /** What DMA is used for changes nothing in Normal. */
    @Property(seed = "7")
    void shouldKeepZonesApart(@ForAll @IntRange(min = 2, max = 80) int frames, @ForAll long seed) {
        apart(frames, seed, Gfp.DMA);
    }

    private static void apart(int frames, long seed, int gfp) {
        TestMachine machine = used(frames, seed, new ArrayList<>());
        String before = picture(machine.normal());
        Random random = new Random(seed);
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int order = random.nextInt(3);
            PageFrame frame = machine.allocator.alloc(gfp, order, machine.task);
            if (frame != null) {
                held.add(new Held(frame, order));
            }
            if (!held.isEmpty() && random.nextBoolean()) {
                free(machine, held.remove(random.nextInt(held.size())));
            }
        }
        assertEquals(before, picture(machine.normal()));
    }

    /** All lists of a zone, each in its order. */
    private static String picture(Zone zone) {
        StringBuilder picture = new StringBuilder();
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            picture.append(Arrays.toString(zone.buddy.freeBlocks(order)));
        }
        return picture.append(Arrays.toString(zone.pageset(0).hotAtRest().pfns()))
                .append(Arrays.toString(zone.pageset(0).coldAtRest().pfns()))
                .toString();
    }

    /** In whatever order blocks come back, they merge into the same. */
    @Property(seed = "7")
    void shouldMergeAlikeInEveryOrder(@ForAll @IntRange(min = 1, max = 100) int frames, @ForAll long seed) {
        anyOrder(frames, seed, NONE);
    }

    private static void anyOrder(int frames, long seed, Defect defect) {
        List<Held> one = new ArrayList<>();
        List<Held> other = new ArrayList<>();
        TestMachine first = used(frames, seed, one);
        TestMachine second = used(frames, seed, other);
        Collections.shuffle(other, new Random(seed));
        one.forEach(block -> free(first, block));
        other.forEach(block -> free(second, block));
        defect.strike(second);
        assertEquals(freeBlocks(first), freeBlocks(second));
    }

    /** A request for less succeeds where one for more does. */
    @Property(seed = "7")
    void shouldGrantLessWhereItGrantsMore(
            @ForAll @IntRange(min = 1, max = 80) int frames,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int order) {
        less(frames, seed, order, NONE);
    }

    private static void less(int frames, long seed, int order, Defect defect) {
        TestMachine twin = used(frames, seed, new ArrayList<>());
        if (twin.allocator.alloc(0, order, twin.task) == null) {
            return;
        }
        TestMachine machine = used(frames, seed, new ArrayList<>());
        defect.strike(machine);
        assertTrue(machine.allocator.alloc(0, order - 1, machine.task) != null);
    }

    /** A request never gets a frame of a higher zone than it permits, not even when everything lower is used up. */
    @Property(seed = "7")
    void shouldNeverFallBackUpwards(@ForAll @IntRange(min = 1, max = 40) int frames, @ForAll long seed) {
        fallback(frames, seed, 0);
    }

    private static void fallback(int frames, long seed, int alsoPermitted) {
        TestMachine machine = TestMachine.booted(frames, frames, frames);
        Random random = new Random(seed);
        int failures = 0;
        while (failures < 10) {
            int highest = random.nextInt(Zone.HIGHMEM);
            int gfp = highest == Zone.DMA ? Gfp.DMA : alsoPermitted;
            PageFrame frame = machine.allocator.alloc(gfp, random.nextInt(3), machine.task);
            failures += frame == null ? 1 : 0;
            assertTrue(frame == null || machine.memory.zoneNumber(frame) <= highest, () -> frame + " for gfp " + gfp);
        }
    }

    /** A block comes back with the drop of its last reference, and with no earlier one. */
    @Property(seed = "7")
    void shouldFreeWithTheLastReference(
            @ForAll @IntRange(min = 8, max = 80) int frames,
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int order,
            @ForAll @IntRange(max = 5) int references) {
        references(frames, seed, order, references, references);
    }

    private static void references(int frames, long seed, int order, int taken, int dropped) {
        TestMachine machine = used(frames, seed, new ArrayList<>());
        Map<String, TreeSet<Integer>> before = freeBlocks(machine);
        PageFrame block = machine.allocator.alloc(0, order, machine.task);
        if (block == null) {
            return;
        }
        Map<String, TreeSet<Integer>> without = freeBlocks(machine);
        for (int i = 0; i < taken; i++) {
            machine.allocator.get(block, machine.task);
        }
        for (int i = 0; i < dropped; i++) {
            machine.allocator.free(block, order, machine.task);
            assertEquals(without, freeBlocks(machine));
        }
        machine.allocator.free(block, order, machine.task);
        assertEquals(before, freeBlocks(machine));
    }

    /** Whether frames come back hot or cold decides about their order, and not about what is free. */
    @Property(seed = "7")
    void shouldFreeTheSameHotOrCold(@ForAll @IntRange(min = 1, max = 100) int frames, @ForAll long seed) {
        hotOrCold(frames, seed, NONE);
    }

    private static void hotOrCold(int frames, long seed, Defect defect) {
        List<Held> hot = new ArrayList<>();
        List<Held> cold = new ArrayList<>();
        TestMachine first = used(frames, seed, hot);
        TestMachine second = used(frames, seed, cold);
        hot.stream().filter(block -> block.order == 0).forEach(block -> free(first, block));
        cold.stream()
                .filter(block -> block.order == 0)
                .forEach(block -> second.allocator.freeCold(block.frame, second.task));
        defect.strike(second);
        assertEquals(freeBlocks(first), freeBlocks(second));
    }

    // Each property is seen to fail once.

    @Example
    void shouldNoticeDefects() {
        assertThrows(AssertionError.class, () -> undo(40, 3, 1, LEAK));
        assertThrows(AssertionError.class, () -> allBack(40, 3, 1, LEAK));
        assertThrows(AssertionError.class, () -> drain(40, 3, LEAK));
        assertThrows(AssertionError.class, () -> split(64, 5, 1, 1));
        assertThrows(AssertionError.class, () -> apart(40, 3, 0));
        assertThrows(AssertionError.class, () -> anyOrder(40, 3, LEAK));
        assertThrows(AssertionError.class, () -> fallback(8, 3, Gfp.HIGHMEM));
        assertThrows(AssertionError.class, () -> references(40, 3, 1, 1, 0));
        assertThrows(AssertionError.class, () -> references(40, 3, 1, 0, 1));
        assertThrows(AssertionError.class, () -> hotOrCold(40, 3, LEAK));
        assertThrows(
                AssertionError.class,
                () -> less(40, 3, 1, machine -> {
                    machine.dma().marks.set(1000, 1000, 1000);
                    machine.normal().marks.set(1000, 1000, 1000);
                }));
    }
}
