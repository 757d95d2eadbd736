package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.WatermarkRule;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rule that explains kernel logs, in the era of 2.6.11, is {@link Watermark}. */
class WatermarkOfLogsTest {
    private static final int INPUTS = 1_000_000;

    private final TestMachine machine = TestMachine.booted(new MemoryLayout(0, 16, 16, 16), "none");
    private final Zone zone = machine.dma();

    @Test
    void shouldBeTheRuleOfTheReference() {
        WatermarkRule rule = new WatermarkRule(
                Era.of(Objects.requireNonNull(KernelVersion.parse("2.6.11"))).clauses());
        Random random = new Random(11);
        int passed = 0;
        int byLists = 0;
        for (int i = 0; i < INPUTS; i++) {
            List<FreeBlocks> lists = new ArrayList<>();
            long listed = 0;
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                int blocks = random.nextInt(3) == 0 ? random.nextInt(8) : 0;
                zone.counts.freeBlocks(order).init(blocks);
                lists.add(new FreeBlocks(blocks, ""));
                listed += (long) blocks << order;
            }
            int free = (int) listed + (random.nextInt(4) == 0 ? random.nextInt(9) - 4 : 0);
            zone.counts.freePages.init(free);
            int order = random.nextInt(BuddyLists.MAX_ORDER);
            // Most of them near the limit, where the rule is decided.
            int mark = Math.max(
                    0,
                    random.nextBoolean()
                            ? free - random.nextInt(1 << order + 1)
                            : random.nextInt(Math.max(1, free + 2)));
            boolean high = random.nextBoolean();
            boolean harder = random.nextBoolean();
            int leeway = TestMachine.leeway(harder, high);
            boolean expected = Watermark.isOk(zone, free, order, mark, Zone.DMA, leeway, machine.task);
            ZoneNumbers numbers =
                    new ZoneNumbers(free, 0, 0, mark, 0, zone.marks.lowmemReserve(Zone.DMA), lists, false);
            boolean passes = rule.judge(numbers, new Request(order, high, harder, true, true, true, false, false))
                    .passes();
            assertEquals(
                    expected,
                    passes,
                    () -> "order " + order + " of " + numbers + (high ? " high" : "") + (harder ? " harder" : ""));
            passed += passes ? 1 : 0;
            byLists += !passes && free - (1 << order) + 1 > mark ? 1 : 0;
        }
        assertTrue(passed > INPUTS / 10 && passed < INPUTS * 9 / 10, passed + " pass");
        assertTrue(byLists > INPUTS / 100, byLists + " are refused by what their blocks are");
    }
}
