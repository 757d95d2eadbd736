package dev.gaugeblock.kernel.rule;

/**
 * Why a zone does not serve a request.
 *
 * @param by the clause
 * @param has how many pages counted there
 * @param needs how many would have passed: one more than the mark and the reserve together
 * @param order for {@link By#HALVED_MARK}, the order whose blocks were too small; else that of the request
 */
public record Refusal(By by, long has, long needs, int order) {
    /** The clause that refused. */
    public enum By {
        /** Not even the mark would be left. */
        MARK,
        /** The mark would be left, but not the reserve for requests that cannot go elsewhere. */
        RESERVE,
        /** Enough pages, too few of them in large blocks. */
        HALVED_MARK,
        /** No block is large enough. */
        NO_BLOCK,
        /** Blocks are large enough, but none of a type that may serve the request. */
        NO_BLOCK_OF_TYPE,
        /** Nothing is known of the blocks. */
        BLOCKS_UNKNOWN
    }

    /** How many pages more would have passed; 0 if it is not a matter of their number. */
    public long shortBy() {
        return by == By.MARK || by == By.RESERVE || by == By.HALVED_MARK ? needs - has : 0;
    }
}
