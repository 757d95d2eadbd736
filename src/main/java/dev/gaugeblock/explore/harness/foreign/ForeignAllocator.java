package dev.gaugeblock.explore.harness.foreign;

import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.FreeListKeeper;
import dev.gaugeblock.mm.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Somebody else's allocator in one execution: either as a whole, or as the free lists of the reference's zones. Its
 * state is that of all its data.
 */
public abstract class ForeignAllocator implements Stateful {
    /** What keeps the free lists of the reference's zones; {@code null} if it is an allocator as a whole. */
    public FreeListKeeper.@Nullable Maker keepers() {
        return null;
    }

    /** The allocator as a whole; {@code null} if it keeps only lists. */
    public @Nullable FrameSource frames() {
        return null;
    }

    /** What maps high frames; {@code null} if it maps none. There when it has booted. */
    public @Nullable FrameWindow window() {
        return null;
    }

    /** A whole allocator gets its memory. The frames are all reserved, as far as the reference knows. */
    public void boot(Memory memory, Task task) {}

    /**
     * Checks the invariants that its author wrote.
     *
     * @param isIdle whether no program is in the middle of an operation
     * @param held frames that programs hold
     * @throws dev.gaugeblock.explore.harness.rules.InvariantBroken for the first that does not hold
     */
    public abstract void check(boolean isIdle, int held);

    /**
     * All programs have ended, none in the middle of an operation: are all frames still there?
     *
     * @param held frames that programs hold
     * @throws dev.gaugeblock.explore.harness.rules.InvariantBroken if some are lost
     */
    public void requireAllFrames(int held) {}
}
