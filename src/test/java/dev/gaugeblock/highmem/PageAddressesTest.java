package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAddressesTest {
    private final HighmemMachine machine = HighmemMachine.withHighFrames(1024);
    private final Task task = machine.task;
    private final PageAddresses addresses = new PageAddresses(3, machine.scheduler);

    @ParameterizedTest
    @CsvSource({"3, 10", "31, 107", "32, 78", "33, 49", "34, 21", "35, 120", "41, 77"})
    void shouldHashTheAddressOfTheStructPage(int pfn, int bucket) {
        assertEquals(bucket, PageAddresses.bucket(machine.memory.frame(pfn)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7, 0",
        "1, 1, 1",
        "1, 7, 79",
        "2, 7, 30",
        "1, 31, 1327202304",
        "-1, 12, 1564",
        "-1, 31, 820281343",
        "-2147483648, 2, 2"
    })
    void shouldHashByMultiplyingModulo2To32(int value, int bits, int hash) {
        assertEquals(hash, PageHash.hash(value, bits));
    }

    @Test
    void shouldComputeTheAddressOfALowFrame() {
        assertEquals(0xC0007000L, addresses.find(machine.low(7), task));
    }

    @Test
    void shouldFindWhatWasAddedUntilItIsRemoved() {
        assertEquals(0, addresses.find(machine.high(0), task));
        addresses.add(machine.high(0), 0x1000, task);
        assertEquals(0x1000, addresses.find(machine.high(0), task));
        addresses.remove(machine.high(0), task);
        assertEquals(0, addresses.find(machine.high(0), task));
        addresses.remove(machine.high(0), task); // nothing to remove
        assertTrue(addresses.isAtRest());
        assertFalse(machine.cpus[0].interrupts.areOff());
    }

    @Test
    void shouldAppendToTheTailOfAChain() {
        PageFrame[] frames = threeOfOneBucket();
        for (int i = 0; i < 3; i++) {
            addresses.add(frames[i], 0x1000 * (i + 1), task);
        }
        assertEquals(List.of(frames[0], frames[1], frames[2]), chainOf(frames[0]));
        addresses.remove(frames[0], task);
        addresses.add(frames[0], 0x4000, task);
        assertEquals(List.of(frames[1], frames[2], frames[0]), chainOf(frames[0]));
        assertEquals(0x2000, addresses.find(frames[1], task));
        assertEquals(0x4000, addresses.find(frames[0], task));
    }

    private PageFrame[] threeOfOneBucket() {
        List<PageFrame> found = new ArrayList<>();
        for (int i = 0; found.size() < 3; i++) {
            if (PageAddresses.bucket(machine.high(i)) == 5) {
                found.add(machine.high(i));
            }
        }
        return found.toArray(new PageFrame[0]);
    }

    private List<PageFrame> chainOf(PageFrame frame) {
        AddressRecords chain = addresses.chainAtRest(PageAddresses.bucket(frame));
        List<PageFrame> frames = new ArrayList<>();
        for (int i = 0; i < chain.length(); i++) {
            frames.add(machine.memory.frame(chain.pfn(i)));
        }
        return frames;
    }

    /** It does not look whether there is one; the first is found, and the first is removed. */
    @Test
    void shouldAddASecondRecordOfAFrame() {
        addresses.add(machine.high(0), 0x1000, task);
        addresses.add(machine.high(0), 0x2000, task);
        assertEquals(0x1000, addresses.find(machine.high(0), task));
        addresses.remove(machine.high(0), task);
        assertEquals(0x2000, addresses.find(machine.high(0), task));
    }

    @Test
    void shouldHaveAsManyRecordsAsThePool() {
        for (int i = 0; i < 3; i++) {
            addresses.add(machine.high(i), 0x1000, task);
        }
        assertBug("set_page_address: map_pool_empty", () -> addresses.add(machine.high(3), 0x1000, task));
        assertFalse(addresses.isAtRest());
        addresses.breakLocksOpen();
        assertTrue(addresses.isAtRest());
    }

    @Test
    void shouldGiveARecordBackForTheNextFrame() {
        for (int i = 0; i < 10; i++) {
            addresses.add(machine.high(i), 0x1000, task);
            addresses.remove(machine.high(i), task);
        }
    }

    @Test
    void shouldNotKeepAddressesOfLowFrames() {
        assertBug("set_page_address: not_highmem", () -> addresses.add(machine.low(0), 0x1000, task));
        assertBug("set_page_address: not_highmem", () -> addresses.remove(machine.low(0), task));
    }

    /** The last record that was put in at boot is the first to be used; one that comes back is the last. */
    @Test
    void shouldFillThePoolFromTheHeadAndGiveBackToTheTail() {
        SpinLock lock = new SpinLock("pool_lock", SpinLock.UNCHECKED, machine.scheduler);
        AddressRecords pool = new AddressRecords(lock);
        AddressRecords.Record[] records = {
            new AddressRecords.Record(), new AddressRecords.Record(), new AddressRecords.Record()
        };
        for (AddressRecords.Record record : records) {
            pool.fillBeforeUse(record);
        }
        lock.acquire(task);
        assertSame(records[2], pool.takeFirstLocked(task));
        records[2].frame = machine.high(0);
        pool.giveBackLocked(records[2], task);
        assertNull(records[2].frame);
        assertSame(records[1], pool.takeFirstLocked(task));
        assertSame(records[0], pool.takeFirstLocked(task));
        assertSame(records[2], pool.takeFirstLocked(task));
        assertTrue(pool.isEmptyLocked(task));
    }
}
