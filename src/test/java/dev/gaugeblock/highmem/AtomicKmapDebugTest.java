package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code CONFIG_DEBUG_HIGHMEM}. */
class AtomicKmapDebugTest {
    private static final int USER0 = KmType.number(KmType.USER0, true);

    private final HighmemMachine machine = HighmemMachine.withDebugging();
    private final AtomicKmap atomic = machine.atomic;
    private final Task task = machine.task;

    @Test
    void shouldNumberTheUserTypeSevenNow() {
        assertEquals(7, USER0);
        assertEquals(0xfffff000L - (11 + 7) * 4096L, atomic.map(machine.high(0), USER0, task));
        assertEquals(0xfffff000L - (11 + 27 + 7) * 4096L, atomic.map(machine.high(0), USER0, machine.other));
    }

    @Test
    void shouldEmptyAndFlushTheWindowWhenUnmapping() {
        long address = atomic.map(machine.high(0), USER0, task);
        atomic.use(address, task);
        atomic.unmap(address + 123, USER0, task);
        String flush = "flush_one:" + Long.toHexString(address);
        assertEquals(List.of(flush, flush), machine.takeCalls());
        assertEquals(0, task.preemptCount);
        assertEquals(0, atomic.pfnAt(address));
        assertBug("do_page_fault: page_fault", () -> atomic.use(address, task));
    }

    /** The preempt count is up already when it is noticed. */
    @Test
    void shouldNotMapOverAMappingThatIsInUse() {
        atomic.map(machine.high(0), USER0, task);
        assertBug("kmap_atomic: bug", () -> atomic.map(machine.high(1), USER0, task));
        assertEquals(2, task.preemptCount);
    }

    @Test
    void shouldNotUnmapWithAnotherType() {
        long address = atomic.map(machine.high(0), USER0, task);
        assertBug("kunmap_atomic: bug", () -> atomic.unmap(address, USER0 + 1, task));
        assertEquals(1, task.preemptCount);
        assertEquals(machine.high(0).pfn, atomic.pfnAt(address));
    }

    @Test
    void shouldNotUnmapAnotherCpusWindow() {
        long address = atomic.map(machine.high(0), USER0, task);
        assertBug("kunmap_atomic: bug", () -> atomic.unmap(address, USER0, machine.other));
    }

    @ParameterizedTest
    @ValueSource(longs = {0xffffffffL, 0xfffff000L, 0xfff18000L})
    void shouldNotUnmapAFixedAddressThatIsNoWindow(long address) {
        assertBug("kunmap_atomic: bug", () -> atomic.unmap(address, USER0, task));
    }

    @ParameterizedTest
    @ValueSource(longs = {0xC0000000L, 0xffc01000L, 0xfff17fffL})
    void shouldTakeWhateverIsBelowTheFixedAddressesForALowFrame(long address) {
        atomic.unmap(address, USER0, task);
        assertEquals(-1, task.preemptCount);
        assertEquals(List.of(), machine.takeCalls());
    }

    @Test
    void shouldNotNoticeThatAWindowIsUnmappedTwice() {
        long address = atomic.map(machine.high(0), USER0, task);
        atomic.unmap(address, USER0, task);
        atomic.unmap(address, USER0, task);
        assertEquals(-1, task.preemptCount);
    }

    @Test
    void shouldHaveTwentySevenTypes() {
        atomic.map(machine.high(0), 26, task);
        assertEquals(
                "kmap type 27 is not in 0..26",
                assertThrows(IllegalArgumentException.class, () -> atomic.map(machine.high(0), 27, task))
                        .getMessage());
    }
}
