package dev.gaugeblock.oracle;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.PageAddresses;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.FlagsLayout;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;

/** Constants by the names that the kernel gives them: what the operations {@code consts} and {@code kconst} answer. */
final class Constants {
    /** Where the vectors' kernel has its array of {@code struct page}, and the size of one. */
    private static final long MEM_MAP = 0xC1000000L;

    private static final int SIZEOF_PAGE = 32;

    private static final Answers VALUES = new Answers();

    static {
        VALUES.put("MAX_ORDER", BuddyLists.MAX_ORDER);
        VALUES.put("GFP_ZONETYPES", Gfp.ZONE_TYPES);
        VALUES.put("NODEZONE_SHIFT", FlagsLayout.UMA_32.nodezoneShift());
        VALUES.put("ZONES_SHIFT", FlagsLayout.ZONES_SHIFT);
        VALUES.put("MAX_NODES_SHIFT", FlagsLayout.UMA_32.maxNodesShift());
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

    static String[] highmemNames() {
        return highmem(new Build(false, 0, false, false)).values().keySet().toArray(new String[0]);
    }

    /** Those about high memory, which differ from build to build. */
    static Answers highmem(Build build) {
        HighmemLayout layout = build.layout();
        return new Answers()
                .put("LAST_PKMAP", build.lastPkmap())
                .put("PKMAP_BASE", layout.pkmapBase())
                .put("KM_TYPE_NR", layout.kmTypes())
                .put("FIXADDR_TOP", HighmemLayout.FIXADDR_TOP)
                .put("FIXADDR_START", layout.fixaddrStart())
                .put("FIXADDR_BOOT_START", layout.fixaddrBootStart())
                .put("FIX_KMAP_BEGIN", HighmemLayout.FIX_KMAP_BEGIN)
                .put("NR_CPUS", HighmemLayout.NR_CPUS)
                .put("mem_map", MEM_MAP)
                .put("sizeof_page", SIZEOF_PAGE)
                .put("PA_HASH_ORDER", PageAddresses.HASH_ORDER);
    }
}
