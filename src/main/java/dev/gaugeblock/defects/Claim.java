package dev.gaugeblock.defects;

import dev.gaugeblock.explore.state.MemoryModel;

/**
 * What a patch says must find it.
 *
 * @param subject a litmus test or a file of vectors, by name without its ending
 * @param id of the violation, or the answer that differs
 * @param memory of the machine that the litmus test runs on
 */
public record Claim(Engine engine, String subject, String id, MemoryModel memory) {
    /** Before the name of a memory. */
    static final String UNDER = " under ";

    @Override
    public String toString() {
        return engine.label() + " " + subject + " " + id + under();
    }

    /** " under x86-tso"; nothing where all see every store at once. */
    String under() {
        return memory == MemoryModel.SC ? "" : UNDER + memory;
    }
}
