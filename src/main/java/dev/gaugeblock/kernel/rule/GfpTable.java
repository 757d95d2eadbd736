package dev.gaugeblock.kernel.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which bit of a request's mask means what, in one era. */
public final class GfpTable {
    private final Map<Long, GfpFlag> bits = new LinkedHashMap<>();

    private GfpTable() {}

    /** Reads a table: words like {@code HIGH=20}, the number in hexadecimal, later ones in place of earlier ones. */
    static GfpTable of(String... parts) {
        GfpTable table = new GfpTable();
        for (String word : String.join(" ", parts).trim().split("\\s+")) {
            String[] pair = word.split("=");
            GfpFlag flag = GfpFlag.valueOf(pair[0]);
            if (flag != GfpFlag.NO_MATTER) {
                table.bits.values().remove(flag);
            }
            table.bits.put(Long.parseLong(pair[1], 16), flag);
        }
        return table;
    }

    /** The flags of a mask, and the bits of it that the table does not have. */
    public GfpBits read(long mask) {
        Set<GfpFlag> flags = EnumSet.noneOf(GfpFlag.class);
        List<String> unknown = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE - 1; bit++) {
            long value = 1L << bit;
            if ((mask & value) != 0) {
                GfpFlag flag = bits.get(value);
                if (flag == null) {
                    unknown.add(String.format(Locale.ROOT, "0x%x", value));
                } else {
                    flags.add(flag);
                }
            }
        }
        return new GfpBits(flags, unknown);
    }
}
