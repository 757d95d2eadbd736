package dev.gaugeblock.highmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.machine.Waiter;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each state is broken for one invariant, after which that one must say so. */
class KmapInvariantsTest {
    private final HighmemMachine machine = HighmemMachine.withSlots(2);
    private final Kmap kmap = machine.kmap;
    private final int pfn = machine.high(0).pfn;

    private void assertAllHold() {
        assertNull(kmap.countsAgreeWithEntries());
        assertNull(kmap.framesMappedOnce());
        assertNull(kmap.recordsAgreeWithSlots());
        assertNull(kmap.freeSlotsFlushed());
        assertNull(kmap.nobodyForgotten());
        assertNull(kmap.table().noStaleUse());
    }

    @Test
    void shouldAllHoldWhileFramesAreMappedUsedAndUnmapped() {
        Random random = new Random(8);
        int[] users = new int[6];
        int mapped = 0;
        for (int step = 0; step < 1000; step++) {
            int frame = random.nextInt(users.length);
            if (users[frame] > 0 && random.nextInt(3) > 0) {
                machine.unmap(frame);
                users[frame]--;
                mapped -= users[frame] == 0 ? 1 : 0;
            } else if (users[frame] > 0 || mapped < 2) {
                long address = kmap.map(machine.high(frame), machine.task);
                assertEquals(machine.high(frame).pfn, kmap.use(address, machine.task));
                assertEquals(machine.high(frame).pfn, kmap.use(address, machine.other));
                mapped += users[frame] == 0 ? 1 : 0;
                users[frame]++;
            }
            assertAllHold();
        }
    }

    @Test
    void shouldNoticeACountWithoutAnEntry() {
        machine.map(0);
        kmap.table().set(1, PageTable.NONE, machine.task);
        assertEquals("slot 1 has count 2, its entry maps nothing", kmap.countsAgreeWithEntries());
    }

    @Test
    void shouldNoticeAnEntryWithoutACount() {
        kmap.table().set(1, pfn, machine.task);
        assertEquals("slot 1 has count 0, its entry maps frame " + pfn, kmap.countsAgreeWithEntries());
    }

    @Test
    void shouldNoticeAFrameThatIsMappedTwice() {
        machine.map(0);
        kmap.table().set(0, pfn, machine.task);
        assertEquals("frame " + pfn + " is mapped at slot 0 and at slot 1", kmap.framesMappedOnce());
    }

    @Test
    void shouldNoticeAMappedFrameWithoutARecord() {
        machine.map(0);
        machine.highmem.addresses().remove(machine.high(0), machine.task);
        assertEquals("1 slots are mapped, the hash has 0 records", kmap.recordsAgreeWithSlots());
    }

    @Test
    void shouldNoticeARecordWithoutAMapping() {
        machine.highmem.addresses().add(machine.high(0), 0xffc01000L, machine.task);
        assertEquals(
                "the hash says that frame " + pfn + " is at 0xffc01000, where it is not mapped",
                kmap.recordsAgreeWithSlots());
    }

    @Test
    void shouldNoticeARecordWithAnotherFramesAddress() {
        machine.map(1);
        machine.highmem.addresses().add(machine.high(0), 0xffc01000L, machine.task);
        assertEquals(
                "the hash says that frame " + pfn + " is at 0xffc01000, where it is not mapped",
                kmap.recordsAgreeWithSlots());
    }

    @Test
    void shouldNoticeARecordWithAnAddressOutsideTheWindow() {
        machine.highmem.addresses().add(machine.high(0), 0xffbff000L, machine.task);
        assertEquals(
                "the hash says that frame " + pfn + " is at 0xffbff000, where it is not mapped",
                kmap.recordsAgreeWithSlots());
    }

    @Test
    void shouldNoticeTwoRecordsOfOneMapping() {
        machine.map(0);
        machine.highmem.addresses().add(machine.high(0), machine.address(0), machine.task);
        assertEquals("1 slots are mapped, the hash has 2 records", kmap.recordsAgreeWithSlots());
    }

    @Test
    void shouldNoticeAFreeSlotThatACpuStillTranslates() {
        machine.cpus[1].tlb.init(machine.highmem.layout().pkmapAddress(1), pfn);
        assertEquals("slot 1 is free, but the TLB of CPU 1 still translates its address", kmap.freeSlotsFlushed());
    }

    @Test
    void shouldAllowAnUnusedSlotThatACpuStillTranslates() {
        machine.map(0);
        kmap.use(machine.address(0), machine.other);
        machine.unmap(0);
        assertNull(kmap.freeSlotsFlushed());
    }

    @Test
    void shouldNoticeWhoSleepsForASlotThatHasNoUsers() {
        machine.fill();
        machine.unmap(1); // slot 0
        sleepWithoutLooking();
        assertEquals(
                "CPU 1 sleeps on pkmap_map_wait though slot 0 has no users (count 1), and no wake-up is on its way: "
                        + "the last user, CPU 0, should have sent one",
                kmap.nobodyForgotten());
    }

    @Test
    void shouldNoticeWhoSleepsForASlotThatNobodyHadYet() {
        sleepWithoutLooking();
        assertEquals(
                "CPU 1 sleeps on pkmap_map_wait though slot 0 has no users (count 0), and no wake-up is on its way: "
                        + "nobody has used it yet",
                kmap.nobodyForgotten());
    }

    private void sleepWithoutLooking() {
        Waiter waiter = new Waiter(kmap.waiting(), machine.other, false, false);
        kmap.waiting().add(waiter);
        machine.fallAsleep(() -> waiter.sleep(machine.scheduler));
    }

    @Test
    void shouldLetTasksSleepWhileAllSlotsAreInUse() {
        machine.fill();
        machine.fallAsleep(() -> machine.map(5));
        assertNull(kmap.nobodyForgotten());
    }

    @Test
    void shouldLetTasksSleepWhileAWakeUpIsOnItsWay() {
        machine.fill();
        machine.fallAsleep(() -> machine.map(5));
        machine.onWakeUp(() -> {
            assertEquals(1, kmap.count(1));
            assertNull(kmap.nobodyForgotten());
        });
        machine.unmap(0);
        assertNull(kmap.nobodyForgotten());
        assertEquals("wake_up", machine.takeCalls().get(2));
    }
}
