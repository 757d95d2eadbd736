package dev.gaugeblock.kernel.rule;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** From 4.4 on: a block of the wanted order or a larger one must be there, of a type that may serve the request. */
final class LargeEnoughBlock implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        int order = sum.request.order();
        List<FreeBlocks> lists = sum.zone.lists();
        if (order == 0 || lists == null && sum.zone.unknownPasses()) {
            return null;
        }
        if (lists == null) {
            return new Refusal(Refusal.By.BLOCKS_UNKNOWN, sum.free, 1, order);
        }
        boolean any = false;
        boolean unknown = false;
        long usable = 0;
        for (int larger = order; larger < lists.size(); larger++) {
            FreeBlocks blocks = lists.get(larger);
            any |= blocks.count() > 0;
            unknown |= blocks.count() > 0 && blocks.types().isEmpty();
            usable += isUsable(blocks, sum) ? blocks.count() << larger : 0;
        }
        if (usable > 0) {
            sum.passedBy(usable);
            return null;
        }
        Refusal.By by = unknown ? Refusal.By.BLOCKS_UNKNOWN : any ? Refusal.By.NO_BLOCK_OF_TYPE : Refusal.By.NO_BLOCK;
        return new Refusal(by, sum.free, 1, order);
    }

    private static boolean isUsable(FreeBlocks blocks, Reckoning sum) {
        if (blocks.count() == 0 || blocks.types().isEmpty()) {
            return blocks.count() > 0 && sum.zone.unknownPasses();
        }
        for (char type : blocks.types().toCharArray()) {
            boolean usable =
                    switch (type) {
                        case 'U', 'M', 'E' -> true;
                        case 'C' -> sum.request.usesCma();
                        case 'H' -> sum.request.takesHighatomic();
                        default -> false;
                    };
            if (usable) {
                return true;
            }
        }
        return false;
    }
}
