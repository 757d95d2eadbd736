package dev.gaugeblock.explore.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.mm.Zone;
import org.junit.jupiter.api.Test;

/** What is checked at a scheduling point: what nobody holds, whether somebody held it or not. */
class InvariantCheckerTest {
    private final LitmusTest test = LitmusParser.parse(
            "sound.litmus",
            """
            litmus sound
            "Two zones, and nothing wrong with them."
            machine
              cpus 2
              zone DMA 4
              zone Normal 4
            cpu 0
              p = alloc ATOMIC 0
            """);
    private final Simulation simulation = test.boot(new SequentialScheduler());
    private final InvariantChecker checker = new InvariantChecker(true);

    private void miscount(int zone) {
        simulation.allocator().memory().zone(zone).counts.freePages.init(9);
    }

    private String broken() {
        return assertThrows(InvariantBroken.class, () -> checker.check(simulation)).id;
    }

    @Test
    void shouldCountWhatItChecks() {
        checker.check(simulation);
        long once = checker.checks();
        checker.check(simulation);
        assertTrue(once > 0);
        assertEquals(2 * once, checker.checks());
    }

    @Test
    void shouldSeeWhatChangedThoughNobodyHeldItsLock() {
        checker.check(simulation);
        miscount(Zone.NORMAL);
        assertEquals("free-pages-sum", broken());
    }

    @Test
    void shouldPutOffWhatIsHeld() {
        miscount(Zone.DMA);
        Zone dma = simulation.allocator().memory().zone(Zone.DMA);
        simulation.cpu(0).interrupts.set(false);
        dma.lock.acquire(simulation.task(0));
        checker.check(simulation);
        dma.lock.release(simulation.task(0));
        assertEquals("free-pages-sum", broken());
    }

    @Test
    void shouldCheckWhatNoGuardProtects() {
        simulation.task(0).memalloc = true;
        assertEquals("memalloc-restored", broken());
    }

    @Test
    void shouldCheckTheWholeMachineWhereNothingIsHeld() {
        simulation.liveBlocks().addGhost(simulation.allocator().memory().frame(0), 0);
        assertEquals("frames-conserved", broken());
    }

    @Test
    void shouldKnowOneMachineFromAnother() {
        checker.check(simulation);
        Simulation other = test.boot(new SequentialScheduler());
        other.task(0).memalloc = true;
        assertEquals("memalloc-restored", assertThrows(InvariantBroken.class, () -> checker.check(other)).id);
        checker.check(simulation);
    }
}
