package dev.gaugeblock.api;

/**
 * The memory of a machine: its zones, from low frames to high ones, and the frames in them that nobody may use. (No
 * record and no stream: Java PathFinder executes this too.)
 */
public final class MachineDescription {
    private static final String DMA = "DMA";
    private static final String HIGHMEM = "HighMem";

    private final ZoneDescription[] zones;
    private final boolean[] usable;
    private final int cpus;

    /**
     * A machine.
     *
     * @param cpus how many CPUs it has, from 1
     * @param zones without gaps between them, from low frames to high ones
     * @param reserved numbers of frames that do not exist, or that nobody may use
     * @throws IllegalArgumentException for a reserved frame outside of all zones, or no CPU
     */
    public MachineDescription(int cpus, ZoneDescription[] zones, int... reserved) {
        if (cpus < 1) {
            throw new IllegalArgumentException("a machine of " + cpus + " CPUs: it needs at least 1");
        }
        this.cpus = cpus;
        this.zones = zones.clone();
        this.usable = new boolean[endOf(zones)];
        for (ZoneDescription zone : zones) {
            for (int i = 0; i < zone.frames(); i++) {
                usable[zone.first() + i] = true;
            }
        }
        for (int frame : reserved) {
            if (frame < 0 || frame >= usable.length || !usable[frame]) {
                throw new IllegalArgumentException("reserved frame " + frame + " is in no zone, or is named twice");
            }
            usable[frame] = false;
        }
    }

    /** {@return how many CPUs there are} */
    public int cpus() {
        return cpus;
    }

    /** {@return how many zones have frames} */
    public int zones() {
        return zones.length;
    }

    /**
     * {@return a zone by its index, 0 that with the lowest frames}
     *
     * @param index from 0 to {@link #zones} - 1
     */
    public ZoneDescription zone(int index) {
        return zones[index];
    }

    /**
     * {@return the number after that of the last frame} Numbers below that of the first zone's first frame are no
     * frames.
     */
    public int endFrame() {
        return usable.length;
    }

    private static int endOf(ZoneDescription[] zones) {
        if (zones.length == 0) {
            throw new IllegalArgumentException("a machine without zones: it needs at least one");
        }
        ZoneDescription last = zones[zones.length - 1];
        return last.first() + last.frames();
    }

    /**
     * {@return whether a frame exists and is free at first: neither in a hole nor reserved}
     *
     * @param frame any number
     */
    public boolean isUsable(int frame) {
        return frame >= 0 && frame < usable.length && usable[frame];
    }

    /** {@return how many frames exist and are free at first} */
    public int usableFrames() {
        int frames = 0;
        for (boolean each : usable) {
            frames += each ? 1 : 0;
        }
        return frames;
    }

    /**
     * {@return the index of the zone that a frame lies in}
     *
     * @param frame any number
     * @throws IllegalArgumentException if there is none
     */
    public int zoneOf(int frame) {
        for (int i = 0; i < zones.length; i++) {
            if (zones[i].spans(frame)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "frame " + frame + " is in no zone: there are frames " + zones[0].first() + ".." + (endFrame() - 1));
    }

    /**
     * {@return the indices of the zones that a request permits, in the order in which Linux would try them: of the node
     * first, the highest zone first}
     *
     * @param gfp the request's bits: with {@link Subject#DMA} only zone DMA, with {@link Subject#HIGHMEM} all,
     *     otherwise all but HighMem
     * @param node of the CPU that asks
     */
    public int[] zonesFor(int gfp, int node) {
        int[] indices = new int[zones.length];
        int length = add(gfp, node, true, indices, 0);
        length = add(gfp, node, false, indices, length);
        int[] permitted = new int[length];
        System.arraycopy(indices, 0, permitted, 0, length);
        return permitted;
    }

    private int add(int gfp, int node, boolean own, int[] indices, int from) {
        int length = from;
        for (int i = zones.length - 1; i >= 0; i--) {
            if (permits(gfp, zones[i]) && (zones[i].node() == node) == own) {
                indices[length++] = i;
            }
        }
        return length;
    }

    private static boolean permits(int gfp, ZoneDescription zone) {
        if ((gfp & Subject.DMA) != 0) {
            return zone.name().endsWith(DMA);
        }
        return (gfp & Subject.HIGHMEM) != 0 || !zone.name().endsWith(HIGHMEM);
    }
}
