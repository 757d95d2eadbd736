package dev.gaugeblock.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.spin.SpinProgram.BeyondTheModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Litmus tests said as programs of the model; this needs no Spin. */
class SpinProgramTest {
    /** Of the shipped tests, those that the model can say; so that none drops out unseen. */
    static final List<String> SAID = List.of(
            "after-exhaustion",
            "atomic-reserve",
            "buddy-in-parts",
            "drain-beside-a-mapping",
            "exhaustion",
            "free-on-another-cpu",
            "freed-to-the-own-list",
            "handler-frees-too",
            "handler-refills-while-drained",
            "handler-takes-a-hot-frame",
            "interrupt-in-refill",
            "irq-after-look",
            "kswapd-wake",
            "last-frames-of-an-odd-mark",
            "mapped-while-asleep",
            "one-pair-at-a-time",
            "producer-and-consumer",
            "shared-reference",
            "split-and-merge",
            "three-cpus-alloc-free",
            "three-for-one-slot",
            "three-mappers-two-slots",
            "two-cpus-alloc-free",
            "two-mappings-each",
            "waiting-for-nobody",
            "watermark-race");

    @Test
    void shouldSayTheShippedTestsThatItIsThereFor() throws IOException {
        List<String> said = new ArrayList<>();
        for (LitmusTest test :
                LitmusSuite.of(List.of(Path.of("model-tests/litmus"))).tests()) {
            try {
                SpinProgram.of(test);
                said.add(test.name());
            } catch (BeyondTheModelException e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank());
            }
        }
        assertEquals(SAID, said);
    }
}
