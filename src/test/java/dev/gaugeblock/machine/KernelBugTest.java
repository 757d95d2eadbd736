package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KernelBugTest {
    @Test
    void shouldNameTheFunctionAndTheWordAsTheVectorsDo() {
        KernelBug bug = new KernelBug("__free_pages_bulk", "misaligned");
        assertEquals("__free_pages_bulk", bug.function);
        assertEquals("misaligned", bug.word);
        assertEquals("__free_pages_bulk: misaligned", bug.getMessage());
    }
}
