package dev.gaugeblock.kernel.rule;

/**
 * What the rule has to know of a request.
 *
 * @param order of the block, from 0
 * @param high it may go half below the mark
 * @param harder it may go a quarter below what is left of the mark
 * @param usesCma pages of CMA may serve it
 * @param countsHighatomic the pages that are reserved for requests that cannot wait count for it
 * @param takesHighatomic a block of that reserve may serve it
 * @param skipsBoost for a single page, what was put on the mark for a while does not count
 * @param ignoresMarks it may take what is there, as it frees memory itself
 */
public record Request(
        int order,
        boolean high,
        boolean harder,
        boolean usesCma,
        boolean countsHighatomic,
        boolean takesHighatomic,
        boolean skipsBoost,
        boolean ignoresMarks) {
    /** As the last look before an OOM kill asks: without going below the mark. */
    public Request atLastLook() {
        return new Request(order, false, false, usesCma, countsHighatomic, takesHighatomic, false, false);
    }

    /** The same for a block of another order. */
    public Request ofOrder(int other) {
        return new Request(other, high, harder, usesCma, countsHighatomic, takesHighatomic, skipsBoost, ignoresMarks);
    }
}
