/**
 * JMH benchmarks: how fast the allocator is, and how fast the explorer. How to run them, and what was measured:
 * {@code docs/benchmarks.md}.
 */
package dev.gaugeblock.bench;
