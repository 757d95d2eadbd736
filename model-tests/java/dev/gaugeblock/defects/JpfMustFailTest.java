package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What Java PathFinder must fail on for its "no errors" to mean anything: a lock left out where nothing asserts it, and
 * a lost wake-up. Skipped, and said to be, where it is not installed.
 */
class JpfMustFailTest {
    @Test
    void shouldFindALockLeftOutThatNothingAsserts() throws IOException, DefectException {
        Row row = tried("kmap-count-after-lock");
        assertEquals(
                "kmap-counted",
                row.cell(Engine.JPF).first().orElseThrow().id(),
                row.unmet().toString());
        String told = row.cell(Engine.JPF).first().orElseThrow().text();
        assertTrue(told.contains("No schedule of the built-in explorer does this"), told);
        assertTrue(told.contains("PkmapSlots.java:"), told);
        assertEquals(List.of(), row.cell(Engine.BUILTIN).found(), "the explorer takes what it races in for one step");
    }

    @Test
    void shouldFindALostWakeUp() throws IOException, DefectException {
        Row row = tried("kmap-wakeup-left-out");
        assertEquals(
                "kmap-lost-wakeup",
                row.cell(Engine.JPF).first().orElseThrow().id(),
                row.unmet().toString());
    }

    private static Row tried(String id) throws IOException, DefectException {
        assumeTrue(Engine.JPF.isHere(), "Java PathFinder is not installed: docs/jpf.md");
        for (Defect defect : Defects.shipped()) {
            if (defect.id().equals(id)) {
                return Trials.thorough(defect, "");
            }
        }
        throw new IllegalArgumentException("there is no defect " + id);
    }
}
