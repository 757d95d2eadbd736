package dev.gaugeblock.mm;

/** The zones that a request may take from, in the order in which they are tried (behaviour 3). May be empty. */
public final class Zonelist {
    private final Zone[] zones;

    private Zonelist(Zone[] zones) {
        this.zones = zones;
    }

    /** The zones from the goal's downwards, leaving out those without present frames. */
    static Zonelist downFrom(int goal, Zone[] nodeZones) {
        int length = 0;
        for (int index = goal; index >= 0; index--) {
            if (nodeZones[index].present != 0) {
                length++;
            }
        }
        Zone[] zones = new Zone[length];
        int at = 0;
        for (int index = goal; index >= 0; index--) {
            if (nodeZones[index].present != 0) {
                zones[at++] = nodeZones[index];
            }
        }
        return new Zonelist(zones);
    }

    public int length() {
        return zones.length;
    }

    public Zone zone(int position) {
        return zones[position];
    }

    /** {@code classzone_idx}: index of the first zone really in the list, which chooses the reserves. The list has one. */
    int classZone() {
        return zones[0].index;
    }
}
