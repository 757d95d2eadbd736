package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTableSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4, 2",
        "1, 4, 2",
        "1024, 4, 2",
        "1025, 4, 2",
        "1279, 4, 2",
        "1280, 8, 3",
        "2048, 8, 3",
        "2303, 8, 3",
        "2304, 16, 4",
        "4096, 16, 4",
        "225280, 1024, 10",
        "524543, 2048, 11",
        "524544, 4096, 12",
        "1048576, 4096, 12",
        "2097152, 4096, 12"
    })
    void shouldBeAPowerOfTwoIn4To4096(int frames, int queues, int bits) {
        assertEquals(queues, WaitTableSize.queues(frames));
        assertEquals(bits, WaitTableSize.bits(frames));
    }

    @Test
    void shouldGoBySpannedFramesAndNotByPresentOnes() {
        MemoryLayout layout = new MemoryLayout(0, 1280, 0, 0).holes(Zone.DMA, 1000);
        Zone zone = TestMachine.booted(layout, "none").dma();
        assertEquals(8, zone.waitTableSize);
        assertEquals(3, zone.waitTableBits);
    }

    @Test
    void shouldNotExistForAZoneWithoutFrames() {
        Zone zone = TestMachine.booted(16, 0, 0).normal();
        assertEquals(0, zone.waitTableSize);
        assertEquals(0, zone.waitTableBits);
    }
}
