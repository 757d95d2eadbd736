package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0x3,1,0x2", "2,1,0", "11x12"})
    void shouldReadWhatItWrites(String text) {
        assertEquals(text, Schedule.parse(text).toString());
    }

    @Test
    void shouldJoinRunsOfOneProgram() {
        assertEquals("0x3,1", Schedule.parse("0,0x2,1").toString());
        assertEquals(4, Schedule.parse("0,0x2,1").length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0x", "0x0", "-1", "0,,1", "0x2x3", "a", "0 1", "0x1000001"})
    void shouldRefuseWhatIsNoSchedule(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Schedule.parse(text));

        assertEquals(0, refused.getMessage().indexOf("\"" + text + "\" is no schedule at "), refused.getMessage());
    }
}
