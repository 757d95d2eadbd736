package dev.gaugeblock.machines;

/** Placeholder until buffers come. */
final class Buffers {
    Buffers(Machine machine) {}

    void check(ModelBuffers model) {}
}
