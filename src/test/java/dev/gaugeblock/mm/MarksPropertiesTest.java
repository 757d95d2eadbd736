package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What the watermarks are, of zones of any size and for any {@code min_free_kbytes}, and what the test of them must
 * keep to.
 */
class MarksPropertiesTest {
    private static TestMachine machine(int dma, int normal, int highmem) {
        return TestMachine.booted(new MemoryLayout(0, dma, normal, highmem), "none");
    }

    /** Low memory shares min_free_kbytes in proportion; what is lost to rounding is less than a frame for each zone. */
    @Property(seed = "7")
    void shouldShareTheMinimumInProportion(
            @ForAll @IntRange(max = 4096) int dma,
            @ForAll @IntRange(min = 1, max = 9000) int normal,
            @ForAll @IntRange(max = 9000) int highmem,
            @ForAll @IntRange(max = 60_000) int kbytes) {
        TestMachine machine = machine(dma, normal, highmem);
        machine.allocator.tuning().setMinFreeKbytes(kbytes, machine.task);
        int frames = kbytes / 4;
        int shared = machine.dma().marks.min() + machine.normal().marks.min();
        assertTrue(shared <= frames && shared > frames - 2, shared + " of " + frames + " frames");
        double dmaShare = (double) frames * dma / (dma + normal);
        assertTrue(
                Math.abs(machine.dma().marks.min() - dmaShare) < 1,
                machine.dma().marks.min() + " of " + dmaShare);
        assertEquals(
                Math.max(32, Math.min(128, highmem / 1024)),
                machine.highmem().marks.min());
        for (int index = 0; index < Zone.COUNT; index++) {
            ZoneMarks marks = machine.node.zone(index).marks;
            assertEquals(marks.min() + marks.min() / 4, marks.low());
            assertEquals(marks.min() + marks.min() / 2, marks.high());
        }
    }

    /**
     * min_free_kbytes follows the square root of low memory: sixteen times the memory keeps four times as much back.
     */
    @Property(seed = "7")
    void shouldKeepMoreOfMoreMemory(
            @ForAll @IntRange(min = 1, max = 4000) int less, @ForAll @IntRange(min = 1, max = 4000) int more) {
        int one = initialMinimum(Math.min(less, more));
        int other = initialMinimum(Math.max(less, more));
        assertTrue(128 <= one && one <= other && other <= 65_536, one + " and " + other);
        int sixteenfold = initialMinimum(16 * more);
        int single = initialMinimum(more);
        assertTrue(single == 128 || sixteenfold / 4 == single, single + " and " + sixteenfold);
    }

    private static int initialMinimum(int normal) {
        TestMachine machine = machine(0, normal, 0);
        MemoryTuning tuning = machine.allocator.tuning();
        tuning.initialise(machine.task);
        return tuning.minFreeKbytes();
    }

    /**
     * What passes a watermark passes for a smaller order, for a lower mark, for a smaller reserve, and for the
     * privileged.
     */
    @Property(seed = "7")
    void shouldPassWithLessToAskFor(
            @ForAll long seed,
            @ForAll @IntRange(max = 80) int mark,
            @ForAll @IntRange(max = 20) int reserve,
            @ForAll @IntRange(min = 1, max = 5) int order) {
        TestMachine machine = TestMachine.booted(0, 100, 0);
        Random random = new Random(seed);
        for (int i = random.nextInt(40); i > 0; i--) {
            machine.allocator.alloc(0, random.nextInt(3), machine.task);
        }
        if (!passes(machine, mark, reserve, order, false, false)) {
            return;
        }
        assertTrue(passes(machine, mark, reserve, order - 1, false, false));
        assertTrue(passes(machine, mark / 2, reserve, order, false, false));
        assertTrue(passes(machine, mark, reserve / 2, order, false, false));
        assertTrue(passes(machine, mark, reserve, order, true, false));
        assertTrue(passes(machine, mark, reserve, order, false, true));
    }

    private static boolean passes(TestMachine machine, int mark, int reserve, int order, boolean harder, boolean high) {
        Zone zone = machine.normal();
        zone.marks.setLowmemReserve(Zone.NORMAL, reserve);
        int leeway = TestMachine.leeway(harder, high);
        return Watermark.isOk(zone, machine.freePages(zone), order, mark, Zone.NORMAL, leeway, machine.task);
    }
}
