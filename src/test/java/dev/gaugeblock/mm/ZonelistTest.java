package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZonelistTest {
    private static final int NORMAL_GOAL = 0;

    private static List<String> names(TestMachine machine, int zoneBits) {
        Zonelist list = machine.node.zonelist(zoneBits);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.length(); i++) {
            names.add(list.zone(i).name());
        }
        return names;
    }

    @Test
    void shouldGoDownFromTheGoalAndNeverUp() {
        TestMachine machine = TestMachine.booted(16, 16, 16);
        assertEquals(List.of("Normal", "DMA"), names(machine, NORMAL_GOAL));
        assertEquals(List.of("DMA"), names(machine, Gfp.DMA));
        assertEquals(List.of("HighMem", "Normal", "DMA"), names(machine, Gfp.HIGHMEM));
    }

    @Test
    void shouldFallBackInThatOrder() {
        TestMachine machine = TestMachine.booted(4, 4, 4);
        assertEquals(8, machine.alloc(Gfp.HIGHMEM, 2).pfn);
        assertEquals(4, machine.alloc(Gfp.HIGHMEM, 2).pfn);
        assertEquals(0, machine.alloc(Gfp.HIGHMEM, 2).pfn);
        machine.free(8, 2);
        assertNull(machine.alloc(NORMAL_GOAL, 2));
        machine.free(4, 2);
        assertNull(machine.alloc(Gfp.DMA, 2));
        assertEquals(4, machine.alloc(NORMAL_GOAL, 2).pfn);
    }

    @Test
    void shouldRefuseTheFourthListWhichIsOutOfBounds() {
        TestMachine machine = TestMachine.booted(16, 16, 16);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> machine.alloc(Gfp.KERNEL | 3, 0));
        assertEquals(
                "gfp 0xd3 asks for zonelist 3 (DMA and HIGHMEM), but there are only 0..2: give one of the two bits",
                thrown.getMessage());
        assertEquals(List.of(), machine.around.takeCalls());
    }

    @Test
    void shouldLeaveOutZonesWithoutPresentFramesEvenIfTheySpanSome() {
        MemoryLayout layout = new MemoryLayout(0, 16, 16, 16).holes(Zone.NORMAL, 16);
        TestMachine machine = TestMachine.booted(layout, "none");
        assertEquals(16, machine.normal().spanned);
        assertEquals(List.of("DMA"), names(machine, NORMAL_GOAL));
        assertEquals(List.of("HighMem", "DMA"), names(machine, Gfp.HIGHMEM));
    }

    @Test
    void shouldKeepAZoneOfWhichOneFrameIsPresent() {
        MemoryLayout layout = new MemoryLayout(0, 16, 16, 0).holes(Zone.NORMAL, 15);
        assertEquals(List.of("Normal", "DMA"), names(TestMachine.booted(layout, "none"), NORMAL_GOAL));
    }

    @Test
    void shouldGiveNullSilentlyFromAnEmptyList() {
        TestMachine machine = TestMachine.booted(0, 16, 0);
        assertEquals(0, machine.node.zonelist(Gfp.DMA).length());
        assertNull(machine.alloc(Gfp.DMA | Gfp.KERNEL, 0));
        assertNull(machine.alloc(Gfp.DMA | Gfp.ATOMIC, 3));
        assertEquals(List.of(), machine.around.takeCalls());
        assertEquals(0, machine.node.kswapdMaxOrder.peek());
    }

    @Test
    void shouldTakeTheClassFromTheFirstZoneReallyInTheList() {
        assertEquals(
                Zone.HIGHMEM,
                TestMachine.booted(16, 16, 16).node.zonelist(Gfp.HIGHMEM).classZone());
        assertEquals(
                Zone.NORMAL,
                TestMachine.booted(16, 16, 0).node.zonelist(Gfp.HIGHMEM).classZone());
        assertEquals(
                Zone.DMA,
                TestMachine.booted(16, 0, 0).node.zonelist(Gfp.HIGHMEM).classZone());
    }

    @Test
    void shouldHoldAHighmemRequestToTheNormalClassIfThereIsNoHighMemory() {
        TestMachine machine = TestMachine.booted(16, 16, 0);
        machine.dma().marks.setLowmemReserve(Zone.NORMAL, 10);
        machine.dma().marks.setLowmemReserve(Zone.HIGHMEM, 100);
        assertEquals(16, machine.alloc(Gfp.HIGHMEM, 4).pfn);
        assertEquals(0, machine.alloc(Gfp.HIGHMEM, 2).pfn);
        assertNull(machine.alloc(Gfp.HIGHMEM, 2));
    }
}
