package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.PageAddresses;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.FlagsLayout;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.pagebuf.PageBufFlags;

/**
 * Constants by the names that the kernel gives them: what {@code consts}, {@code kconst} and {@code xfsconst} answer.
 */
public final class Constants {
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

    private static final Answers OF_BUFFERS = new Answers()
            .put("PBF_READ", PageBufFlags.READ)
            .put("PBF_WRITE", PageBufFlags.WRITE)
            .put("PBF_MAPPED", PageBufFlags.MAPPED)
            .put("PBF_PARTIAL", PageBufFlags.PARTIAL)
            .put("PBF_ASYNC", PageBufFlags.ASYNC)
            .put("PBF_NONE", PageBufFlags.NONE)
            .put("PBF_DELWRI", PageBufFlags.DELWRI)
            .put("PBF_STALE", PageBufFlags.STALE)
            .put("PBF_FS_MANAGED", PageBufFlags.FS_MANAGED)
            .put("PBF_FS_DATAIOD", PageBufFlags.FS_DATAIOD)
            .put("PBF_FORCEIO", PageBufFlags.FORCEIO)
            .put("PBF_FLUSH", PageBufFlags.FLUSH)
            .put("PBF_READ_AHEAD", PageBufFlags.READ_AHEAD)
            .put("PBF_LOCK", PageBufFlags.LOCK)
            .put("PBF_TRYLOCK", PageBufFlags.TRYLOCK)
            .put("PBF_DONT_BLOCK", PageBufFlags.DONT_BLOCK)
            .put("_PBF_PAGE_CACHE", PageBufFlags.PAGE_CACHE)
            .put("_PBF_KMEM_ALLOC", PageBufFlags.KMEM_ALLOC)
            .put("_PBF_RUN_QUEUES", PageBufFlags.RUN_QUEUES)
            .put("PBF_UPDATE", PageBufFlags.UPDATE);

    private Constants() {}

    static String[] names() {
        return VALUES.values().keySet().toArray(new String[0]);
    }

    public static Answers values() {
        return VALUES;
    }

    static String[] bufferNames() {
        return OF_BUFFERS.values().keySet().toArray(new String[0]);
    }

    /** The flags of page buffers. */
    public static Answers ofBuffers() {
        return OF_BUFFERS;
    }

    static String[] highmemNames() {
        return highmem(new Build(false, 0, false, false)).values().keySet().toArray(new String[0]);
    }

    /** Those about high memory, which differ from build to build. */
    public static Answers highmem(Build build) {
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
