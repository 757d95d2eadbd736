package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Behaviour 1: node and zone in the top bits of a flags word, in each of its forms. */
class FlagsLayoutTest {
    private static final int STATE_FLAGS = 20;

    @Provide
    Arbitrary<FlagsLayout> layouts() {
        return Arbitraries.of(
                FlagsLayout.UMA_32, FlagsLayout.DISCONTIG_32, FlagsLayout.UMA_64, FlagsLayout.DISCONTIG_64);
    }

    private static int wordBits(FlagsLayout layout) {
        return layout == FlagsLayout.UMA_32 || layout == FlagsLayout.DISCONTIG_32 ? 32 : 64;
    }

    @Example
    void shouldStandWhereTheKernelHasThem() {
        assertEquals(29, FlagsLayout.UMA_32.nodezoneShift());
        assertEquals(24, FlagsLayout.DISCONTIG_32.nodezoneShift());
        assertEquals(61, FlagsLayout.UMA_64.nodezoneShift());
        assertEquals(52, FlagsLayout.DISCONTIG_64.nodezoneShift());
        assertEquals(1, FlagsLayout.UMA_32.maxNodesShift());
        assertEquals(6, FlagsLayout.DISCONTIG_32.maxNodesShift());
        assertEquals(1, FlagsLayout.UMA_64.maxNodesShift());
        assertEquals(10, FlagsLayout.DISCONTIG_64.maxNodesShift());
        assertEquals(0b101_10, FlagsLayout.nodezone(5, Zone.HIGHMEM));
    }

    @Example
    void shouldWriteTheWordsThatTheKernelWrites() {
        int highmemOfNode3 = FlagsLayout.nodezone(3, Zone.HIGHMEM);
        assertEquals(0x40000800L, FlagsLayout.UMA_32.withNodezone(PageFlags.RESERVED, Zone.HIGHMEM));
        assertEquals(0x0e000800L, FlagsLayout.DISCONTIG_32.withNodezone(PageFlags.RESERVED, highmemOfNode3));
        assertEquals(0x4000000000000800L, FlagsLayout.UMA_64.withNodezone(PageFlags.RESERVED, Zone.HIGHMEM));
        assertEquals(0x00e0000000000800L, FlagsLayout.DISCONTIG_64.withNodezone(PageFlags.RESERVED, highmemOfNode3));
    }

    @Property
    void shouldReadWhatWasWritten(
            @ForAll("layouts") FlagsLayout layout, @ForAll int anyNode, @ForAll @IntRange(max = 2) int zone) {
        int node = Math.floorMod(anyNode, layout.maxNodes());
        long word = layout.withNodezone(0, FlagsLayout.nodezone(node, zone));
        assertEquals(node, layout.node(word));
        assertEquals(zone, layout.zone(word));
        assertEquals(FlagsLayout.nodezone(node, zone), layout.nodezone(word));
    }

    /** Whatever stood there before, and without touching any other bit of the word, nor one beyond it. */
    @Property
    void shouldReplaceThatFieldAlone(
            @ForAll("layouts") FlagsLayout layout,
            @ForAll long anyWord,
            @ForAll int anyNode,
            @ForAll @IntRange(max = 2) int zone) {
        long word = wordBits(layout) == 32 ? anyWord & 0xffff_ffffL : anyWord;
        int node = Math.floorMod(anyNode, layout.maxNodes());
        long written = layout.withNodezone(word, FlagsLayout.nodezone(node, zone));
        long others = (1L << layout.nodezoneShift()) - 1;
        assertEquals(word & others, written & others);
        assertEquals(node, layout.node(written));
        assertEquals(zone, layout.zone(written));
        assertEquals(written, wordBits(layout) == 32 ? written & 0xffff_ffffL : written);
    }

    @Property
    void shouldLeaveRoomForAllStateFlags(@ForAll("layouts") FlagsLayout layout) {
        assertEquals(true, layout.nodezoneShift() >= STATE_FLAGS);
    }
}
