package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.highmem.HighmemLayout;

/**
 * What was chosen when the kernel was compiled, as the header says it.
 *
 * @param hugetlb {@code CONFIG_HUGETLB_PAGE}: there are compound blocks
 * @param lastPkmap slots of the kmap window; 0: there is none
 * @param pae page tables have the PAE form
 * @param debugHighmem {@code CONFIG_DEBUG_HIGHMEM}
 */
public record Build(boolean hugetlb, int lastPkmap, boolean pae, boolean debugHighmem) {
    /** A build. {@link IllegalArgumentException} for a number of slots that no window has. */
    public Build {
        layout(lastPkmap, pae, debugHighmem);
    }

    /** Throws {@link IllegalArgumentException} if there is no kmap window. */
    public void requireWindow() {
        if (lastPkmap == 0) {
            throw new IllegalArgumentException("there is no kmap window: the header's last_pkmap is 0");
        }
    }

    /** Where the windows into high memory lie. The atomic ones are there even if the kmap window is not. */
    public HighmemLayout layout() {
        return layout(lastPkmap, pae, debugHighmem);
    }

    private static HighmemLayout layout(int lastPkmap, boolean pae, boolean debugHighmem) {
        return new HighmemLayout(lastPkmap == 0 ? 1 : lastPkmap, pae, debugHighmem);
    }
}
