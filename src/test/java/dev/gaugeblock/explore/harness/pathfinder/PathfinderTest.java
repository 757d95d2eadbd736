package dev.gaugeblock.explore.harness.pathfinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.jpf.LitmusEncoder;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class PathfinderTest {
    private static final String REFUSAL = "this class runs under Java PathFinder alone; elsewhere it would hang."
            + " Use: gaugeblock explore --engine jpf";

    @Test
    void shouldRefuseToRunOnAnOrdinaryJavaMachine() {
        String[] arguments = LitmusEncoder.encode(Canary.deadlock()).toArray(String[]::new);

        assertEquals(
                REFUSAL,
                assertThrows(IllegalStateException.class, () -> Pathfinder.main(arguments))
                        .getMessage());
        assertEquals(
                REFUSAL,
                assertThrows(IllegalStateException.class, () -> Pathfinder.main(new String[0]))
                        .getMessage());
    }

    @Test
    void shouldBeTheOnlyWayToTheScheduler() {
        assertFalse(Modifier.isPublic(PathfinderScheduler.class.getModifiers()));
        assertFalse(Modifier.isPublic(ProgramThread.class.getModifiers()));
    }
}
