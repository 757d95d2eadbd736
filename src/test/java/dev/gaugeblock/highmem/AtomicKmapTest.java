package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without highmem debugging. */
class AtomicKmapTest {
    private final HighmemMachine machine = HighmemMachine.withCpus(8);
    private final AtomicKmap atomic = machine.atomic;
    private final Task task = machine.task;

    @Test
    void shouldGiveEachCpuAWindowForEachType() {
        for (int cpu = 0; cpu < 8; cpu++) {
            for (int type = 0; type <= KmType.SOFTIRQ1; type++) {
                long expected = 0xfffff000L - (11 + 13 * cpu + type) * 4096L;
                Task process = Task.process(machine.cpus[cpu]);
                assertEquals(expected, atomic.map(machine.high(type), type, process));
                assertEquals(List.of("flush_one:" + Long.toHexString(expected)), machine.takeCalls());
                assertEquals(machine.high(type).pfn, atomic.pfnAt(expected));
            }
        }
    }

    @Test
    void shouldCountPreemptionForLowFramesToo() {
        assertEquals(0xC0005000L, atomic.map(machine.low(5), KmType.USER0, task));
        assertEquals(1, task.preemptCount);
        atomic.map(machine.high(0), KmType.USER0, task);
        assertEquals(2, task.preemptCount);
        atomic.unmap(0xC0005000L, KmType.USER0, task);
        assertEquals(1, task.preemptCount);
        assertEquals(1, machine.takeCalls().size());
    }

    @Test
    void shouldOnlyTouchThePreemptCountWhenUnmapping() {
        long address = atomic.map(machine.high(0), KmType.USER0, task);
        machine.takeCalls();
        atomic.unmap(address, KmType.USER0, task);
        assertEquals(0, task.preemptCount);
        assertEquals(machine.high(0).pfn, atomic.pfnAt(address));
        assertEquals(List.of(), machine.takeCalls());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xC0000000L, 0xffc01000L, 0xffff0000L, 0xfffff000L})
    void shouldNotCareWhatIsUnmapped(long address) {
        atomic.unmap(address, KmType.USER0, task);
        assertEquals(-1, task.preemptCount);
    }

    @Test
    void shouldMapOverAMappingThatIsInUse() {
        long address = atomic.map(machine.high(0), KmType.USER0, task);
        assertEquals(machine.high(0).pfn, atomic.use(address, task));
        assertEquals(address, atomic.map(machine.high(1), KmType.USER0, task));
        assertEquals(machine.high(1).pfn, atomic.use(address, task));
        assertNull(atomic.table().noStaleUse());
    }

    @Test
    void shouldMapInInterrupts() {
        Task interrupt = Task.interrupt(machine.cpus[0]);
        long address = atomic.map(machine.high(0), KmType.IRQ0, interrupt);
        assertEquals(machine.high(0).pfn, atomic.use(address + 4095, interrupt));
        atomic.unmap(address, KmType.IRQ0, interrupt);
        assertEquals(0, interrupt.preemptCount);
    }

    @Test
    void shouldFindTheFrameAtAnAddress() {
        assertEquals(5, atomic.pfnAt(0xC0005fffL));
        long address = atomic.map(machine.high(3), KmType.PTE1, task);
        assertEquals(machine.high(3).pfn, atomic.pfnAt(address + 5));
        assertEquals(0, atomic.pfnAt(address - 4096)); // its window maps nothing
    }

    /** Between the windows and the top of memory, and between them and the lowest fixed address, are other things. */
    @ParameterizedTest
    @ValueSource(longs = {0xffffffffL, 0xffff5000L, 0xfff88000L, 0xfff8bfffL})
    void shouldRefuseAFixedAddressThatIsNoWindow(long address) {
        String message = assertThrows(IllegalArgumentException.class, () -> atomic.pfnAt(address))
                .getMessage();
        assertEquals(
                "address 0x" + Long.toHexString(address) + " is no atomic window: those are 0xfff8d000..0xffff4fff",
                message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 13, 26})
    void shouldRefuseATypeThatThereIsNot(int type) {
        assertEquals(
                "kmap type " + type + " is not in 0..12",
                assertThrows(IllegalArgumentException.class, () -> atomic.map(machine.low(0), type, task))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> atomic.unmap(0xC0000000L, type, task));
    }

    @Test
    void shouldHaveWindowsForEightCpusOnly() {
        HighmemMachine big = HighmemMachine.withCpus(9);
        assertEquals(
                "CPU 8 has no atomic windows: only CPUs 0..7 have any",
                assertThrows(IllegalArgumentException.class, () -> big.atomic.map(big.high(0), 0, big.other))
                        .getMessage());
        assertEquals(0xC0000000L, big.atomic.map(big.low(0), 0, big.other));
    }

    @Test
    void shouldNoticeTheUseOfAnotherCpusWindow() {
        long address = atomic.map(machine.high(0), KmType.USER0, task);
        atomic.use(address, task);
        assertNull(atomic.windowsUsedByTheirCpu());
        assertEquals(machine.high(0).pfn, atomic.use(address, machine.other));
        assertEquals("CPU 7 uses atomic window 3, which belongs to CPU 0", atomic.windowsUsedByTheirCpu());
    }

    @Test
    void shouldFaultAtAWindowThatMapsNothing() {
        assertBug("do_page_fault: page_fault", () -> atomic.use(0xffff4000L, task));
    }

    /** Who maps again flushes its own CPU only; another that looked at the window goes on seeing the old frame. */
    @Test
    void shouldLeaveAStaleTranslationWithACpuThatPeeked() {
        long address = atomic.map(machine.high(0), KmType.USER0, task);
        atomic.use(address, machine.other);
        atomic.map(machine.high(1), KmType.USER0, task);
        assertEquals(machine.high(1).pfn, atomic.use(address, task));
        assertNull(atomic.table().noStaleUse());
        assertEquals(machine.high(0).pfn, atomic.use(address, machine.other));
        assertEquals(
                "CPU 7 uses atomic_pte[3] through its TLB, which says frame " + machine.high(0).pfn
                        + "; the page table says frame " + machine.high(1).pfn,
                atomic.table().noStaleUse());
    }
}
