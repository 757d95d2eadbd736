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

/**
 * The check of what was held since the last time, by which Java PathFinder's runs are spared checking everything at
 * each point.
 */
class InvariantCheckerTest {
    private static final int DMA = InvariantChecker.zone(Zone.DMA);
    private static final int NORMAL = InvariantChecker.zone(Zone.NORMAL);

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

    private String brokenBy(int due) {
        return assertThrows(InvariantBroken.class, () -> checker.check(simulation, due)).id;
    }

    @Test
    void shouldLeaveNothingDueWhereEverythingIsFree() {
        assertEquals(0, checker.check(simulation, DMA | NORMAL | InvariantChecker.cpu(0) | InvariantChecker.KMAP));
        assertTrue(checker.checks() > 0);
    }

    @Test
    void shouldCheckWhatTheDueGuardProtects() {
        miscount(Zone.NORMAL);
        assertEquals("free-pages-sum", brokenBy(NORMAL));
        assertEquals("free-pages-sum", brokenBy(InvariantChecker.EVERYTHING));
    }

    @Test
    void shouldPassOverWhatNobodyHeld() {
        miscount(Zone.NORMAL);
        assertEquals(0, checker.check(simulation, DMA));
        assertEquals(0, checker.check(simulation, 0));
    }

    @Test
    void shouldPutOffWhatIsStillHeld() {
        miscount(Zone.DMA);
        Zone dma = simulation.allocator().memory().zone(Zone.DMA);
        simulation.cpu(0).interrupts.set(false);
        dma.lock.acquire(simulation.task(0));
        int left = checker.check(simulation, DMA);
        assertTrue((left & DMA) != 0, "0x" + Integer.toHexString(left));
        dma.lock.release(simulation.task(0));
        assertEquals("free-pages-sum", brokenBy(left));
    }

    @Test
    void shouldCheckWhatNoGuardProtectsEachTime() {
        simulation.task(0).memalloc = true;
        assertEquals("memalloc-restored", brokenBy(0));
    }

    /**
     * A frame that is on no list, though no list was held since: the free count that was due covers the whole machine.
     */
    @Test
    void shouldCheckTheWholeMachineWhereAnythingWasHeld() {
        simulation.liveBlocks().addGhost(simulation.allocator().memory().frame(0), 0);
        assertEquals("frames-conserved", brokenBy(NORMAL));
        assertEquals(0, checker.check(simulation, 0));
    }
}
