package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The blocks that a dump of page_owner lists with their frames: they are live before the trace begins. In place of the
 * line of their allocation they have a number below 0.
 */
final class HeldBefore {
    /** That of the first; {@link Block} has those above for itself. */
    private static final long FIRST = -1000;

    private final List<PageOwnerDump.Held> held;

    /** Those of a dump; none for {@code null}. */
    HeldBefore(@Nullable PageOwnerDump dump) {
        held = dump == null
                ? List.of()
                : dump.held().stream().filter(each -> each.pfn() >= 0).toList();
    }

    int size() {
        return held.size();
    }

    PageOwnerDump.Held get(int index) {
        return held.get(index);
    }

    /** In place of a line, that of the block with an index. */
    static long since(int index) {
        return FIRST - index;
    }

    /** Whether that is in place of a line. */
    static boolean isBefore(long since) {
        return since <= FIRST;
    }

    /** The block of {@link #since}. */
    PageOwnerDump.Held of(long since) {
        return held.get((int) (FIRST - since));
    }
}
