package dev.gaugeblock.mm;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * All memory of a machine: its nodes with their zones, and its frames, each of which names its zone and node in its
 * flags.
 */
public final class Memory implements Stateful {
    private final FlagsLayout flagsLayout;
    private final MemMap memMap;
    private final Node[] nodes;
    private final Zone[] zones;
    /** {@code zone_table}: by what the flags hold. Only three of four places belong to a zone. */
    private final Zone[] zoneTable;

    Memory(FlagsLayout flagsLayout, MemMap memMap, Node[] nodes) {
        this.flagsLayout = flagsLayout;
        this.memMap = memMap;
        this.nodes = nodes;
        this.zones = new Zone[nodes.length * Zone.COUNT];
        this.zoneTable = new Zone[nodes.length << FlagsLayout.ZONES_SHIFT];
        for (Node node : nodes) {
            for (int index = 0; index < Zone.COUNT; index++) {
                Zone zone = node.zone(index);
                zones[zone.number] = zone;
                zoneTable[FlagsLayout.nodezone(node.id, index)] = zone;
            }
        }
    }

    /** How many nodes there are. */
    public int nodes() {
        return nodes.length;
    }

    /** {@code NODE_DATA}: a node by its number, from 0. */
    public Node node(int id) {
        return nodes[id];
    }

    /** How many zones there are in all nodes, those without frames included. */
    public int zones() {
        return zones.length;
    }

    /** A zone by {@link Zone#number}, from 0. */
    public Zone zone(int number) {
        return zones[number];
    }

    /** {@code page_zone}: by the numbers in the frame's flags. */
    public Zone zoneOf(PageFrame frame) {
        return zoneTable[flagsLayout.nodezone(frame.bootFlags())];
    }

    /** {@code page_zonenum}: the number of its zone in the frame's flags, 0 DMA, 1 Normal, 2 HighMem. */
    public int zoneNumber(PageFrame frame) {
        return flagsLayout.zone(frame.bootFlags());
    }

    /** {@code page_to_nid}: the number of its node in the frame's flags. */
    public int nodeNumber(PageFrame frame) {
        return flagsLayout.node(frame.bootFlags());
    }

    /** The lowest frame number. */
    public int startPfn() {
        return memMap.startPfn();
    }

    /** The number after the highest. Between two nodes there may be numbers without a frame. */
    public int endPfn() {
        return memMap.endPfn();
    }

    /**
     * The frame with a number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PageFrame frame(int pfn) {
        return memMap.frame(pfn);
    }

    /** The frame with a number, or {@code null} if there is none. */
    public @Nullable PageFrame frameOrNull(int pfn) {
        return memMap.frameOrNull(pfn);
    }

    /** {@code nr_free_pages}: frames in the free lists of all zones. */
    public int freePages() {
        int sum = 0;
        for (Zone zone : zones) {
            sum += zone.counts.freePages.peek();
        }
        return sum;
    }

    /**
     * Σ max(0, present − pages_high) over a zonelist of every node: list 0 gives {@code nr_free_buffer_pages}, 2 gives
     * {@code nr_free_pagecache_pages}. As each node's list goes over all nodes, a frame counts as often as there are
     * nodes.
     */
    public int presentAboveHigh(int zoneBits) {
        int sum = 0;
        for (Node node : nodes) {
            sum += node.presentAboveHigh(zoneBits);
        }
        return sum;
    }

    /** Without the CPUs' own lists. */
    @Override
    public void writeState(StateSink out) {
        for (Node node : nodes) {
            node.kswapdMaxOrder.writeState(out);
        }
        for (Zone zone : zones) {
            zone.writeState(out);
        }
    }

    /** The lists of free frames that a CPU, by its number, has for itself. */
    public void writeListsOf(int cpu, StateSink out) {
        for (Zone zone : zones) {
            if (zone.spanned > 0) {
                zone.writeListsOf(cpu, out);
            }
        }
    }
}
