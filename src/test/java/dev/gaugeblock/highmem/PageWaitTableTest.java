package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.WaitTableSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that fall asleep here never go on, unless the test says what happens meanwhile. */
class PageWaitTableTest {
    private final HighmemMachine machine = HighmemMachine.withHighFrames(64);
    private final PageWaitTable table = machine.waitTable;
    private final PageFrame page = machine.high(0);

    private Wakeup lockerOf(PageFrame frame) {
        return machine.fallAsleep(() -> table.lock(frame, machine.other));
    }

    private Wakeup waiterFor(PageFrame frame, long bit) {
        return machine.fallAsleep(() -> table.waitUntilClear(frame, bit, machine.other));
    }

    private void assertForgotten(String expected) {
        assertEquals(expected, table.nobodyForgotten());
    }

    @Test
    void shouldLockAndUnlockWithoutWaiting() {
        table.lock(page, machine.task);
        assertTrue(page.has(PageFlags.LOCKED));
        table.unlock(page, machine.task);
        assertFalse(page.has(PageFlags.LOCKED));
        assertEquals(List.of(), machine.takeCalls()); // nobody waits, so nobody is woken
    }

    @Test
    void shouldNotUnlockAPageThatIsNotLocked() {
        assertBug("unlock_page: bug", () -> table.unlock(page, machine.task));
    }

    @Test
    void shouldNotEndAWritebackThatHasNotBegun() {
        assertBug("end_page_writeback: bug", () -> table.endWriteback(page, machine.task));
    }

    @Test
    void shouldTakeTheLockAfterASleep() {
        table.lock(page, machine.task);
        machine.whileAsleep(() -> table.unlock(page, machine.task));
        table.lock(page, machine.other);
        assertTrue(page.has(PageFlags.LOCKED));
        assertEquals(List.of("schedule", "wake_up"), machine.takeCalls());
        table.unlock(page, machine.other);
        assertEquals(List.of(), machine.takeCalls()); // it is no longer on the queue
    }

    @Test
    void shouldSleepAgainIfAnotherTookTheLockFirst() {
        table.lock(page, machine.task);
        machine.whileAsleep(() -> {
            table.unlock(page, machine.task);
            table.lock(page, machine.task);
        });
        machine.whileAsleep(() -> table.unlock(page, machine.task));
        table.lock(page, machine.other);
        assertEquals(List.of("schedule", "wake_up", "schedule", "wake_up"), machine.takeCalls());
    }

    @Test
    void shouldWakeLockersOneByOneInTheirOrder() {
        table.lock(page, machine.task);
        Wakeup first = lockerOf(page);
        Wakeup second = lockerOf(page);
        table.unlock(page, machine.task);
        assertTrue(first.isDue());
        assertFalse(second.isDue());
        table.lock(page, machine.task); // in place of the first
        table.unlock(page, machine.task);
        assertTrue(second.isDue());
    }

    @Test
    void shouldWakeAllPlainWaitersAndOneLocker() {
        table.lock(page, machine.task);
        Wakeup locker = lockerOf(page);
        Wakeup one = waiterFor(page, PageFlags.LOCKED);
        Wakeup another = waiterFor(page, PageFlags.LOCKED);
        Wakeup secondLocker = lockerOf(page);
        table.unlock(page, machine.task);
        assertTrue(one.isDue());
        assertTrue(another.isDue());
        assertTrue(locker.isDue());
        assertFalse(secondLocker.isDue());
    }

    @Test
    void shouldOnlyWaitUntilABitIsClear() {
        table.waitUntilClear(page, PageFlags.LOCKED, machine.other);
        table.lock(page, machine.task);
        machine.whileAsleep(() -> table.unlock(page, machine.task));
        table.waitUntilClear(page, PageFlags.LOCKED, machine.other);
        assertFalse(page.has(PageFlags.LOCKED));
    }

    @Test
    void shouldWaitOnIfTheBitWasSetAgain() {
        table.lock(page, machine.task);
        machine.whileAsleep(() -> {
            table.unlock(page, machine.task);
            table.lock(page, machine.task);
        });
        machine.whileAsleep(() -> table.unlock(page, machine.task));
        table.waitUntilClear(page, PageFlags.LOCKED, machine.other);
        assertEquals(List.of("schedule", "wake_up", "schedule", "wake_up"), machine.takeCalls());
    }

    @Test
    void shouldWakeForTheSameBitOnly() {
        table.startWriteback(page, machine.task);
        table.lock(page, machine.task);
        Wakeup written = waiterFor(page, PageFlags.WRITEBACK);
        Wakeup unlocked = waiterFor(page, PageFlags.LOCKED);
        table.endWriteback(page, machine.task);
        assertTrue(written.isDue());
        assertFalse(unlocked.isDue());
        table.unlock(page, machine.task);
        assertTrue(unlocked.isDue());
    }

    @Test
    void shouldNotWakeForACollidingFrameOnTheSameQueue() {
        PageFrame colliding = collidingWith(page);
        table.lock(page, machine.task);
        table.lock(colliding, machine.task);
        Wakeup locker = lockerOf(page);
        Wakeup waiter = waiterFor(page, PageFlags.LOCKED);
        machine.takeCalls();
        table.unlock(colliding, machine.task);
        assertEquals(List.of("wake_up"), machine.takeCalls()); // the queue has waiters, though others'
        assertFalse(locker.isDue());
        assertFalse(waiter.isDue());
        assertNull(table.nobodyForgotten());
        table.unlock(page, machine.task);
        assertTrue(locker.isDue());
        assertTrue(waiter.isDue());
    }

    /** The second waits for the first to pass the lock on, and for nothing else. */
    @Test
    void shouldNotWakeALockerForSomethingElseThoughItsBitIsClear() {
        PageFrame colliding = collidingWith(page);
        table.lock(page, machine.task);
        lockerOf(page);
        Wakeup second = lockerOf(page);
        table.unlock(page, machine.task);
        table.lock(colliding, machine.task);
        table.unlock(colliding, machine.task);
        table.startWriteback(page, machine.task);
        table.endWriteback(page, machine.task);
        assertFalse(page.has(PageFlags.LOCKED));
        assertFalse(second.isDue());
    }

    private PageFrame collidingWith(PageFrame frame) {
        int number = 1;
        while (table.queueIndex(machine.high(number)) != table.queueIndex(frame)) {
            number++;
        }
        return machine.high(number);
    }

    @Test
    void shouldKeepTheQueuesOfZonesApart() {
        for (int i = 0; i < HighmemMachine.HIGH; i++) {
            table.lock(machine.low(i), machine.task);
            machine.fallAsleep(() -> table.lock(machine.low(0), machine.other));
        }
        machine.takeCalls();
        for (int i = 0; i < 64; i++) {
            table.lock(machine.high(i), machine.task);
            table.unlock(machine.high(i), machine.task);
        }
        assertEquals(List.of(), machine.takeCalls());
    }

    /** Another task took the lock between the clearing and the wake-up. */
    @Test
    void shouldNotWakeForABitThatIsSetAgainAlready() {
        table.lock(page, machine.task);
        Wakeup locker = lockerOf(page);
        machine.onWakeUp(() -> page.poke(PageFlags.LOCKED, 0));
        table.unlock(page, machine.task);
        assertFalse(locker.isDue());
        assertNull(table.nobodyForgotten());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1280, 4096})
    void shouldSpreadFramesOverQueuesByTheHashOfTheirStructPage(int frames) {
        HighmemMachine any = HighmemMachine.withHighFrames(frames);
        boolean[] used = new boolean[WaitTableSize.queues(frames)];
        for (int i = 0; i < frames; i++) {
            int index = any.waitTable.queueIndex(any.high(i));
            int address = 0xC1000000 + 32 * any.high(i).pfn;
            assertEquals(address * 0x9e370001 >>> 32 - WaitTableSize.bits(frames), index);
            used[index] = true;
        }
        for (boolean each : used) {
            assertTrue(each);
        }
    }

    @Test
    void shouldNoticeWhoSleepsForABitThatIsClear() {
        table.lock(page, machine.task);
        lockerOf(page);
        assertNull(table.nobodyForgotten());
        page.poke(0, PageFlags.LOCKED); // without a wake-up
        int queue = table.queueIndex(page);
        assertForgotten("CPU 1 sleeps on HighMem.wait_table[" + queue + "] for PG_locked of frame 8 to clear; "
                + "it is clear, and no wake-up is on its way");
    }

    @Test
    void shouldNoticeAPlainWaiterThatIsForgottenToo() {
        table.startWriteback(page, machine.task);
        waiterFor(page, PageFlags.WRITEBACK);
        assertNull(table.nobodyForgotten());
        page.poke(0, PageFlags.WRITEBACK);
        int queue = table.queueIndex(page);
        assertForgotten("CPU 1 sleeps on HighMem.wait_table[" + queue + "] for PG_writeback of frame 8 to clear; "
                + "it is clear, and no wake-up is on its way");
    }

    @Test
    void shouldLetAWakeUpBeOnItsWay() {
        table.lock(page, machine.task);
        lockerOf(page);
        machine.onWakeUp(() -> {
            assertFalse(page.has(PageFlags.LOCKED));
            assertNull(table.nobodyForgotten());
        });
        table.unlock(page, machine.task);
        assertEquals(List.of("schedule", "wake_up"), machine.takeCalls());
    }

    /** The second sleeps on though the page is unlocked: the first will lock it, and its unlock wakes the second. */
    @Test
    void shouldLetALockerWaitForTheOneThatWasWokenBeforeIt() {
        table.lock(page, machine.task);
        lockerOf(page);
        lockerOf(page);
        table.unlock(page, machine.task);
        assertNull(table.nobodyForgotten());
    }

    @Test
    void shouldNotCountOnALockerThatHasTried() {
        table.lock(page, machine.task);
        machine.whileAsleep(() -> {
            machine.fallAsleep(() -> table.lock(page, machine.other));
            table.unlock(page, machine.task);
            assertNull(table.nobodyForgotten());
        });
        table.lock(page, machine.task);
        assertNull(table.nobodyForgotten());
        page.poke(0, PageFlags.LOCKED); // without a wake-up
        assertTrue(table.nobodyForgotten().startsWith("CPU 1 sleeps on"));
    }

    @Test
    void shouldTellBitsApart() {
        PageBit locked = new PageBit(page, PageFlags.LOCKED);
        assertEquals(locked, new PageBit(page, PageFlags.LOCKED));
        assertEquals(locked.hashCode(), new PageBit(page, PageFlags.LOCKED).hashCode());
        assertNotEquals(locked, new PageBit(page, PageFlags.WRITEBACK));
        assertNotEquals(locked, new PageBit(machine.high(1), PageFlags.LOCKED));
        assertEquals("PG_locked of frame 8", locked.toString());
        assertEquals("bit 8 of frame 8", new PageBit(page, PageFlags.UPTODATE).toString());
    }
}
