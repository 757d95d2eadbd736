package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.WatermarkRule;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.replay.Machine;
import dev.gaugeblock.oracle.replay.Reference;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The rule that explains kernel logs, in the era of 2.6.11, answers what the original answered. */
class KernelRuleVectorsTest {
    private final WatermarkRule rule = new WatermarkRule(
            Era.of(Objects.requireNonNull(KernelVersion.parse("2.6.11"))).clauses());

    @Test
    void shouldAnswerEachWatermarkTestOfTheVectors() throws IOException, TextFormatException {
        int asked = 0;
        int passed = 0;
        for (Path file : Vectors.all()) {
            if (Vectors.OF_BUFFERS.contains(Vectors.number(file))) {
                continue;
            }
            try (TraceReader trace = TraceReader.open(file)) {
                Reference reference = new Reference(trace.header().build());
                for (Event event = trace.next(); event != null; event = trace.next()) {
                    if (event.operation().equals("wmok")) {
                        boolean passes = answer(event, Objects.requireNonNull(reference.machine()));
                        assertEquals(event.integer("r") != 0, passes, event.position() + ": " + event.fields());
                        asked++;
                        passed += passes ? 1 : 0;
                    }
                    reference.apply(event);
                }
            }
        }
        assertTrue(asked > 1000 && passed > 100 && passed < asked - 100, passed + " of " + asked + " pass");
    }

    private boolean answer(Event event, Machine machine) {
        Zone zone = machine.allocator.memory().node(0).zone(event.integer("zone"));
        List<FreeBlocks> lists = new ArrayList<>();
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            lists.add(new FreeBlocks(zone.counts.freeBlocks(order).peek(), ""));
        }
        ZoneNumbers numbers = new ZoneNumbers(
                zone.counts.freePages.peek(),
                0,
                0,
                event.integer("mark"),
                0,
                zone.marks.lowmemReserve(event.integer("cls")),
                lists,
                false);
        Request request = new Request(
                event.integer("order"),
                event.integer("high") != 0,
                event.integer("cth") != 0,
                true,
                true,
                true,
                false,
                false);
        return rule.judge(numbers, request).passes();
    }
}
