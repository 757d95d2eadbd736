package dev.gaugeblock.kernel.rule;

import java.util.List;

/**
 * Kernels that have one rule.
 *
 * @param from the first version that it holds for; it ends where the next begins
 * @param gfp which bit of a mask means what
 * @param harder who may go a quarter below the mark
 * @param hasCma pages of the contiguous memory allocator are for movable requests alone
 * @param wantsBlock the watermark is for single pages: a larger block only has to be there, of a usable type. Before
 *     that, the mark was halved for each order
 * @param skipsBoost what was put on the mark for a while does not count for a single page that cannot wait
 * @param killsLate the OOM killer waits until even reclaiming everything would not do
 */
public record Era(
        KernelVersion from,
        GfpTable gfp,
        Harder harder,
        boolean hasCma,
        boolean wantsBlock,
        boolean skipsBoost,
        boolean killsLate) {
    /** {@code ALLOC_HARDER}: who may go a quarter below the mark. */
    public enum Harder {
        /** Whoever cannot wait. */
        CANNOT_WAIT,
        /** Whoever cannot wait, and does not refuse the reserves ({@code __GFP_NOMEMALLOC}). */
        CANNOT_WAIT_AND_MAY_USE_RESERVES,
        /** Whoever says so ({@code __GFP_ATOMIC}), and does not refuse the reserves. */
        ATOMIC,
        /**
         * Whoever cannot wait and goes below the mark already ({@code __GFP_HIGH}), and does not refuse the reserves.
         */
        CANNOT_WAIT_AND_IS_HIGH
    }

    private static final String V26 = "DMA=1 HIGHMEM=2 WAIT=10 HIGH=20 IO=40 FS=80 COLD=100 NOWARN=200 REPEAT=400"
            + " NOFAIL=800 NORETRY=1000 NO_GROW=2000 COMP=4000 ZERO=8000 NOMEMALLOC=10000 HARDWALL=20000";
    private static final String V2615 = V26 + " DMA32=4 THISNODE=40000 NO_MATTER=80000000";
    private static final String V2623 = V2615 + " RECLAIMABLE=80000 MOVABLE=100000";
    private static final String V2630 = V2623 + " MOVABLE=8 NOTRACK=200000 NO_KSWAPD=400000 OTHER_NODE=800000";
    private static final String V36 = V2630 + " MEMALLOC=2000 ACCOUNT=100000 WRITE=1000000";
    private static final String V44 = "DMA=1 HIGHMEM=2 DMA32=4 MOVABLE=8 RECLAIMABLE=10 HIGH=20 IO=40 FS=80 COLD=100"
            + " NOWARN=200 REPEAT=400 NOFAIL=800 NORETRY=1000 MEMALLOC=2000 COMP=4000 ZERO=8000 NOMEMALLOC=10000"
            + " HARDWALL=20000 THISNODE=40000 ATOMIC=80000 ACCOUNT=100000 NOTRACK=200000 WAIT=400000"
            + " OTHER_NODE=800000 WRITE=1000000 KSWAPD=2000000";
    private static final String V410 = "DMA=1 HIGHMEM=2 DMA32=4 MOVABLE=8 RECLAIMABLE=10 HIGH=20 IO=40 FS=80 COLD=100"
            + " NOWARN=200 REPEAT=400 NOFAIL=800 NORETRY=1000 MEMALLOC=2000 COMP=4000 ZERO=8000 NOMEMALLOC=10000"
            + " HARDWALL=20000 THISNODE=40000 ATOMIC=80000 ACCOUNT=100000 NOTRACK=200000 WAIT=400000"
            + " WRITE=800000 KSWAPD=1000000 NO_MATTER=2000000";
    private static final String V416 = "DMA=1 HIGHMEM=2 DMA32=4 MOVABLE=8 RECLAIMABLE=10 HIGH=20 IO=40 FS=80"
            + " WRITE=100 NOWARN=200 REPEAT=400 NOFAIL=800 NORETRY=1000 MEMALLOC=2000 COMP=4000 ZERO=8000"
            + " NOMEMALLOC=10000 HARDWALL=20000 THISNODE=40000 ATOMIC=80000 ACCOUNT=100000 WAIT=200000"
            + " KSWAPD=400000 NO_MATTER=800000";
    private static final String V51 = "DMA=1 HIGHMEM=2 DMA32=4 MOVABLE=8 RECLAIMABLE=10 HIGH=20 IO=40 FS=80 ZERO=100"
            + " ATOMIC=200 WAIT=400 KSWAPD=800 WRITE=1000 NOWARN=2000 REPEAT=4000 NOFAIL=8000 NORETRY=10000"
            + " MEMALLOC=20000 COMP=40000 NOMEMALLOC=80000 HARDWALL=100000 THISNODE=200000 ACCOUNT=400000"
            + " NO_MATTER=800000 NO_MATTER=1000000 NO_MATTER=2000000 NO_MATTER=4000000 NO_MATTER=8000000";

    private static final List<Era> ALL = List.of(
            halving("2.6.0", V26, Harder.CANNOT_WAIT, false),
            halving("2.6.15", V2615, Harder.CANNOT_WAIT, false),
            halving("2.6.23", V2623, Harder.CANNOT_WAIT, false),
            halving("2.6.30", V2630, Harder.CANNOT_WAIT, false),
            halving("3.0", V2630, Harder.CANNOT_WAIT_AND_MAY_USE_RESERVES, false),
            halving("3.5", V36, Harder.CANNOT_WAIT_AND_MAY_USE_RESERVES, true),
            modern("4.4", V44, Harder.ATOMIC, false, false),
            modern("4.7", V44, Harder.ATOMIC, false, true),
            modern("4.10", V410, Harder.ATOMIC, false, true),
            modern("4.16", V416, Harder.ATOMIC, false, true),
            modern("5.1", V51, Harder.ATOMIC, false, true),
            modern("5.9", V51, Harder.ATOMIC, true, true),
            modern("6.3", V51 + " NO_MATTER=200", Harder.CANNOT_WAIT_AND_IS_HIGH, true, true));

    private static Era halving(String from, String gfp, Harder harder, boolean hasCma) {
        return new Era(KernelVersion.of(from), GfpTable.of(gfp), harder, hasCma, false, false, false);
    }

    private static Era modern(String from, String gfp, Harder harder, boolean skipsBoost, boolean killsLate) {
        return new Era(KernelVersion.of(from), GfpTable.of(gfp), harder, true, true, skipsBoost, killsLate);
    }

    /** The era of a version; that of 2.6.0 for what is older. */
    public static Era of(KernelVersion version) {
        Era era = ALL.get(0);
        for (Era next : ALL) {
            if (next.from.compareTo(version) <= 0) {
                era = next;
            }
        }
        return era;
    }

    /** All eras, the first one first. */
    public static List<Era> all() {
        return ALL;
    }

    /** The clauses of its rule, in the order in which the kernel goes through them. */
    public List<Clause> clauses() {
        return wantsBlock
                ? List.of(
                        new OwnFrames(),
                        new HighatomicFrames(),
                        new CmaFrames(),
                        new UnboostedMark(),
                        new ReducedMark(),
                        new NoMark(),
                        new AboveMark(),
                        new LargeEnoughBlock())
                : List.of(
                        new OwnFrames(),
                        new CmaFrames(),
                        new ReducedMark(),
                        new NoMark(),
                        new AboveMark(),
                        new HalvedMarks());
    }

    /** What a request of this era may do below the mark, and with reserved pages. */
    public Request request(int order, GfpBits gfp) {
        boolean high = gfp.has(GfpFlag.HIGH);
        boolean mayUseReserves = !gfp.has(GfpFlag.NOMEMALLOC);
        boolean isHarder =
                switch (harder) {
                    case CANNOT_WAIT -> !gfp.canWait();
                    case CANNOT_WAIT_AND_MAY_USE_RESERVES -> !gfp.canWait() && mayUseReserves;
                    case ATOMIC -> gfp.has(GfpFlag.ATOMIC) && mayUseReserves;
                    case CANNOT_WAIT_AND_IS_HIGH -> !gfp.canWait() && mayUseReserves && high;
                };
        boolean reserved =
                harder == Harder.CANNOT_WAIT_AND_IS_HIGH ? high || !gfp.canWait() && mayUseReserves : isHarder;
        boolean takesReserved =
                harder == Harder.CANNOT_WAIT_AND_IS_HIGH ? !gfp.canWait() && mayUseReserves && order > 0 : isHarder;
        boolean cannotWait = harder == Harder.ATOMIC ? gfp.has(GfpFlag.ATOMIC) : high;
        return new Request(
                order,
                high,
                isHarder,
                !hasCma || gfp.isMovable(),
                reserved,
                takesReserved,
                skipsBoost && cannotWait,
                gfp.has(GfpFlag.MEMALLOC) && mayUseReserves);
    }
}
