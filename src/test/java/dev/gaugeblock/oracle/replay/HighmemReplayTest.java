package dev.gaugeblock.oracle.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left of one event for the next, where no vector says it. */
class HighmemReplayTest {
    private static final long DIRECT = 0xC0000000L;
    private static final long WINDOW = 0xffffffffL / 4096 * 4096 - 11 * 4096;
    private static final String UNMAP_IN_INTERRUPT = "'op':'kunmap','pfn':2,'irq':1";

    private final Reference reference = new Reference(new Build(false, 1, false, false));

    HighmemReplayTest() throws TextFormatException {
        ask("'op':'zones','sizes':[2,0,4],'node_start':0");
        ask("'op':'ncpu','n':2");
        ask("'op':'bootq','mode':'blocks'");
    }

    /** The answers to an event without answers. */
    private Map<String, Object> ask(String event) throws TextFormatException {
        Position here = new Position("test", 1);
        Map<String, Object> fields = JsonReader.read("{" + event.replace('\'', '"') + "}", here);
        String name = (String) fields.get("op");
        return reference
                .apply(Operation.named(name), new Event(here, 0, name, fields))
                .values();
    }

    @Test
    void shouldCarryThePreemptCountFromCpuToCpuUntilABug() throws TextFormatException {
        assertEquals(1L, ask("'op':'katomic','cpu':0,'pfn':2,'type':0").get("preempt"));
        assertEquals(2L, ask("'op':'katomic','cpu':1,'pfn':1,'type':0").get("preempt"));
        assertEquals(
                1L,
                ask("'op':'kunatomic','cpu':0,'vaddr':" + DIRECT + ",'type':5").get("preempt"));
        ask("'op':'alloc','cpu':0,'gfp':32978,'order':0,'task':0");
        assertEquals(
                0L,
                ask("'op':'kunatomic','cpu':1,'vaddr':" + WINDOW + ",'type':0").get("preempt"));
        assertEquals(
                -1L,
                ask("'op':'kunatomic','cpu':1,'vaddr':" + WINDOW + ",'type':0").get("preempt"));
        assertEquals("BUG", ask(UNMAP_IN_INTERRUPT).get("r"));
        assertEquals(1L, ask("'op':'katomic','cpu':0,'pfn':2,'type':0").get("preempt"));
        ask("'op':'reset'");
        ask("'op':'zones','sizes':[1,0,0],'node_start':0");
        ask("'op':'bootq','mode':'blocks'");
        assertEquals(1L, ask("'op':'katomic','cpu':0,'pfn':0,'type':0").get("preempt"));
    }

    @Test
    void shouldPretendWaitersUntilToldOtherwise() throws TextFormatException {
        ask("'op':'kwaiters','n':2");
        assertWakesUp(true);
        assertWakesUp(true);
        ask(UNMAP_IN_INTERRUPT);
        assertWakesUp(true);
        ask("'op':'kwaiters','n':0");
        assertWakesUp(false);
    }

    @Test
    void shouldHaveAnEmptyQueueAfterASleeperWasGivenUp() throws TextFormatException {
        ask("'op':'kwaiters','n':2");
        ask("'op':'kmap','pfn':2");
        assertEquals("BLOCKED", ask("'op':'kmap','pfn':3").get("r"));
        assertFalse(ask("'op':'kunmap','pfn':2,'irq':0").containsKey("tr"));
    }

    /** The script gives up the slot that is slept for, then frees a frame that is free. */
    @Test
    void shouldForgetTheSleeperAfterABugOfItsScript() throws TextFormatException {
        ask("'op':'kmap','pfn':2");
        Map<String, Object> answers = ask("'op':'kmap','pfn':3,'script':['K:u2,f4.0@0']");
        assertEquals("__free_pages: count_is_zero", answers.get("bug"));
        assertEquals(List.of("flush_range:ffc00000-ffc01000", "schedule", "wake_up"), answers.get("tr"));
        assertWakesUp(false);
    }

    /** kmap ends the frame's life without users in the only slot, kunmap begins it: the latter wakes. */
    private void assertWakesUp(boolean expected) throws TextFormatException {
        assertEquals(2L, ask("'op':'kmap','pfn':4").get("count"));
        Map<String, Object> answers = ask("'op':'kunmap','pfn':4,'irq':0");
        assertEquals(1L, answers.get("count"));
        assertEquals(expected ? List.of("wake_up") : null, answers.get("tr"));
    }
}
