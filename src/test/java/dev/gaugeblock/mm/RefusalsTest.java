package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;

/** Refinement, of requests that got nothing: which were refused wrongly, and which cannot be judged. */
class RefusalsTest {
    private static final String WRONG =
            "alloc-failure: the request of CPU 0 got nothing, but zone DMA has 16 free pages"
                    + " and a block that pages_min, 0, and the reserve let it have";

    private final TestMachine machine = TestMachine.withCpus(2, 16);
    private final Refinement refinement = new Refinement(machine.memory, 2, 4, true);
    private final Task task = Task.process(machine.cpus[0]);
    private final Task other = Task.process(machine.cpus[1]);

    private void isRefused(int order) {
        refinement.asksGhost(Gfp.ATOMIC, order, task);
        refinement.isAnsweredGhost(null, task);
    }

    @Test
    void shouldNoticeThatAPairWasRefusedThoughThereIsOne() {
        isRefused(1);
        assertEquals(WRONG, refinement.refinesContract());
    }

    @Test
    void shouldNoticeThatAFrameWasRefusedThoughNoZoneHadTo() {
        isRefused(0);
        assertEquals(WRONG, refinement.refinesContract());
    }

    /** Frames may be on their way: a pair that is there at the end need not have been there when the request looked. */
    @Test
    void shouldNotJudgeAPairThatWasAskedForWhileSomebodyHeldTheLock() {
        Zone zone = machine.dma();
        boolean was = other.cpu.interrupts.save(other);
        zone.lock.acquire(other);
        refinement.asksGhost(Gfp.ATOMIC, 1, task);
        zone.lock.release(other);
        other.cpu.interrupts.restore(was, other);
        refinement.isAnsweredGhost(null, task);
        assertNull(refinement.refinesContract());
    }

    @Test
    void shouldForgetARefusalWhenATaskGoesOn() {
        isRefused(1);
        refinement.goesOnGhost();
        assertNull(refinement.refinesContract());
    }
}
