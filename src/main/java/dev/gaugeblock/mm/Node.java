package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * {@code pglist_data}: the memory of one node, its zones, and in which order requests that start here try the zones of
 * all nodes.
 */
public final class Node {
    /** Number of the node, from 0. */
    public final int id;

    /**
     * {@code kswapd_max_order}: the largest order that kswapd was woken for since its last round. Written without a
     * lock.
     */
    public final SharedWord kswapdMaxOrder;

    /** {@code node_zones}: by index. */
    private final Zone[] zones;

    /** {@code node_zonelists}: by the zone bits of a request. */
    private final Zonelist[] zonelists;

    /**
     * Makes a node.
     *
     * @param prefix of the names of its words: empty, or "node1."
     * @param nodeOrder in which order its requests try the nodes
     * @param zonesOfNode the zones of all nodes, by their number
     */
    Node(int id, String prefix, int[] nodeOrder, Zone[][] zonesOfNode, Scheduler scheduler) {
        this.id = id;
        this.zones = zonesOfNode[id];
        this.kswapdMaxOrder = new SharedWord(prefix + "kswapd_max_order", scheduler);
        this.zonelists = new Zonelist[Gfp.ZONE_TYPES];
        for (int zoneBits = 0; zoneBits < Gfp.ZONE_TYPES; zoneBits++) {
            zonelists[zoneBits] = Zonelist.over(nodeOrder, firstChoice(zoneBits), zonesOfNode);
        }
    }

    /** The zone that a request's zone bits ask for. The test for DMA comes last, so it would win over HIGHMEM. */
    private static int firstChoice(int zoneBits) {
        if ((zoneBits & Gfp.DMA) != 0) {
            return Zone.DMA;
        }
        return (zoneBits & Gfp.HIGHMEM) != 0 ? Zone.HIGHMEM : Zone.NORMAL;
    }

    /** Zone by index 0..2. */
    public Zone zone(int index) {
        return zones[index];
    }

    /**
     * The zones for a request that starts here, by its zone bits: 0 Normal, 1 DMA, 2 HighMem, each with those below it;
     * first this node's, then the other nodes'.
     */
    public Zonelist zonelist(int zoneBits) {
        if (zoneBits < 0 || zoneBits >= Gfp.ZONE_TYPES) {
            throw new IllegalArgumentException("zonelist " + zoneBits + " is not in 0.." + (Gfp.ZONE_TYPES - 1));
        }
        return zonelists[zoneBits];
    }

    /** {@code nr_zones}: one more than the index of the highest zone with frames; 0 without any. */
    public int zoneCount() {
        int count = Zone.COUNT;
        while (count > 0 && zones[count - 1].spanned == 0) {
            count--;
        }
        return count;
    }

    /** Σ max(0, present − pages_high) over a zonelist. */
    int presentAboveHigh(int zoneBits) {
        Zonelist list = zonelists[zoneBits];
        int sum = 0;
        for (int i = 0; i < list.length(); i++) {
            Zone zone = list.zone(i);
            sum += Math.max(0, zone.present - zone.marks.high());
        }
        return sum;
    }

    @Override
    public String toString(@GuardSatisfied Node this) {
        return "node " + id;
    }
}
