package dev.gaugeblock.explore.harness;

import dev.gaugeblock.highmem.HighmemObserver;

/** Litmus tests check what the TLBs hold, not which flushes were ordered. */
final class Unobserved implements HighmemObserver {
    @Override
    public void flushedOne(long address) {}

    @Override
    public void flushedRange(long start, long end) {}

    @Override
    public void cleared(long address) {}
}
