package dev.gaugeblock.kernel.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The mask of a request, understood.
 *
 * @param flags what is set
 * @param unknown bits or names that mean nothing to this program
 */
public record GfpBits(Set<GfpFlag> flags, List<String> unknown) {
    boolean has(GfpFlag flag) {
        return flags.contains(flag);
    }

    /** The same with another flag. */
    public GfpBits with(GfpFlag flag) {
        Set<GfpFlag> more = EnumSet.copyOf(flags);
        more.add(flag);
        return new GfpBits(more, unknown);
    }

    /** Whether the request can wait, and free memory on its own time. */
    public boolean canWait() {
        return has(GfpFlag.WAIT);
    }

    /** Whether its pages can be moved, so that those of CMA may serve it. */
    public boolean isMovable() {
        return has(GfpFlag.MOVABLE) && !has(GfpFlag.RECLAIMABLE);
    }

    /** Whether it is bound to one node, which the report does not name. */
    public boolean isOfThisNode() {
        return has(GfpFlag.THISNODE);
    }

    /** Whether it must stay within the task's CPU set. */
    public boolean isWalled() {
        return has(GfpFlag.HARDWALL);
    }

    /** The highest zone that the mask permits ({@code gfp_zone}), where the build has that zone. */
    public ZoneType highestZone() {
        if (has(GfpFlag.DMA)) {
            return ZoneType.DMA;
        }
        if (has(GfpFlag.DMA32)) {
            return ZoneType.DMA32;
        }
        if (has(GfpFlag.HIGHMEM)) {
            return has(GfpFlag.MOVABLE) ? ZoneType.MOVABLE : ZoneType.HIGHMEM;
        }
        return ZoneType.NORMAL;
    }
}
