package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.KernelBug;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTuningTest {
    private static TestMachine machine(int dma, int normal, int highmem) {
        return TestMachine.booted(new MemoryLayout(0, dma, normal, highmem), "none");
    }

    private static String ofZones(TestMachine machine, Function<Zone, Object> column) {
        return IntStream.range(0, Zone.COUNT)
                .mapToObj(zone -> column.apply(machine.node.zone(zone)).toString())
                .collect(Collectors.joining(" "));
    }

    private static String marks(Zone zone) {
        return zone.marks.min() + "/" + zone.marks.low() + "/" + zone.marks.high();
    }

    private static String reserve(Zone zone) {
        return IntStream.range(0, Zone.COUNT)
                .mapToObj(classZone -> Integer.toString(zone.marks.lowmemReserve(classZone)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static int[] frames(String slashed) {
        return Arrays.stream(slashed.split("/")).mapToInt(Integer::parseInt).toArray();
    }

    /** A machine of the table "Ready numbers" of behaviour 4, with the holes in a column of their own. */
    private static TestMachine machine(String sizes, String holes) {
        int[] spanned = frames(sizes);
        MemoryLayout layout = new MemoryLayout(0, spanned[0], spanned[1], spanned[2]);
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            layout.holes(zone, frames(holes)[zone]);
        }
        return TestMachine.booted(layout, "none");
    }

    @ParameterizedTest(name = "{0} holes {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4096/0/0           | 0/0/0         | 512  | 128/160/192 0/0/0 32/40/48
            4096/12288/0       | 0/0/0         | 1024 | 64/80/96 192/240/288 32/40/48
            4096/28672/0       | 0/0/0         | 1448 | 45/56/67 316/395/474 32/40/48
            4096/225280/0      | 0/0/0         | 3831 | 17/21/25 939/1173/1408 32/40/48
            4096/225280/32768  | 0/0/0         | 3831 | 17/21/25 939/1173/1408 32/40/48
            4096/225280/262144 | 0/0/0         | 3831 | 17/21/25 939/1173/1408 128/160/192
            4096/225280/819200 | 0/0/0         | 3831 | 17/21/25 939/1173/1408 128/160/192
            4096/8192/4096     | 0/0/0         | 886  | 73/91/109 147/183/220 32/40/48
            16/32/16           | 0/0/0         | 128  | 10/12/15 21/26/31 32/40/48
            4096/8192/4096     | 96/100/0      | 879  | 72/90/108 146/182/219 32/40/48
            4096/225280/32768  | 96/1000/32768 | 3822 | 16/20/24 938/1172/1407 32/40/48
            4096/225280/32768  | 4096/0/0      | 3797 | 0/0/0 949/1186/1423 32/40/48
            4096/225280/32768  | 0/0/1         | 3831 | 17/21/25 939/1173/1408 32/40/48
            """)
    void shouldGiveTheReadyMarks(String sizes, String holes, int minFree, String marks) {
        TestMachine machine = machine(sizes, holes);
        MemoryTuning tuning = machine.allocator.tuning();
        tuning.initialise(machine.task);
        assertEquals(minFree, tuning.minFreeKbytes());
        assertEquals(marks, ofZones(machine, MemoryTuningTest::marks));
    }

    @ParameterizedTest(name = "{0} holes {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4096/0/0           | 0/0/0         | [0,0,0] [0,0,0] [0,0,0]          | 1 1 1   | 16 0 0
            4096/12288/0       | 0/0/0         | [0,48,48] [0,0,0] [0,0,0]        | 1 3 1   | 16 64 0
            4096/28672/0       | 0/0/0         | [0,112,112] [0,0,0] [0,0,0]      | 1 7 1   | 16 128 0
            4096/225280/0      | 0/0/0         | [0,880,880] [0,0,0] [0,0,0]      | 1 16 1  | 16 1024 0
            4096/225280/32768  | 0/0/0         | [0,880,1008] [0,0,1024] [0,0,0]  | 1 16 8  | 16 1024 128
            4096/225280/262144 | 0/0/0         | [0,880,1904] [0,0,8192] [0,0,0]  | 1 16 16 | 16 1024 1024
            4096/225280/819200 | 0/0/0         | [0,880,4080] [0,0,25600] [0,0,0] | 1 16 16 | 16 1024 4096
            4096/8192/4096     | 0/0/0         | [0,32,48] [0,0,128] [0,0,0]      | 1 2 1   | 16 32 16
            16/32/16           | 0/0/0         | [0,0,0] [0,0,0] [0,0,0]          | 1 1 1   | 4 4 4
            4096/8192/4096     | 96/100/0      | [0,31,47] [0,0,128] [0,0,0]      | 1 1 1   | 16 32 16
            4096/225280/32768  | 96/1000/32768 | [0,876,876] [0,0,0] [0,0,0]      | 1 16 1  | 16 1024 128
            4096/225280/32768  | 4096/0/0      | [0,880,1008] [0,0,1024] [0,0,0]  | 1 16 8  | 16 1024 128
            4096/225280/32768  | 0/0/1         | [0,880,1007] [0,0,1023] [0,0,0]  | 1 16 7  | 16 1024 128
            """)
    void shouldGiveTheReadyReservesBatchesAndWaitTables(
            String sizes, String holes, String reserves, String batches, String waitTables) {
        TestMachine machine = machine(sizes, holes);
        machine.allocator.tuning().initialise(machine.task);
        assertAll(
                () -> assertEquals(reserves, ofZones(machine, MemoryTuningTest::reserve)),
                () -> assertEquals(
                        batches,
                        ofZones(machine, zone -> zone.pageset(0).hotAtRest().batch())),
                () -> assertEquals(waitTables, ofZones(machine, zone -> zone.waitTableSize)));
    }

    @Test
    void shouldLeaveMarksAndReservesAtZeroUntilSetUp() {
        TestMachine machine = machine(4096, 12288, 4096);
        assertEquals(1024, machine.allocator.tuning().minFreeKbytes());
        assertEquals("0/0/0 0/0/0 0/0/0", ofZones(machine, MemoryTuningTest::marks));
        assertEquals("[0,0,0] [0,0,0] [0,0,0]", ofZones(machine, MemoryTuningTest::reserve));
    }

    @Test
    void shouldDivideTheReserveByTheRatioOfTheLowerZone() {
        TestMachine machine = machine(4096, 8192, 4096);
        machine.allocator.tuning().setRatio(100, 10, machine.task);
        assertEquals("[0,81,122] [0,0,409] [0,0,0]", ofZones(machine, MemoryTuningTest::reserve));
        assertEquals("0/0/0 0/0/0 0/0/0", ofZones(machine, MemoryTuningTest::marks));
    }

    @Test
    void shouldGiveLessWhenInitialisedAgain() {
        TestMachine machine = machine(4096, 12288, 0);
        MemoryTuning tuning = machine.allocator.tuning();
        tuning.initialise(machine.task);
        tuning.initialise(machine.task);
        int lowmemKbytes = 4 * (4096 - 96 + 12288 - 288);
        assertEquals(MemoryTuning.squareRoot(lowmemKbytes * 16), tuning.minFreeKbytes());
        assertEquals(1011, tuning.minFreeKbytes());
    }

    @ParameterizedTest
    @CsvSource({"0, 0/0/0 0/0/0", "3, 0/0/0 0/0/0", "8, 0/0/0 1/1/1", "200000, 12500/15625/18750 37500/46875/56250"})
    void shouldNotClampTheSysctl(int kbytes, String lowMarks) {
        TestMachine machine = machine(4096, 12288, 0);
        MemoryTuning tuning = machine.allocator.tuning();
        tuning.setMinFreeKbytes(kbytes, machine.task);
        assertEquals(kbytes, tuning.minFreeKbytes());
        assertEquals(lowMarks + " 32/40/48", ofZones(machine, MemoryTuningTest::marks));
        assertEquals("[0,0,0] [0,0,0] [0,0,0]", ofZones(machine, MemoryTuningTest::reserve));
    }

    @Test
    void shouldWrapTheProductAt32Bits() {
        TestMachine machine = machine(4096, 225280, 0);
        machine.allocator.tuning().setMinFreeKbytes(100_000, machine.task);
        long product = 25_000L * 225_280;
        assertEquals(
                (int) ((product - (1L << 32)) / 229_376), machine.normal().marks.min());
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        TestMachine machine = machine(16, 0, 0);
        MemoryTuning tuning = machine.allocator.tuning();
        assertEquals(
                "min_free_kbytes -1 is below 0",
                assertThrows(IllegalArgumentException.class, () -> tuning.setMinFreeKbytes(-1, machine.task))
                        .getMessage());
        assertEquals(
                "lowmem_reserve_ratio 256 -1 has a value below 0",
                assertThrows(IllegalArgumentException.class, () -> tuning.setRatio(256, -1, machine.task))
                        .getMessage());
        assertEquals(1024, tuning.minFreeKbytes());
        assertEquals(32, tuning.ratio(Zone.NORMAL));
    }

    @Test
    void shouldDivideByARatioOfZero() {
        TestMachine machine = machine(16, 0, 0);
        MemoryTuning tuning = machine.allocator.tuning();
        assertEquals(
                "setup_per_zone_lowmem_reserve: divide_by_zero",
                assertThrows(KernelBug.class, () -> tuning.setRatio(256, 0, machine.task))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "2,1",
        "3,1",
        "4,2",
        "15,3",
        "16,4",
        "17,4",
        "99,9",
        "100,10",
        "65535,255",
        "65536,256",
        "14417920,3797",
        "67108863,8191",
        "67108864,8192",
        "2147395599,46339",
        "2147395600,46340",
        "2147483647,46340",
        "2147483648,46340",
        "4294836224,65534",
        "4294836225,65535",
        "4294967295,65535"
    })
    void shouldTakeTheFloorOfTheSquareRootOfAnUnsignedNumber(long x, int root) {
        assertEquals(root, MemoryTuning.squareRoot((int) x));
    }
}
