package dev.gaugeblock.kernel.trace;

import dev.gaugeblock.kernel.rule.GfpBits;
import dev.gaugeblock.kernel.rule.GfpFlag;
import dev.gaugeblock.kernel.rule.GfpNames;
import dev.gaugeblock.kernel.rule.ZoneType;

/**
 * The flags of a request, as far as the judge asks: which kinds of zone it permits, and whether it is accounted to a
 * group of tasks.
 *
 * @param text as it was printed
 * @param bits by their names; of numbers those alone that choose the zone, which never moved
 */
public record RequestFlags(String text, GfpBits bits) {
    /** Reads names, a number in hexadecimal, or names with the number of what has no name. */
    static RequestFlags read(String text) {
        // Kernels before 4.6 print some flags without their underscores.
        GfpBits bits = GfpNames.read(text.replaceAll("(?<![A-Z_])GFP_(HIGHMEM|MOVABLE)(?![A-Z_])", "__GFP_$1"));
        for (String word : text.split("\\|")) {
            long number = number(word);
            for (int bit = 0; bit < ZONE_BITS.length; bit++) {
                bits = (number >> bit & 1) != 0 ? bits.with(ZONE_BITS[bit]) : bits;
            }
        }
        return new RequestFlags(text, bits);
    }

    private static final GfpFlag[] ZONE_BITS = {GfpFlag.DMA, GfpFlag.HIGHMEM, GfpFlag.DMA32, GfpFlag.MOVABLE};

    private static long number(String word) {
        try {
            return word.startsWith("0x") ? Long.parseUnsignedLong(word.substring(2), 16) : 0;
        } catch (NumberFormatException none) {
            return 0; // not a number but a name that nobody knows: it chooses no zone
        }
    }

    /** Whether it is accounted to a group of tasks, which may refuse it after a page was found. */
    public boolean isAccounted() {
        return bits.flags().contains(GfpFlag.ACCOUNT);
    }

    /** Whether a zone of a kind may serve it. */
    public boolean permits(ZoneType zone) {
        return zone.compareTo(bits.highestZone()) <= 0;
    }
}
