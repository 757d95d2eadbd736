package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GfpTest {
    @Test
    void shouldNameARequestByItsLargestCombinations() {
        assertEquals("KERNEL", Gfp.toString(Gfp.KERNEL));
        assertEquals("HIGHUSER|ZERO", Gfp.toString(Gfp.HIGHUSER | Gfp.ZERO));
        assertEquals("NOFS|DMA", Gfp.toString(Gfp.DMA | Gfp.NOFS));
        assertEquals("ATOMIC", Gfp.toString(Gfp.HIGH));
    }

    @Test
    void shouldLeaveBitsWithoutANameAsTheyAre() {
        assertEquals("0x0", Gfp.toString(0));
        assertEquals("ATOMIC|0xc", Gfp.toString(Gfp.ATOMIC | 0xc));
        assertEquals("0x4", Gfp.toString(0x4));
    }

    @Test
    void shouldHaveBitsForEachName() {
        for (int name = 0; name < Gfp.names().length; name++) {
            assertEquals(Gfp.bits(name), Gfp.bits(name) & Gfp.MASK, Gfp.names()[name]);
        }
    }
}
