package dev.gaugeblock.machines;

/** Placeholder until buffers come. */
final class ModelBuffers {}
