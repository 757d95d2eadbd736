package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The passes of an allocation in their order (behaviour 9), on a zone of 64 frames of which 32 are in use. */
class AllocationPassesTest {
    private static final int OUT_OF_REACH = 1000;

    private final TestMachine machine = TestMachine.booted(64, 0, 0);
    private final ScriptedCollaborators around = machine.around;
    private final PageFrame used = machine.alloc(Gfp.KERNEL, 5);

    private void giveBackTheUsedHalf() {
        machine.allocator.freeUnreferenced(used, 5, machine.task);
    }

    private static List<String> reclaim(int gfp) {
        return List.of("cond_resched", "ttfp:" + Integer.toHexString(gfp) + ":0:800", "cond_resched");
    }

    private void assertCalls(Object... expected) {
        List<String> calls = new ArrayList<>();
        for (Object part : expected) {
            if (part instanceof List<?> several) {
                several.forEach(call -> calls.add((String) call));
            } else {
                calls.add((String) part);
            }
        }
        assertEquals(calls, around.takeCalls());
    }

    @Test
    void shouldCallNobodyWhileAZoneIsAbovePagesLow() {
        machine.marks(0, 31, OUT_OF_REACH);
        assertEquals(32, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls();
    }

    @Test
    void shouldWakeKswapdAndThenTakeDownToPagesMin() {
        machine.marks(31, 32, 33);
        assertEquals(32, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake");
    }

    @Test
    void shouldNotRelaxPagesLow() {
        machine.marks(0, 32, 33);
        machine.alloc(Gfp.ATOMIC, 0);
        assertCalls("kswapd_wake");
    }

    @ParameterizedTest
    @CsvSource({
        "0x10, false, false, 31",
        "0x30, false, false, 62",
        "0x00, false, false, 41",
        "0x20, false, false, 82",
        "0x10, true,  false, 41",
        "0x30, true,  false, 82",
        "0x10, true,  true,  31",
        "0x00, false, true,  41"
    })
    void shouldTryHarderWithoutWaitOrInRealTimeOutsideInterrupts(
            String gfp, boolean realTime, boolean inInterrupt, int largestMin) {
        int request = Integer.decode(gfp) | Gfp.NORETRY;
        Task task = new Task("task", machine.cpus[0], inInterrupt, realTime);
        around.reclaims(1);
        machine.marks(largestMin + 1, OUT_OF_REACH, OUT_OF_REACH);
        assertNull(machine.allocator.alloc(request, 0, task));
        machine.marks(largestMin, OUT_OF_REACH, OUT_OF_REACH);
        assertEquals(32, machine.allocator.alloc(request, 0, task).pfn);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void shouldIgnoreMarksForATaskThatFreesMemoryOrDies(boolean memalloc, boolean memdie) {
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        machine.task.memalloc = memalloc;
        machine.task.memdie = memdie;
        assertEquals(32, machine.alloc(Gfp.KERNEL, 5).pfn);
        assertCalls("kswapd_wake");
        assertEquals("", freeLists(machine.dma()));
        assertEquals(memalloc, machine.task.memalloc);
    }

    @Test
    void shouldNotReclaimForATaskThatFreesMemoryItself() {
        machine.task.memalloc = true;
        assertNull(machine.alloc(Gfp.KERNEL | Gfp.NOFAIL, 6));
        assertCalls("kswapd_wake", "warn");
    }

    @Test
    void shouldHoldAnInterruptToTheMarksWhateverTaskItInterrupted() {
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        Task handler = Task.interrupt(machine.cpus[0]);
        handler.memalloc = true;
        handler.memdie = true;
        assertNull(machine.allocator.alloc(Gfp.ATOMIC, 0, handler));
        assertCalls("kswapd_wake", "warn");
    }

    @Test
    void shouldGiveUpAtOnceWithoutWait() {
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        assertNull(machine.alloc(Gfp.ATOMIC | Gfp.IO | Gfp.FS | Gfp.NOFAIL, 0));
        assertCalls("kswapd_wake", "warn");
        assertNull(machine.alloc(Gfp.ATOMIC | Gfp.NOWARN, 0));
        assertCalls("kswapd_wake");
    }

    @Test
    void shouldScanDownToPagesMinAfterProgress() {
        machine.marks(63, 64, 65);
        around.reclaims(1, this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.KERNEL));
        assertFalse(machine.task.memalloc);
    }

    @ParameterizedTest
    @CsvSource({"0xd0, true, 84", "0xf0, false, 126", "0xf0, true, 168"})
    void shouldRelaxPagesMinAfterProgressToo(String gfp, boolean realTime, int largestMin) {
        int request = Integer.decode(gfp);
        Task task = new Task("task", machine.cpus[0], false, realTime);
        machine.marks(largestMin, OUT_OF_REACH, OUT_OF_REACH);
        around.reclaims(1, this::giveBackTheUsedHalf);
        assertEquals(0, machine.allocator.alloc(request, 0, task).pfn);
        assertCalls("kswapd_wake", reclaim(request));
    }

    @Test
    void shouldHoldReclaimsOwnAllocationsToNoMarkAndKeepThemFromReclaiming() {
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        List<PageFrame> allocated = new ArrayList<>();
        around.reclaims(1, () -> allocated.add(machine.alloc(Gfp.KERNEL, 5)));
        assertNull(machine.alloc(Gfp.KERNEL | Gfp.NORETRY, 0));
        assertEquals(List.of(machine.frame(32)), allocated);
        assertCalls("kswapd_wake", "cond_resched", "ttfp:10d0:0:800", "kswapd_wake", "cond_resched", "warn");
    }

    @Test
    void shouldKillNobodyIfAZoneIsAbovePagesHighWithoutProgress() {
        machine.marks(40, 50, 63);
        around.reclaims(0, this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.KERNEL));
    }

    @Test
    void shouldNotRelaxPagesHighBeforeKilling() {
        int gfp = Gfp.KERNEL | Gfp.HIGH;
        machine.marks(OUT_OF_REACH, 63, 64);
        around.reclaims(0, this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(gfp, 0).pfn);
        assertCalls("kswapd_wake", reclaim(gfp), "oom:f0");
    }

    @Test
    void shouldRestartAtPagesLowAfterTheOomKiller() {
        machine.marks(40, 63, OUT_OF_REACH);
        around.reclaims(0).onOutOfMemory(this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.KERNEL), "oom:d0");
    }

    @Test
    void shouldWakeKswapdAgainAfterTheOomKiller() {
        machine.marks(63, 64, OUT_OF_REACH);
        around.reclaims(0).onOutOfMemory(this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.KERNEL), "oom:d0", "kswapd_wake");
    }

    @Test
    void shouldGoBackToReclaimAndNotToTheStartAfterACongestionWait() {
        machine.marks(40, 45, OUT_OF_REACH);
        around.reclaims(1, 1).onCongestionWait(this::giveBackTheUsedHalf);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.KERNEL), "congestion_wait:1:20", reclaim(Gfp.KERNEL));
    }

    @Test
    void shouldNotScanWithoutProgressIfItMayNotKill() {
        machine.marks(40, 45, 50);
        around.reclaims(0, this::giveBackTheUsedHalf).reclaims(1);
        assertEquals(0, machine.alloc(Gfp.NOFS, 0).pfn);
        assertCalls("kswapd_wake", reclaim(Gfp.NOFS), "congestion_wait:1:20", reclaim(Gfp.NOFS));
    }

    @Test
    void shouldForgetThatTheTaskWasFreeingMemoryEvenInAnInterrupt() {
        machine.marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);
        Task handler = Task.interrupt(machine.cpus[0]);
        handler.memalloc = true;
        around.reclaims(1);
        assertNull(machine.allocator.alloc(Gfp.KERNEL | Gfp.NORETRY, 0, handler));
        assertFalse(handler.memalloc);
        assertTrue(around.takeCalls().contains("ttfp:10d0:0:800"));
    }
}
