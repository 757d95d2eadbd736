package dev.gaugeblock.mm;

/** The parts around the allocator that it calls when memory is short or a frame looks wrong. */
public final class Collaborators {
    final DirectReclaim reclaim;
    final OomKiller oomKiller;
    final KswapdQueue kswapd;
    final CongestionWait congestion;
    final PageClearer clearer;
    final KernelLog log;
    final AllocationObserver observer;

    public Collaborators(
            DirectReclaim reclaim,
            OomKiller oomKiller,
            KswapdQueue kswapd,
            CongestionWait congestion,
            PageClearer clearer,
            KernelLog log,
            AllocationObserver observer) {
        this.reclaim = reclaim;
        this.oomKiller = oomKiller;
        this.kswapd = kswapd;
        this.congestion = congestion;
        this.clearer = clearer;
        this.log = log;
        this.observer = observer;
    }
}
