package dev.gaugeblock.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.LockMisuse;
import org.junit.jupiter.api.Test;

class KswapdTest {
    private final ReclaimMachine machine = new ReclaimMachine(8).inactive(4);
    private final Kswapd kswapd = machine.kswapd();

    private void ask(int order) {
        machine.allocator.memory().node(0).kswapdMaxOrder.init(order);
    }

    private int asked() {
        return machine.allocator.memory().node(0).kswapdMaxOrder.peek();
    }

    @Test
    void shouldSleepWhenNothingWasAsked() {
        LockMisuse asleep = assertThrows(LockMisuse.class, () -> kswapd.round(machine.task));

        assertTrue(asleep.getMessage().contains("a wake-up on kswapd_wait"), asleep.getMessage());
        assertTrue(kswapd.isAsleep(machine.task));
        assertTrue(kswapd.isResting());
    }

    @Test
    void shouldBalanceForALargerOrderWithoutSleeping() {
        machine.zone.marks.set(1, 4, 5);
        machine.counts[0].scanInactive.init(31);
        ask(1);

        kswapd.round(machine.task);

        assertEquals(0, asked());
        assertFalse(kswapd.isAsleep(machine.task));
        assertEquals(0, machine.lists.inactive().length);
    }

    @Test
    void shouldSleepOnAnOrderNoLargerThanItsLast() {
        ask(2);
        kswapd.round(machine.task);
        ask(2);

        assertThrows(LockMisuse.class, () -> kswapd.round(machine.task));
        assertEquals(0, asked());
        assertNull(kswapd.noOrderUnheard());
    }

    @Test
    void shouldNoticeAnOrderThatItSleepsOn() {
        assertThrows(LockMisuse.class, () -> kswapd.round(machine.task));
        ask(3);

        assertEquals("kswapd sleeps, but kswapd_max_order asks for order 3", kswapd.noOrderUnheard());
    }

    @Test
    void shouldLeaveTheQueueWhenWoken() {
        assertThrows(LockMisuse.class, () -> kswapd.round(machine.task));

        kswapd.wakeUp(machine.task);

        assertFalse(kswapd.isAsleep(machine.task));
        assertFalse(kswapd.isResting());
    }
}
