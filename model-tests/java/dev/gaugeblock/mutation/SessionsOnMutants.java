package dev.gaugeblock.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.machines.Trying;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the state machines over the whole system, the same each time; likewise. */
class SessionsOnMutants {
    private static final int SESSIONS = 50;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldDoWhatTheModelDoes(int block) {
        assertEquals("", new Trying().from((long) block * SESSIONS, SESSIONS));
    }
}
