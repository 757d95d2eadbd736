package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.KmemEvent;
import java.util.List;

/** Looks on while a trace is judged. */
public interface KmemOnlooker {
    /** What is known at a moment. */
    interface View {
        /** The zones, as far as snapshots tell; empty if they do not. */
        List<ZoneInfo.Zone> zones();

        /** The frames that there are, first and the one after the last; empty if nobody says. */
        List<long[]> ranges();

        /** The blocks that are live, by their frames. */
        List<Block> live();

        /** The task that asked for a live block; empty if nobody knows, or is to. */
        String task(Block block);

        /** Whether the free lists are replayed from a snapshot on. */
        boolean hasFreeLists();

        /** Each block on them. */
        void freeLists(BlockTaker taker);

        /** A stamp of the trace as its clock prints it; empty for none. */
        String time(long stamp);
    }

    /** Takes one block after the other. */
    interface BlockTaker {
        /** The block of 2^order frames that begins at a frame. */
        void take(long pfn, int order);
    }

    /** An event, in the order in which it is taken, after it was judged. The object is used again. */
    void event(KmemEvent event, View view);

    /** Nobody knows any more who has what. */
    void forgotten();
}
