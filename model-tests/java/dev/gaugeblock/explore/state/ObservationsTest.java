package dev.gaugeblock.explore.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.RandomProgram;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;

/** What an operation has seen tells states apart that are the same in the machine. */
class ObservationsTest {
    @Test
    void shouldTellApartWhatWasReadEarlier() {
        assertNotEquals(afterReading(1, 3, 0), afterReading(2, 3, 0));
        assertEquals(afterReading(1, 3, 0), afterReading(1, 3, 0));
    }

    @Test
    void shouldTellApartWhatWasReadBesides() {
        assertNotEquals(afterReading(1, 1, 1), afterReading(1, 1, 2));
    }

    @Test
    void shouldKnowWhenAnOperationHasSeenCpusByTheirNumbers() {
        Observations observations = observing();
        assertFalse(observations.goByNumbers());

        observations.sees(0, Step.Kind.READ, new Object(), null); // does not say what it is: the whole machine
        assertTrue(observations.goByNumbers());
        observations.ends(0);
        assertFalse(observations.goByNumbers());

        observations.begins(0);
        observations.sees(
                0,
                Step.Kind.READ,
                (Stateful) out -> out.name(Task.process(new Cpu(1, 0, new SequentialScheduler()))),
                null);
        Observations.Seen saved = observations.saved();
        observations.ends(0);
        observations.restore(saved);
        assertTrue(observations.goByNumbers());
    }

    /** What the first program has seen after it has read two words, and a third one besides. */
    private static StateKey afterReading(long first, long second, long besides) {
        Observations observations = observing();
        observations.sees(0, Step.Kind.READ, word(first), null);
        observations.sees(0, Step.Kind.READ, word(second), word(besides));
        return observations.saved().key(0);
    }

    /** Of the first program, which has begun its first operation. */
    private static Observations observing() {
        LitmusTest test = RandomProgram.test(1);
        Observations observations = new Observations(test.boot(new SequentialScheduler()));
        observations.listen();
        observations.begins(0);
        return observations;
    }

    private static Stateful word(long value) {
        return out -> out.put(value);
    }
}
