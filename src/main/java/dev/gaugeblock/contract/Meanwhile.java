package dev.gaugeblock.contract;

import java.util.ArrayList;
import java.util.List;

/** What others may have had at some time while a request was under way. */
public final class Meanwhile {
    private final List<MemoryMap.Range> had = new ArrayList<>();
    private long held;

    /** What an overlapping call hands out or gives back; {@code released} is the block that it freed, if it is known. */
    public void add(Call call) {
        if (call instanceof Call.Alloc alloc) {
            if (alloc.result().kind() == Result.Kind.GIVEN) {
                add(alloc.result().value(), alloc.frames());
            } else {
                held += alloc.frames();
            }
        } else if (call instanceof Call.Take take) {
            if (take.result().kind() == Result.Kind.GIVEN) {
                add(take.result().value(), 1L << take.order());
            } else {
                held += 1L << take.order();
            }
        } else if (call instanceof Call.Give give) {
            add(give.pfn(), 1L << give.order());
        } else if (call instanceof Call.Free free && free.frames() > 0) {
            add(free.pfn(), free.frames());
        }
    }

    /** A block that an overlapping call gave back. */
    public void add(Block block) {
        add(block.pfn(), block.frames());
    }

    private void add(long pfn, long frames) {
        if (pfn >= 0 && pfn + frames <= Limits.MOST_FRAMES) {
            had.add(new MemoryMap.Range((int) pfn, (int) frames));
        }
    }

    /** How many frames requests that failed may have held for a while. */
    long held() {
        return held;
    }

    /** The frames of a zone, below a limit, less those that others may have had: what is free there was so all along. */
    Frames spared(ZoneFrames zone, long below) {
        Frames frames = zone.frames().editedBy(null);
        int end = zone.start() + zone.spanned();
        for (MemoryMap.Range range : had) {
            int from = Math.max(range.first(), zone.start());
            int to = Math.min(range.first() + range.count(), end);
            if (from < to) {
                frames = frames.fill(from - zone.start(), to - zone.start(), Owner.UNKNOWN);
            }
        }
        int limit = (int) Math.max(0, Math.min(below, end) - zone.start());
        return frames.fill(limit, frames.size(), Owner.RESERVED);
    }
}
