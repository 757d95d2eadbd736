package dev.gaugeblock.highmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighmemLayoutTest {
    /** Address of slot 0, without and with PAE: the window ends somewhere below the fixed addresses. */
    @ParameterizedTest
    @CsvSource({
        "1, ffc00000, ffe00000",
        "2, ffc00000, ffe00000",
        "4, ffc00000, ffe00000",
        "8, ffc00000, ffe00000",
        "16, ffc00000, ffe00000",
        "32, ffc00000, ffe00000",
        "64, ffc00000, ffe00000",
        "128, ffc00000, ffe00000",
        "256, ffc00000, ffe00000",
        "512, ffc00000, ffc00000",
        "1024, ff800000, ffa00000"
    })
    void shouldPutTheWindowAtAPmdBelowTheFixedAddresses(int slots, String base, String baseWithPae) {
        assertWindow(new HighmemLayout(slots, false, false), slots, base);
        assertWindow(new HighmemLayout(slots, true, false), slots, baseWithPae);
    }

    private static void assertWindow(HighmemLayout layout, int slots, String base) {
        assertEquals(slots, layout.lastPkmap());
        assertEquals(base, Long.toHexString(layout.pkmapBase()));
        assertEquals(layout.pkmapBase(), layout.pkmapAddress(0));
        for (int slot = 0; slot < slots; slot++) {
            assertEquals(layout.pkmapBase() + 4096L * slot, layout.pkmapAddress(slot));
            assertEquals(slot, layout.pkmapSlot(layout.pkmapAddress(slot)));
            assertEquals(slot, layout.pkmapSlot(layout.pkmapAddress(slot) + 4095));
        }
        assertEquals(layout.pkmapBase() + 4096L * slots, layout.pkmapEnd());
        assertTrue(layout.pkmapEnd() < layout.fixaddrBootStart(), base);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 1023, 2048})
    void shouldRefuseAWindowThatIsNoPowerOfTwo(int slots) {
        String message = assertThrows(IllegalArgumentException.class, () -> new HighmemLayout(slots, false, false))
                .getMessage();
        assertEquals("a kmap window of " + slots + " slots: the number must be a power of two in 1..1024", message);
    }

    @Test
    void shouldLetAtomicWindowsGrowDownwards() {
        HighmemLayout layout = new HighmemLayout(1024, false, false);
        assertEquals(13, layout.kmTypes());
        assertEquals(0xffff4000L, layout.atomicAddress(0));
        for (int cpu = 0; cpu < HighmemLayout.NR_CPUS; cpu++) {
            for (int type = 0; type < 13; type++) {
                int index = layout.atomicIndex(type, cpu);
                assertEquals(0xfffff000L - (11 + 13 * cpu + type) * 4096L, layout.atomicAddress(index));
            }
        }
        assertEquals(0xfff88000L, layout.fixaddrStart());
        assertEquals(0xfff77000L, layout.fixaddrBootStart());
    }

    @Test
    void shouldHaveMoreThanTwiceAsManyWindowsWithDebugging() {
        HighmemLayout layout = new HighmemLayout(1024, false, true);
        assertEquals(27, layout.kmTypes());
        assertEquals(27 * 3 + 5, layout.atomicIndex(5, 3));
        assertEquals(0xfff18000L, layout.fixaddrStart());
        assertEquals(0xfff07000L, layout.fixaddrBootStart());
        assertEquals(0xff800000L, layout.pkmapBase());
    }

    /** The types in the order of the kernel's enumeration. */
    @Test
    void shouldNumberTypesFromZeroAndWithDebuggingByOddNumbers() {
        int[] types = {
            KmType.BOUNCE_READ,
            KmType.SKB_SUNRPC_DATA,
            KmType.SKB_DATA_SOFTIRQ,
            KmType.USER0,
            KmType.USER1,
            KmType.BIO_SRC_IRQ,
            KmType.BIO_DST_IRQ,
            KmType.PTE0,
            KmType.PTE1,
            KmType.IRQ0,
            KmType.IRQ1,
            KmType.SOFTIRQ0,
            KmType.SOFTIRQ1
        };
        for (int i = 0; i < types.length; i++) {
            assertEquals(i, KmType.number(types[i], false));
            assertEquals(2 * i + 1, KmType.number(types[i], true));
        }
    }

    @Test
    void shouldMapLowMemoryFrom3GigabytesOn() {
        HighmemMachine machine = HighmemMachine.withSlots(4);
        assertEquals(0xC0000000L, HighmemLayout.lowAddress(machine.low(0)));
        assertEquals(0xC0007000L, HighmemLayout.lowAddress(machine.low(7)));
    }
}
