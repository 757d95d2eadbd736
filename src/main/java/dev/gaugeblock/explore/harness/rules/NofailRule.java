package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether who asks with {@code __GFP_NOFAIL} always gets a block, as he is promised: such callers do not look at the
 * answer. Not judged is what nobody is granted, an order above 10 or frames where no zone has any, nor a request that
 * contradicts itself: one that may not wait, or has NORETRY, which is stronger.
 */
@Ghost("An invariant reads it; of two wrong things either will do.")
public final class NofailRule {
    private @Nullable String wrong;

    /** A request got nothing. */
    public void refusedGhost(int gfp, int order, Memory memory, Task task) {
        boolean must = (gfp & Gfp.NOFAIL) != 0 && (gfp & Gfp.WAIT) != 0 && (gfp & Gfp.NORETRY) == 0;
        must &= memory.node(task.askedNodeGhost()).zonelist(gfp & Gfp.ZONE_MASK).length() > 0;
        if (must && order < BuddyLists.MAX_ORDER && wrong == null) {
            wrong = task + " asked for order " + order + " with gfp " + Gfp.toString(gfp) + ", and got NULL";
        }
    }

    @Invariant(
            id = "nofail-granted",
            says =
                    "A request with __GFP_NOFAIL that may wait and retry gets a block of its order, 0 to 10, in the end, if"
                            + " any zone that it may use has frames.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nofailGranted() {
        return wrong;
    }
}
