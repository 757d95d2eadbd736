package dev.gaugeblock.mm;

/**
 * {@code zonelist}: the zones that a request may take from, in the order in which they are tried (behaviour 3). May be
 * empty.
 */
public final class Zonelist {
    private final Zone[] zones;

    private Zonelist(Zone[] zones) {
        this.zones = zones;
    }

    /**
     * {@code build_zonelists}: goes from node to node, and of each takes the zones from the goal's downwards, leaving
     * out those without present frames.
     *
     * @param nodeOrder numbers of the nodes, the one first whose list this is
     * @param zonesOfNode the zones of each node, by its number
     */
    static Zonelist over(int[] nodeOrder, int goal, Zone[][] zonesOfNode) {
        Zone[] zones = new Zone[nodeOrder.length * (goal + 1)];
        int length = 0;
        for (int node : nodeOrder) {
            for (int index = goal; index >= 0; index--) {
                if (zonesOfNode[node][index].present != 0) {
                    zones[length++] = zonesOfNode[node][index];
                }
            }
        }
        Zone[] present = new Zone[length];
        System.arraycopy(zones, 0, present, 0, length);
        return new Zonelist(present);
    }

    public int length() {
        return zones.length;
    }

    public Zone zone(int position) {
        return zones[position];
    }

    /**
     * {@code classzone_idx}: index of the first zone really in the list, which chooses the reserves. The list has one.
     */
    int classZone() {
        return zones[0].index;
    }
}
