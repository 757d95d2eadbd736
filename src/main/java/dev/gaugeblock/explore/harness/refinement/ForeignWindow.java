package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.harness.foreign.FrameWindow;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The window of somebody else's allocator, held against the contract: it steps when a kmap returns, and when a kunmap
 * is called. Which frame a slot leads to shows where a program uses it.
 */
public final class ForeignWindow implements FrameWindow {
    private final FrameWindow source;

    @Ghost("The contract's own: by slot, the frame that has it, and how many users; each step is one call's.")
    private final int[] frames;

    @Ghost
    private final int[] users;

    /** What is to be said if a kunmap goes through; {@code null} as long as there is nothing. */
    @Ghost
    private @Nullable String wrong;

    /** Nothing is mapped. */
    public ForeignWindow(FrameWindow source) {
        this.source = source;
        this.frames = new int[source.table().length()];
        this.users = new int[frames.length];
    }

    @Override
    public int map(PageFrame frame, Task task) {
        int slot = source.map(frame, task);
        isMappedGhost(frame, slot);
        return slot;
    }

    @Ghost
    private void isMappedGhost(PageFrame frame, int slot) {
        String what = "frame " + frame.pfn + " was mapped at slot " + slot;
        if (slot < 0 || slot >= frames.length) {
            throw new InvariantBroken(Rule.MAP_WINDOW.id(), what + ", but the slots are 0.." + (frames.length - 1));
        }
        int other = slotOfGhost(frame);
        if (other >= 0 && other != slot) {
            throw new InvariantBroken(Rule.MAP_STABLE.id(), what + ", but it has users at slot " + other);
        }
        if (users[slot] > 0 && frames[slot] != frame.pfn) {
            throw new InvariantBroken(Rule.MAP_DISTINCT.id(), what + ", where frame " + frames[slot] + " has users");
        }
        frames[slot] = frame.pfn;
        users[slot]++;
    }

    /** The slot at which a frame has users, or -1. */
    @Ghost
    private int slotOfGhost(PageFrame frame) {
        for (int slot = 0; slot < frames.length; slot++) {
            if (users[slot] > 0 && frames[slot] == frame.pfn) {
                return slot;
            }
        }
        return -1;
    }

    @Override
    public void unmap(PageFrame frame, Task task) {
        isGivenUpGhost(frame);
        source.unmap(frame, task);
        wentThroughGhost();
    }

    @Ghost
    private void isGivenUpGhost(PageFrame frame) {
        int slot = slotOfGhost(frame);
        if (slot >= 0) {
            users[slot]--;
        } else {
            wrong = "a kunmap of frame " + frame.pfn + " went through, but nobody has it mapped";
        }
    }

    @Ghost
    private void wentThroughGhost() {
        String what = wrong;
        if (what != null) {
            throw new InvariantBroken(Rule.UNMAP_BALANCED.id(), what);
        }
    }

    @Override
    public int use(int slot, Task task) {
        return source.use(slot, task);
    }

    @Override
    public PageTable table() {
        return source.table();
    }

    /** Who has which slot, by the contract. */
    public void writeState(StateSink out) {
        out.put(wrong == null ? 0 : 1);
        for (int slot = 0; slot < frames.length; slot++) {
            out.put(users[slot]);
            out.put(users[slot] > 0 ? frames[slot] : -1);
        }
    }
}
