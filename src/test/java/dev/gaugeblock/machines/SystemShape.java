package dev.gaugeblock.machines;

import java.util.List;

/**
 * A machine to try: by node the frames of its zones, by CPU its node; how it boots; how far the nodes lie apart, or
 * nothing; whether there are compound blocks, and checks of atomic windows; whether the device ends requests later; the
 * slots of the kmap window; how many frames are in use at the start that reclaim may take; bytes of a block of the file
 * system, whether pages stay in memory that no buffer uses, and which buffers the session uses; and what it is about.
 */
record SystemShape(
        List<List<Integer>> nodes,
        List<Integer> cpus,
        String boot,
        List<List<Integer>> distances,
        boolean compound,
        boolean debugHighmem,
        boolean deferredDevice,
        int pkmap,
        int lru,
        int blockSize,
        boolean keepsPages,
        List<Integer> buffers,
        Focus focus) {
    /** What a session does most. */
    enum Focus {
        ALL,
        MEMORY,
        MAPPINGS,
        WINDOWS,
        BUFFERS,
        RECLAIM
    }

    int zones() {
        return nodes.size() * 3;
    }

    static int gfp(String names) {
        int gfp = 0;
        for (String name : names.split("\\|")) {
            gfp |= switch (name) {
                case "DMA" -> 1;
                case "HIGHMEM" -> 2;
                case "WAIT" -> 0x10;
                case "HIGH" -> 0x20;
                case "IO" -> 0x40;
                case "FS" -> 0x80;
                case "COLD" -> 0x100;
                case "REPEAT" -> 0x400;
                case "NOFAIL" -> 0x800;
                case "NORETRY" -> 0x1000;
                case "COMP" -> 0x4000;
                case "ZERO" -> 0x8000;
                default -> throw new IllegalArgumentException("no bit " + name);
            };
        }
        return gfp;
    }
}
