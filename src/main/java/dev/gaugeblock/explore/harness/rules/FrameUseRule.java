package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether programs use only frames to which they still have a reference: by variable, how many references are left of the block
 * that it was given. A block that is handed out again is another variable's.
 *
 * <p>Where a program may drop what another uses, both are scheduling points, for their order decides. Of all other variables a
 * program finds out by itself. What was wrong first is kept, and told when the operation has ended: where the original reports
 * something in it, that comes first.
 */
public final class FrameUseRule implements Stateful {
    /** By variable; announced only where {@link #shared} says so. */
    private final SharedWord[] references;

    private final boolean[] shared;
    /** By variable: what dropped the last reference; {@code null} while there is one. */
    private final @Nullable String[] droppedBy;

    private @Nullable String wrong;

    /**
     * No variable has a block yet.
     *
     * @param shared by variable, whether one program may drop a reference while another uses the block
     */
    public FrameUseRule(boolean[] shared, Scheduler scheduler) {
        this.shared = shared.clone();
        this.references = new SharedWord[shared.length];
        this.droppedBy = new String[shared.length];
        for (int i = 0; i < shared.length; i++) {
            references[i] = new SharedWord("references of variable", i, scheduler);
        }
    }

    /** A variable was given a block, with one reference. */
    public void givenOwned(int variable) {
        references[variable].init(1);
    }

    /**
     * A program begins to use a variable's block.
     *
     * @param change 1 if it takes a reference, -1 if it drops one, otherwise 0
     * @return whether there was a reference
     */
    public boolean use(int variable, int change, Task task) {
        if (!shared[variable]) {
            return useOwned(variable, change);
        }
        if (change == 0) {
            return references[variable].get(task) > 0;
        }
        references[variable].add(change, task);
        return peekOwned(variable) - change > 0;
    }

    private boolean useOwned(int variable, int change) {
        int before = references[variable].peek();
        references[variable].init(before + change);
        return before > 0;
    }

    private int peekOwned(int variable) {
        return references[variable].peek();
    }

    /** The use has ended. */
    public void endedOwned(int variable, boolean hadReference, String operation, Task task) {
        String dropped = droppedBy[variable];
        String who = "\"" + operation + "\" of " + task;
        if (!hadReference && wrong == null) {
            wrong = who + " uses a block whose last reference was dropped"
                    + (dropped == null ? ", by what has not ended yet" : " by " + dropped);
        }
        if (hadReference && dropped == null && references[variable].peek() == 0) {
            droppedBy[variable] = who + step(task);
        }
    }

    /** " (from step 3 on)", where somebody says so. */
    private static String step(Task task) {
        int at = task.doing.lastIndexOf(" (from step ");
        return at < 0 ? "" : task.doing.substring(at);
    }

    @Invariant(
            id = "frame-used-after-free",
            says = "No program reads, writes, maps, locks, gets or frees a block after its last reference was dropped.",
            guardedBy = Invariant.NOTHING)
    @Nullable String usesWhatItHas() {
        return wrong;
    }

    @Override
    public void writeState(StateSink out) {
        for (SharedWord each : references) {
            each.writeState(out);
        }
    }
}
