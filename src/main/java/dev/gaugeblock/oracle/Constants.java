package dev.gaugeblock.oracle;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.Zone;

/** The allocator's constants by the names that the kernel gives them: what operation {@code consts} answers. */
final class Constants {
    private static final Answers VALUES = new Answers();

    static {
        VALUES.put("MAX_ORDER", BuddyLists.MAX_ORDER);
        VALUES.put("GFP_ZONETYPES", Gfp.ZONE_TYPES);
        VALUES.put("NODEZONE_SHIFT", PageFlags.NODEZONE_SHIFT);
        VALUES.put("ZONES_SHIFT", PageFlags.ZONES_SHIFT);
        VALUES.put("MAX_NODES_SHIFT", PageFlags.MAX_NODES_SHIFT);
        VALUES.put("DEF_PRIORITY", Zone.DEF_PRIORITY);
        VALUES.put("GFP_LEVEL_MASK", Gfp.LEVEL_MASK);
        VALUES.put("GFP_ATOMIC", Gfp.ATOMIC);
        VALUES.put("GFP_NOIO", Gfp.NOIO);
        VALUES.put("GFP_NOFS", Gfp.NOFS);
        VALUES.put("GFP_KERNEL", Gfp.KERNEL);
        VALUES.put("GFP_USER", Gfp.USER);
        VALUES.put("GFP_HIGHUSER", Gfp.HIGHUSER);
        VALUES.put("GFP_DMA", Gfp.DMA);
    }

    private Constants() {}

    static String[] names() {
        return VALUES.values().keySet().toArray(new String[0]);
    }

    static Answers values() {
        return VALUES;
    }
}
