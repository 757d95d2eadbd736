package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.Cpu;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootTest {
    private static List<String> warnings(MemoryLayout layout) {
        ScriptedCollaborators around = new ScriptedCollaborators();
        Cpu[] cpus = Cpu.create(1, around.scheduler());
        Boot.start(layout, cpus, false, around.collaborators(), around.scheduler());
        return around.takeCalls();
    }

    @Test
    void shouldStartAZoneWhereTheSpannedFramesOfTheOnesBeforeEnd() {
        MemoryLayout layout = new MemoryLayout(7, 16, 32, 8).holes(Zone.DMA, 9);
        TestMachine machine = TestMachine.booted(layout, "none");
        assertEquals(7, machine.dma().startPfn);
        assertEquals(7, machine.dma().present);
        assertEquals(16, machine.dma().spanned);
        assertEquals(23, machine.normal().startPfn);
        assertEquals(55, machine.highmem().startPfn);
        assertEquals(56, machine.memory.endPfn() - machine.memory.startPfn());
    }

    @Test
    void shouldBeginWithEveryFrameReservedUnreferencedAndInItsZone() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(7, 2, 2, 0), "none");
        for (int pfn = 7; pfn < 11; pfn++) {
            PageFrame frame = machine.frame(pfn);
            Zone zone = pfn < 9 ? machine.dma() : machine.normal();
            assertSame(zone, machine.memory.zoneOf(frame));
            assertEquals(PageFlags.RESERVED | (long) zone.index << 29, frame.flags());
            assertEquals(-1, frame.biasedCount());
            assertEquals(0, frame.references());
            assertEquals(-1, frame.biasedMapcount());
            assertSame(frame, frame.next);
        }
    }

    @Test
    void shouldKeepPerCpuListsForAZoneWithoutFramesButNothingElse() {
        Zone empty =
                TestMachine.booted(new MemoryLayout(64, 0, 16, 0), "blocks").dma();
        assertEquals(0, empty.startPfn);
        assertEquals(0, empty.spanned);
        assertEquals(6, empty.pageset(0).hotAtRest().high());
        assertEquals("", TestMachine.freeLists(empty));
    }

    @Test
    void shouldGiveEachCpuListsOfItsOwn() {
        TestMachine machine = TestMachine.withCpus(3, 64);
        for (int cpu = 0; cpu < 3; cpu++) {
            assertEquals(2, machine.dma().pageset(cpu).hotAtRest().low());
        }
        machine.dma().pageset(1).hotAtRest().setBounds(1, 2, 3);
        assertEquals(2, machine.dma().pageset(2).hotAtRest().low());
    }

    @Test
    void shouldBeginWithTheWeakestReclaim() {
        Zone zone = TestMachine.booted(16, 0, 0).dma();
        assertEquals(12, zone.tempPriority.peek());
        assertEquals(12, zone.prevPriority.peek());
    }

    @Test
    void shouldWarnOfAZoneOffTheLargestBlocksAlignmentAndGoOn() {
        assertEquals(List.of(), warnings(new MemoryLayout(1024, 2048, 1024, 5)));
        assertEquals(
                List.of("wrong_zone_alignment:Normal", "wrong_zone_alignment:HighMem"),
                warnings(new MemoryLayout(0, 16, 16, 16)));
        assertEquals(List.of("wrong_zone_alignment:DMA"), warnings(new MemoryLayout(1, 16, 0, 0)));
    }

    @Test
    void shouldKeepZoneBitsApartFromState() {
        TestMachine machine = TestMachine.booted(0, 0, 4);
        PageFrame frame = machine.frame(2);
        assertEquals(Zone.HIGHMEM, machine.memory.zoneNumber(frame));
        frame.poke((1L << 20) - 1, 0);
        assertEquals(Zone.HIGHMEM, machine.memory.zoneNumber(frame));
        frame.poke(0, (1L << 20) - 1);
        assertEquals(1L << 30, frame.flags());
        assertTrue(frame.has(1L << 30));
    }

    @Test
    void shouldPlaceStructPagesAsA32BitKernelDoes() {
        PageFrame frame = TestMachine.booted(64, 0, 0).frame(33);
        assertEquals(0xC1000420L, frame.structAddress());
        assertEquals(33, PageFrame.pfnAt(frame.structAddress()));
    }
}
