package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodesTest {
    private static final List<String> WORST_FIRST =
            List.of("BROKEN", "VIOLATED", "UNEXPECTED", "UNREADABLE", "INCONCLUSIVE", "HOLDS");
    private static final List<Integer> CODES = List.of(70, 1, 5, 3, 4, 0);

    @Test
    void shouldEndWithTheWorst() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = WORST_FIRST.size() - 1; i >= 0; i--) {
            counts.put(WORST_FIRST.get(i), 1L);
            assertEquals(CODES.get(i), ExitCodes.of(counts), counts.toString());
            assertEquals(CODES.get(i), ExitCodes.of(Map.of(WORST_FIRST.get(i), 2L)));
        }
        counts.put("BROKEN", 0L);
        assertEquals(1, ExitCodes.of(counts), "what came no time does not count");
    }

    @Test
    void shouldNotPassWithoutAVerdict() {
        assertEquals(4, ExitCodes.of(Map.of()));
        assertEquals(4, ExitCodes.of(Map.of("HOLDS", 0L)));
        assertEquals(4, ExitCodes.of(Map.of("NOT_APPLICABLE", 3L)));
        assertThrows(IllegalArgumentException.class, () -> ExitCodes.of(Map.of("FINE", 1L)));
        assertThrows(IllegalArgumentException.class, () -> ExitCodes.of(Map.of("HOLDS", -1L)));
    }

    @Test
    void shouldKnowEveryVerdictOfTheApi() {
        for (TraceVerdict.Ruling each : TraceVerdict.Ruling.values()) {
            assertEquals(each == TraceVerdict.Ruling.HOLDS, ExitCodes.of(Map.of(each.name(), 1L)) == 0);
        }
        for (Explored.Verdict each : Explored.Verdict.values()) {
            assertEquals(each == Explored.Verdict.HOLDS, ExitCodes.of(Map.of(each.name(), 1L)) == 0);
        }
    }
}
