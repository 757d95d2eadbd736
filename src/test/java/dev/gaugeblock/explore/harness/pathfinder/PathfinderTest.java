package dev.gaugeblock.explore.harness.pathfinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class PathfinderTest {
    private static final String REFUSAL = "this class runs under Java PathFinder alone; elsewhere it would hang."
            + " Use: gaugeblock explore --engine jpf";

    @Test
    void shouldRefuseToRunOnAnOrdinaryJavaMachine() {
        // One program alone, which would come to its end even here.
        String[] arguments = {"machine 1 0 8 0 0 none 0 4 0 0", "before", "program 0 0 0 0 0", "do 4 -1 0 0 0 drain"};

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
