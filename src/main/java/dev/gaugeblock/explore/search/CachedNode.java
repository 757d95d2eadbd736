package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.StateKey;
import java.util.BitSet;

/** A state on the path, and what is chosen there. */
final class CachedNode extends PathSearch.Choice {
    final StateKey key;
    /** By which numbers the key goes. */
    final Renaming renaming;
    /** Numbers of the pending steps; -1 for a task that has none. Known with them, as the next three. */
    int[] numbers;
    /** Of each store buffer, the step that made its oldest store. */
    int[] storedAt;
    /** For each task, whose step must come before it can go on: its own, if it can; -1 if none can be named. */
    int[] heads;

    Observations.Seen seen;
    /** Steps met from here on, those pending here included. */
    final BitSet met = new BitSet();

    /** For each task, one more than the depth of its last step that must come before the end of the chosen one. */
    int[] clock;

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // They are asked for only where isKnown().
    CachedNode(StateKey key, Renaming renaming) {
        this.key = key;
        this.renaming = renaming;
    }
}
