package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether programs use only frames to which they still have a reference: by variable, how many references are left
 * of the block that it was given. A block that is handed out again is another variable's.
 *
 * <p>Where a program takes or drops references to what another uses, both are scheduling points, for their order
 * decides. Of all other variables a program finds out by itself. What was wrong first is kept, and told when the
 * operation has ended: where the original reports something in it, that comes first.
 */
public final class FrameUseRule {
    /** By variable, where {@link #shared} says so: references that are left. */
    private final AtomicWord[] references;
    /** By variable, for all others. */
    private final int[] ownReferences;

    private final boolean[] shared;
    /** By variable: what dropped the last reference; {@code null} while there is one. */
    @Ghost("A message reads it; the last reference is dropped once.")
    private final @Nullable String[] droppedBy;

    @Ghost("An invariant reads it; of two wrong things either will do.")
    private @Nullable String wrong;

    /**
     * No variable has a block yet.
     *
     * @param shared by variable, whether one program takes or drops references while another uses the block
     */
    public FrameUseRule(boolean[] shared, Scheduler scheduler) {
        this.shared = shared.clone();
        this.references = new AtomicWord[shared.length];
        this.ownReferences = new int[shared.length];
        this.droppedBy = new String[shared.length];
        for (int i = 0; i < shared.length; i++) {
            references[i] = new AtomicWord("references of variable " + i, 0, scheduler);
        }
    }

    /** A variable was given a block, with one reference. */
    public void given(int variable, Task task) {
        if (shared[variable]) {
            references[variable].set(1, task);
        } else {
            ownReferences[variable] = 1;
        }
    }

    /**
     * A program begins to use a variable's block.
     *
     * @param change 1 if it takes a reference, -1 if it drops one, otherwise 0
     * @return the references that are left
     */
    public int use(int variable, int change, Task task) {
        if (!shared[variable]) {
            int left = ownReferences[variable] + change;
            if (change != 0) {
                ownReferences[variable] = left;
            }
            return left;
        }
        return change == 0 ? references[variable].get(task) : references[variable].add(change, task);
    }

    /**
     * The use has begun.
     *
     * @param left what {@link #use} said
     */
    @Ghost
    public void beganGhost(int variable, int change, int left, String operation, Task task) {
        if (left == 0 && change < 0) {
            int from = task.doing.lastIndexOf(" (from step "); // Where somebody says so.
            droppedBy[variable] = who(operation, task) + (from < 0 ? "" : task.doing.substring(from));
        }
    }

    /**
     * The use has ended. What sets a flag in the frame is judged before, too: the flag stands there at once, and rules
     * about free frames, which know of no program, would be the first to speak.
     */
    @Ghost
    public void endedGhost(int variable, int change, int left, String operation, Task task) {
        if (left - change <= 0 && wrong == null) {
            wrong = wrong(variable, operation, task);
        }
    }

    /**
     * The use has met a bug of the original, which may be what it deserves: throws it again then, with what is wrong.
     */
    @Ghost
    public void failedGhost(int variable, int change, int left, String operation, Task task, KernelBug bug) {
        if (left - change <= 0) {
            throw new KernelBug(bug, wrong(variable, operation, task));
        }
    }

    @Ghost
    private String wrong(int variable, String operation, Task task) {
        return who(operation, task) + " uses a block whose last reference was dropped by " + droppedBy[variable];
    }

    private static String who(String operation, Task task) {
        return "\"" + operation + "\" of " + task;
    }

    @Invariant(
            id = "frame-used-after-free",
            says = "No program reads, writes, maps, locks, gets or frees a block after its last reference was dropped.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String usesWhatItHas() {
        return wrong;
    }

    /** The part of the state that is about one variable. */
    public void writeState(int variable, StateSink out) {
        references[variable].writeState(out);
        out.put(ownReferences[variable]);
    }
}
