package dev.gaugeblock.mm;

import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * Where a page frame's flags word carries the numbers of its zone and its node: in its top bits, the node's above the
 * zone's (behaviour 1). How wide the field is was chosen when the kernel was built.
 *
 * <p>{@link PageFrame} keeps the word in a {@code long} whichever it is, and the machine has one layout: so the 64-bit
 * forms cost the 32-bit machine that the reference is of nothing, and any form may be tried on it. Only the field is
 * that of 64 bits then.
 */
public final class FlagsLayout {
    /** Width of the zone number: three zones need two bits. */
    public static final int ZONES_SHIFT = 2;

    /** One node, and a word of 32 bits: i386 as it mostly is. */
    public static final FlagsLayout UMA_32 = new FlagsLayout(32, 1);

    /** Several nodes ({@code CONFIG_DISCONTIGMEM}), and a word of 32 bits. */
    public static final FlagsLayout DISCONTIG_32 = new FlagsLayout(32, 6);

    public static final FlagsLayout UMA_64 = new FlagsLayout(64, 1);
    public static final FlagsLayout DISCONTIG_64 = new FlagsLayout(64, 10);

    private final int wordBits;
    private final int maxNodesShift;
    private final int nodezoneShift;
    private final long nodezoneMask;

    private FlagsLayout(int wordBits, int maxNodesShift) {
        this.wordBits = wordBits;
        this.maxNodesShift = maxNodesShift;
        this.nodezoneShift = wordBits - maxNodesShift - ZONES_SHIFT;
        this.nodezoneMask = ((1L << (maxNodesShift + ZONES_SHIFT)) - 1) << nodezoneShift;
    }

    /** {@code MAX_NODES_SHIFT}: width of the node number. */
    public int maxNodesShift() {
        return maxNodesShift;
    }

    /** {@code NODEZONE_SHIFT}: the bit from which on the two numbers are stored. */
    public int nodezoneShift() {
        return nodezoneShift;
    }

    /** How many nodes there are numbers for. */
    public int maxNodes() {
        return 1 << maxNodesShift;
    }

    /** {@code NODEZONE}: the two numbers in one, as {@code zone_table} is indexed by. */
    public static int nodezone(int node, int zone) {
        return node << ZONES_SHIFT | zone;
    }

    /** {@code set_page_zone}: the word with its node and zone replaced, and all else as it was. */
    public long withNodezone(long flags, int nodezone) {
        return flags & ~nodezoneMask | (long) nodezone << nodezoneShift;
    }

    /** The two numbers in one, of a word that has no bits beyond this layout's. */
    public int nodezone(long flags) {
        return (int) (flags >>> nodezoneShift);
    }

    /** {@code page_zonenum}: the zone number, 0..2. */
    public int zone(long flags) {
        return nodezone(flags) & ((1 << ZONES_SHIFT) - 1);
    }

    /** {@code page_to_nid}: the node number. */
    public int node(long flags) {
        return nodezone(flags) >>> ZONES_SHIFT;
    }

    @Override
    public String toString(@GuardSatisfied FlagsLayout this) {
        return wordBits + " bits, " + maxNodesShift + " of them for the node";
    }
}
