package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries, and the TLBs of two CPUs. Entry n maps the page at 4096 n. */
class PageTableTest {
    private static final long PAGE = 4096;

    private final HighmemMachine observer = HighmemMachine.withCpus(1);
    private final SequentialScheduler scheduler = new SequentialScheduler();
    private final Cpu[] cpus = Cpu.create(2, scheduler);
    private final PageTable table = new PageTable("pte", 4, cpus, observer, scheduler);
    private final Task zero = Task.process(cpus[0]);
    private final Task one = Task.process(cpus[1]);

    @BeforeEach
    void mapEntry1() {
        table.set(1, 77, zero);
    }

    private int use(int entry, Task task) {
        return table.use(entry, entry * PAGE, task);
    }

    @Test
    void shouldBeginWithoutMappings() {
        assertEquals(PageTable.NONE, table.get(0, zero));
        assertEquals(PageTable.NONE, table.peek(3));
        assertBug("do_page_fault: page_fault", () -> use(0, zero));
    }

    @Test
    void shouldFillTheTlbOfTheCpuThatUsesAnAddress() {
        assertEquals(Tlb.MISS, cpus[0].tlb.peek(PAGE));
        assertEquals(77, use(1, zero));
        assertEquals(77, cpus[0].tlb.peek(PAGE));
        assertEquals(Tlb.MISS, cpus[1].tlb.peek(PAGE));
        assertEquals(cpus[0].tlb, table.rememberedBy(PAGE));
        assertNull(table.rememberedBy(2 * PAGE));
    }

    @Test
    void shouldReachTheOldFrameThroughATlbThatWasNotFlushedAndSaySo() {
        use(1, zero);
        table.set(1, 88, one);
        assertNull(table.noStaleUse());
        assertEquals(88, use(1, one));
        assertNull(table.noStaleUse());
        assertEquals(77, use(1, zero));
        assertEquals(
                "CPU 0 uses pte[1] through its TLB, which says frame 77; the page table says frame 88",
                table.noStaleUse());
    }

    @Test
    void shouldNoticeTheUseOfAnAddressThatIsNoLongerMapped() {
        use(1, zero);
        table.set(1, PageTable.NONE, one);
        assertEquals(77, use(1, zero));
        assertEquals(
                "CPU 0 uses pte[1] through its TLB, which says frame 77; the page table says nothing",
                table.noStaleUse());
        assertBug("do_page_fault: page_fault", () -> use(1, one));
    }

    /** What is not flushed may linger, as long as nobody uses it. */
    @Test
    void shouldAllowAStaleTranslationThatIsNotUsed() {
        use(1, zero);
        table.set(1, PageTable.NONE, zero);
        assertNull(table.noStaleUse());
    }

    @Test
    void shouldFlushARangeOnEveryCpu() {
        for (int entry = 0; entry < 4; entry++) {
            table.set(entry, entry, zero);
            use(entry, zero);
            use(entry, one);
        }
        table.flushRange(PAGE, 3 * PAGE, zero);
        for (Cpu cpu : cpus) {
            assertEquals(0, cpu.tlb.peek(0));
            assertEquals(Tlb.MISS, cpu.tlb.peek(PAGE));
            assertEquals(Tlb.MISS, cpu.tlb.peek(2 * PAGE));
            assertEquals(3, cpu.tlb.peek(3 * PAGE));
        }
        assertEquals(List.of("flush_range:1000-3000"), observer.takeCalls());
    }

    @Test
    void shouldFlushOneAddressOnOneCpu() {
        table.set(2, 88, zero);
        for (Task task : List.of(zero, one)) {
            use(1, task);
            use(2, task);
        }
        table.flushOne(PAGE, zero);
        assertEquals(Tlb.MISS, cpus[0].tlb.peek(PAGE));
        assertEquals(88, cpus[0].tlb.peek(2 * PAGE));
        assertEquals(77, cpus[1].tlb.peek(PAGE));
        assertEquals(List.of("flush_one:1000"), observer.takeCalls());
    }

    @Test
    void shouldTranslatePagesWhateverTheAddressInThem() {
        assertEquals(77, table.use(1, PAGE + 123, zero));
        assertEquals(77, cpus[0].tlb.peek(PAGE));
        table.set(1, 88, zero);
        table.flushOne(PAGE, zero);
        assertEquals(88, table.use(1, PAGE + 123, zero));
        assertNull(table.noStaleUse());
    }

    @Test
    void shouldRememberAnyNumberOfTranslations() {
        HighmemMachine machine = HighmemMachine.withSlots(64).fill();
        for (int frame = 0; frame < 64; frame++) {
            assertEquals(machine.high(frame).pfn, machine.kmap.use(machine.address(frame), machine.task));
        }
        for (int frame = 0; frame < 64; frame++) {
            assertEquals(machine.high(frame).pfn, machine.cpus[0].tlb.peek(machine.address(frame)));
        }
    }

    /** The flush at the wrap covers the CPU that did not take part, too. */
    @Test
    void shouldReachTheNewFrameOnEveryCpuAfterAWrap() {
        HighmemMachine machine = HighmemMachine.withSlots(1);
        long address = machine.kmap.map(machine.high(0), machine.task);
        machine.kmap.use(address, machine.other);
        machine.unmap(0);
        assertEquals(address, machine.kmap.map(machine.high(1), machine.task));
        assertEquals(machine.high(1).pfn, machine.kmap.use(address, machine.other));
        assertNull(machine.kmap.table().noStaleUse());
    }
}
