package dev.gaugeblock.oracle.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.oracle.replay.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @Test
    void shouldKeepAQueueForEachKindOfAnswer() {
        Script script =
                Script.parse(List.of("R:0", "O:f8.3@1", "R:32:n,c5.0@0", "C:n", "C:f1.0@2,f2.1@3", "K:u7,k8", "K:n"));

        assertEquals(new Script.Reclaim(0, List.of()), script.nextReclaim());
        assertEquals(
                new Script.Reclaim(32, List.of(new Script.Action(Script.Kind.FREE_COLD, 5, 0, 0))),
                script.nextReclaim());
        assertThrows(StuckException.class, script::nextReclaim);

        assertEquals(List.of(new Script.Action(Script.Kind.FREE, 8, 3, 1)), script.nextOomKill());
        assertEquals(List.of(), script.nextOomKill());

        assertEquals(List.of(), script.nextCongestionWait());
        assertEquals(
                List.of(new Script.Action(Script.Kind.FREE, 1, 0, 2), new Script.Action(Script.Kind.FREE, 2, 1, 3)),
                script.nextCongestionWait());
        assertEquals(List.of(), script.nextCongestionWait());

        assertEquals(
                List.of(new Script.Action(Script.Kind.KUNMAP, 7, 0, 0), new Script.Action(Script.Kind.KMAP, 8, 0, 0)),
                script.nextSleep());
        assertEquals(List.of(), script.nextSleep());
        assertThrows(BlockedException.class, script::nextSleep);

        assertEquals(6, script.actions().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "R",
                "R:",
                "R:-1",
                "R:x",
                "R:0:",
                "R:0:n,",
                "R:9999999999",
                "O",
                "O:",
                "O:f1",
                "O:f1.0",
                "C:f1.0@",
                "C:x",
                "K",
                "K:",
                "K:k",
                "K:k1.0",
                "K:u9999999999",
                "P:n",
                "r:0",
                " R:0"
            })
    void shouldRefuseWhatIsNoItem(String item) {
        assertThrows(IllegalArgumentException.class, () -> Script.parse(List.of(item)));
    }

    /** No vector has such a script: what reclaim frees is what the allocation then gets. */
    @Test
    void shouldActWhileTheAllocationWaits() {
        Machine machine = new Machine(new MemoryLayout(0, 4, 0, 0), 2, new Build(false, 1, false, false));
        machine.free("blocks");
        PageFrame block = machine.allocator.alloc(0, 2, machine.process(0));
        machine.surroundings.begin(Script.parse(List.of("R:0", "C:n", "R:1:f" + block.pfn + ".2@1")));
        assertEquals(block, machine.allocator.alloc(0x10, 1, machine.process(0)));
        assertEquals(
                List.of(
                        "kswapd_wake",
                        "cond_resched",
                        "ttfp:10:1:800",
                        "cond_resched",
                        "congestion_wait:1:20",
                        "cond_resched",
                        "ttfp:10:1:800",
                        "cond_resched"),
                machine.surroundings.trace());
        assertTrue(machine.freePages().contains(2L));
    }

    /** Nor one like this: while an allocation waits, another task takes the only slot of the kmap window. */
    @Test
    void shouldMapAndUnmapWhileTheAllocationWaits() {
        Machine machine = new Machine(new MemoryLayout(0, 4, 0, 4), 1, new Build(false, 1, false, false));
        machine.free("none");
        machine.surroundings.begin(Script.parse(List.of("R:0:k4,u4")));
        assertThrows(StuckException.class, () -> machine.allocator.alloc(0x10, 0, machine.process(0)));
        assertEquals(1, machine.highmem().kmap().count(0));
        assertEquals(4, machine.highmem().kmap().mappedPfn(0));
        assertTrue(machine.surroundings.trace().contains("other_kmap:4:ffc00000"));
    }
}
