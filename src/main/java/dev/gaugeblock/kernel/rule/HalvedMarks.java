package dev.gaugeblock.kernel.rule;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Up to 4.3: for each order below the wanted one, its blocks are taken off and the mark is halved, and more than that
 * must be left.
 */
final class HalvedMarks implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        List<FreeBlocks> lists = sum.zone.lists();
        int order = sum.request.order();
        if (lists == null) {
            return order == 0 || sum.zone.unknownPasses()
                    ? null
                    : new Refusal(Refusal.By.BLOCKS_UNKNOWN, sum.free, sum.min + 1, order);
        }
        long left = sum.free;
        long min = sum.min;
        for (int smaller = 0; smaller < order; smaller++) {
            left -= smaller < lists.size() ? lists.get(smaller).count() << smaller : 0;
            min >>= 1;
            if (left <= min) {
                boolean none = lists.stream().skip(order).allMatch(blocks -> blocks.count() == 0);
                return new Refusal(none ? Refusal.By.NO_BLOCK : Refusal.By.HALVED_MARK, left, min + 1, smaller);
            }
            sum.passedBy(left - min);
        }
        return null;
    }
}
