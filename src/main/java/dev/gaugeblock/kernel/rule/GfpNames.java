package dev.gaugeblock.kernel.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The names that kernels from 4.6 on print behind a mask: {@code GFP_KERNEL|__GFP_COMP}. */
public final class GfpNames {
    private static final String KERNEL = "WAIT KSWAPD IO FS";

    private static final Map<String, String> SUMS = Map.ofEntries(
            Map.entry("GFP_ATOMIC", "HIGH ATOMIC KSWAPD"),
            Map.entry("GFP_KERNEL", KERNEL),
            Map.entry("GFP_KERNEL_ACCOUNT", KERNEL + " ACCOUNT"),
            Map.entry("GFP_NOWAIT", "KSWAPD"),
            Map.entry("GFP_NOIO", "WAIT KSWAPD"),
            Map.entry("GFP_NOFS", "WAIT KSWAPD IO"),
            Map.entry("GFP_TEMPORARY", KERNEL + " RECLAIMABLE"),
            Map.entry("GFP_USER", KERNEL + " HARDWALL"),
            Map.entry("GFP_DMA", "DMA"),
            Map.entry("GFP_DMA32", "DMA32"),
            Map.entry("GFP_HIGHUSER", KERNEL + " HARDWALL HIGHMEM"),
            Map.entry("GFP_HIGHUSER_MOVABLE", KERNEL + " HARDWALL HIGHMEM MOVABLE"),
            Map.entry("GFP_TRANSHUGE_LIGHT", "KSWAPD IO FS HARDWALL HIGHMEM MOVABLE COMP NOMEMALLOC NOWARN"),
            Map.entry("GFP_TRANSHUGE", KERNEL + " HARDWALL HIGHMEM MOVABLE COMP NOMEMALLOC NOWARN"));

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("DIRECT_RECLAIM", "WAIT"),
            Map.entry("KSWAPD_RECLAIM", "KSWAPD"),
            Map.entry("RECLAIM", "WAIT KSWAPD"),
            Map.entry("RETRY_MAYFAIL", "REPEAT"),
            Map.entry("NOLOCKDEP", "NO_MATTER"),
            Map.entry("ZEROTAGS", "NO_MATTER"),
            Map.entry("SKIP_ZERO", "NO_MATTER"),
            Map.entry("SKIP_KASAN", "NO_MATTER"),
            Map.entry("SKIP_KASAN_POISON", "NO_MATTER"),
            Map.entry("SKIP_KASAN_UNPOISON", "NO_MATTER"),
            Map.entry("NO_OBJ_EXT", "NO_MATTER"));

    private GfpNames() {}

    /**
     * The flags that names stand for. What stands among them and is no name that is known is in {@link
     * GfpBits#unknown}.
     */
    public static GfpBits read(String names) {
        Set<GfpFlag> flags = EnumSet.noneOf(GfpFlag.class);
        List<String> unknown = new ArrayList<>();
        for (String name : names.split("\\|")) {
            String words = name.startsWith("__GFP_") ? flag(name.substring("__GFP_".length())) : SUMS.get(name);
            if (words == null) {
                unknown.add(name);
                continue;
            }
            for (String word : words.split(" ")) {
                flags.add(GfpFlag.valueOf(word));
            }
        }
        return new GfpBits(flags, unknown);
    }

    private static @Nullable String flag(String name) {
        String other = OTHER_NAMES.get(name);
        if (other != null) {
            return other;
        }
        for (GfpFlag flag : GfpFlag.values()) {
            if (flag.name().equals(name)) {
                return name;
            }
        }
        return null;
    }
}
