package dev.gaugeblock.highmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.Wakeup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when all slots are in use. High frame n is at slot n+1 to begin with, frame 3 at slot 0. */
class KmapSleepTest {
    private final HighmemMachine machine = HighmemMachine.withSlots(4).fill();
    private final String flush = machine.flushOfWindow();

    @Test
    void shouldGoToSleepWithTheHandAtTheLastSlot() {
        for (int freed = 0; freed < 3; freed++) {
            machine.fallAsleep(() -> machine.map(5));
            assertEquals(3, machine.kmap.hand());
            assertEquals(List.of(flush, "schedule"), machine.takeCalls());
        }
    }

    @Test
    void shouldSleepWithoutTheLock() {
        machine.whileAsleep(() -> {
            assertTrue(machine.kmap.lock().isFree());
            assertEquals(1, machine.kmap.waiting().waiters().size());
            machine.unmap(0);
        });
        machine.map(5);
        assertTrue(machine.kmap.lock().isFree());
        assertEquals(List.of(), machine.kmap.waiting().waiters());
    }

    @Test
    void shouldLookAtSlot0NextAfterASleepWithAFlush() {
        machine.whileAsleep(() -> {
            machine.unmap(3); // slot 0
            machine.unmap(0); // slot 1
        });
        assertEquals(0, machine.map(5));
        assertEquals(List.of(flush, "schedule", "wake_up", "wake_up", flush), machine.takeCalls());
        assertEquals(0, machine.kmap.hand());
    }

    @Test
    void shouldSleepAgainIfNothingIsFreeYet() {
        machine.whileAsleep(() -> {});
        machine.whileAsleep(() -> {});
        machine.whileAsleep(() -> machine.unmap(1)); // slot 2
        assertEquals(2, machine.map(5));
        assertEquals(
                List.of(flush, "schedule", flush, "schedule", flush, "schedule", "wake_up", flush),
                machine.takeCalls());
    }

    @Test
    void shouldLookAfterASleepWhetherSomebodyElseMappedTheFrame() {
        machine.whileAsleep(() -> {
            machine.unmap(1); // slot 2
            assertEquals(2, machine.kmap.slot(machine.kmap.map(machine.high(5), machine.other)));
            assertEquals(2, machine.kmap.count(2));
        });
        assertEquals(2, machine.map(5));
        assertEquals(3, machine.kmap.count(2));
        assertEquals(2, machine.kmap.hand());
        assertEquals(List.of(flush, "schedule", "wake_up", flush), machine.takeCalls());
    }

    @Test
    void shouldSleepAgainIfSomebodyElseTookTheSlot() {
        machine.whileAsleep(() -> {
            machine.unmap(1); // slot 2
            machine.kmap.map(machine.high(6), machine.other);
        });
        machine.whileAsleep(() -> machine.unmap(0)); // slot 1
        assertEquals(1, machine.map(5));
        assertEquals(machine.high(6).pfn, machine.kmap.mappedPfn(2));
    }

    @Test
    void shouldWakeOnlyForTheLastUser() {
        machine.map(0);
        Wakeup wakeup = machine.fallAsleep(() -> machine.map(5));
        machine.takeCalls();
        machine.unmap(0);
        assertEquals(List.of(), machine.takeCalls());
        assertFalse(wakeup.isDue());
        machine.unmap(0);
        assertEquals(List.of("wake_up"), machine.takeCalls());
        assertTrue(wakeup.isDue());
    }

    @Test
    void shouldWakeOnlyIfSomebodyWaits() {
        machine.unmap(0);
        assertEquals(List.of(), machine.takeCalls());
    }

    @Test
    void shouldWakeAllWhoWait() {
        Wakeup first = machine.fallAsleep(() -> machine.map(5));
        Wakeup second = machine.fallAsleep(() -> machine.map(6));
        machine.unmap(0);
        assertTrue(first.isDue());
        assertTrue(second.isDue());
    }

    @Test
    void shouldWakeAfterTheLockIsReleased() {
        machine.fallAsleep(() -> machine.map(5));
        machine.onWakeUp(() -> assertTrue(machine.kmap.lock().isFree()));
        machine.unmap(0);
        assertTrue(machine.takeCalls().contains("wake_up"));
    }

    /** Others get by without a slot of their own. */
    @Test
    void shouldNotSleepForAFrameThatIsMapped() {
        assertEquals(3, machine.map(2));
        assertEquals(0xC0000000L, machine.kmap.map(machine.low(0), machine.task));
        assertEquals(List.of(), machine.takeCalls());
    }

    @Test
    void shouldSayWhatIsWaitedFor() {
        Wakeup wakeup = machine.fallAsleep(() -> machine.map(5));
        assertEquals("a wake-up on pkmap_map_wait", wakeup.what());
        assertEquals(machine.kmap.waiting(), wakeup.word());
    }
}
