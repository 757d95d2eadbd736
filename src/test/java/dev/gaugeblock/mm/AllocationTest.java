package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One walk over the zonelist, and what it tells of the block it takes. */
class AllocationTest {
    private static final int OUT_OF_REACH = 1000;

    private final TestMachine machine = TestMachine.booted(64, 64, 0);

    private void assertGrants(String... expected) {
        assertEquals(List.of(expected), machine.around.takeGrants());
    }

    @Test
    void shouldTakeFromTheFirstZoneThatPassesItsMark() {
        machine.normal().marks.set(0, 64, 64);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        machine.normal().marks.set(0, 63, 64);
        assertEquals(64, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertGrants("DMA:d0:0:LOW:64", "Normal:d0:0:LOW:64");
        assertEquals(List.of(), machine.around.takeCalls());
    }

    @Test
    void shouldGoOnToTheNextZoneIfOnePassesItsMarkButHasNoBlock() {
        machine.allocator.takeUnprepared(machine.normal(), 6, machine.task);
        machine.normal().counts.freePages.init(64);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 2).pfn);
        assertEquals(4, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertGrants("DMA:d0:2:LOW:64", "DMA:d0:0:LOW:60");
    }

    @Test
    void shouldHoldEveryZoneToTheReserveForTheListsFirst() {
        machine.normal().marks.set(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        machine.dma().marks.setLowmemReserve(Zone.NORMAL, 63);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        machine.around.reclaims(1);
        assertNull(machine.alloc(Gfp.NOIO | Gfp.NORETRY, 0));
        assertEquals(1, machine.alloc(Gfp.DMA | Gfp.KERNEL, 0).pfn);
    }

    @Test
    void shouldNameTheMarkAndTheFreeFramesOfEachPass() {
        machine.marks(63, 64, 64);
        machine.alloc(Gfp.KERNEL, 0);
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, 62);
        machine.around.reclaims(0);
        machine.alloc(Gfp.DMA | Gfp.KERNEL, 0);
        machine.task.memalloc = true;
        machine.alloc(Gfp.KERNEL, 5);
        assertGrants("Normal:d0:0:MIN:64", "DMA:d1:0:HIGH:64", "Normal:d0:5:NONE:0");
    }

    @Test
    void shouldTellNothingOfABlockThatWasNotHandedOut() {
        assertNull(machine.alloc(Gfp.ATOMIC, 7));
        assertGrants();
    }
}
