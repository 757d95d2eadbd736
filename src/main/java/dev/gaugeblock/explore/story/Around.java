package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Snapshot;

/**
 * The machine around a step.
 *
 * @param before what it looks like before the step
 * @param after what it looks like after it
 * @param overtaken who did what that made untrue what this step has looked for; empty for nobody, and for words
 * @param overtakenAt number of the step, from 1, that made untrue what this one has read or looked for, before its
 *     reader had done with it; 0 for none
 */
public record Around(Snapshot before, Snapshot after, String overtaken, int overtakenAt) {
    /** Nobody looked. */
    static final Around UNKNOWN = new Around(Snapshot.NOTHING, Snapshot.NOTHING, "", 0);
}
