package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sorts the blocks that are live at the end of a trace. */
final class LiveTelling {
    /** From this order on a block is hard to come by: the kernel calls larger ones costly. */
    private static final int HIGH_ORDER = 4;

    private final List<Block> blocks;
    private final KmemTelling telling;
    private final long lastLine;

    /** Of the blocks that are live at a line. */
    LiveTelling(List<Block> blocks, KmemTelling telling, long lastLine) {
        this.blocks = blocks;
        this.telling = telling;
        this.lastLine = lastLine;
    }

    /** What is live; {@code unseen} and {@code freeBlocks} are as in the report. */
    LiveReport report(long unseen, List<LiveReport.FreeBlocks> freeBlocks) {
        List<LiveReport.Sums> sums = List.of(
                sums(
                        "order",
                        block -> String.format(Locale.ROOT, "order %2d", order(block)),
                        Comparator.comparing(LiveReport.Sum::what)),
                sums("age", this::age, Comparator.comparing(LiveReport.Sum::what)),
                sums("task", telling::task, byPages()),
                sums("stack", telling::stack, byPages()));
        return new LiveReport(
                sums,
                oldestFirst(blocks.stream().filter(block -> order(block) >= HIGH_ORDER)),
                oldestFirst(alone()),
                unseen,
                freeBlocks);
    }

    private List<KmemFinding.Party> oldestFirst(Stream<Block> some) {
        return some.sorted(Comparator.comparingLong(Block::since).thenComparing(Block::pfn))
                .map(telling::owner)
                .toList();
    }

    /** Blocks that alone keep an aligned block of the largest order from being free, as far as the trace knows. */
    private Stream<Block> alone() {
        Map<Integer, Integer> live = new HashMap<>();
        blocks.forEach(block -> live.merge(block.pfn() >> KmemMachine.MAX_ORDER, 1, Integer::sum));
        return blocks.stream()
                .filter(block -> order(block) < KmemMachine.MAX_ORDER
                        && live.getOrDefault(block.pfn() >> KmemMachine.MAX_ORDER, 0) == 1);
    }

    private static Comparator<LiveReport.Sum> byPages() {
        return Comparator.comparingLong(LiveReport.Sum::pages).reversed().thenComparing(LiveReport.Sum::what);
    }

    /** What is left of a block that came back in parts counts as the smallest block that holds it. */
    private static int order(Block block) {
        return 32 - Integer.numberOfLeadingZeros(block.frames() - 1);
    }

    /** In which fifth of the trace a block was handed out. */
    private String age(Block block) {
        if (block.since() < 0) {
            return "before the trace";
        }
        long fifth = Math.min(4, 5 * block.since() / Math.max(1, lastLine));
        return "handed out in the lines from " + (fifth * 20) + " % to " + (fifth * 20 + 20) + " %";
    }

    private LiveReport.Sums sums(String by, Function<Block, String> what, Comparator<LiveReport.Sum> order) {
        Map<String, long[]> found = new HashMap<>();
        for (Block block : blocks) {
            long[] sum = found.computeIfAbsent(what.apply(block), key -> new long[2]);
            sum[0]++;
            sum[1] += block.frames();
        }
        found.remove("");
        List<LiveReport.Sum> sums = new ArrayList<>();
        found.forEach((key, sum) -> sums.add(new LiveReport.Sum(key, sum[0], sum[1])));
        sums.sort(order);
        return new LiveReport.Sums(by, sums);
    }
}
