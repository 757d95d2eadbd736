package dev.gaugeblock.explore.audit;

import java.util.BitSet;

/**
 * The announcement that is left out, if one is: at one place of the kernel packages the explorer is not asked, and the
 * word is accessed all the same. Called by classes that {@link LeavingOut} has changed; one exploration at a time.
 */
public final class LeftOut {
    private static final int NONE = -1;

    private static final BitSet REACHED = new BitSet();
    private static volatile int leftOut = NONE;
    private static volatile int present = NONE;

    private LeftOut() {}

    /** From now on a place is passed in silence; {@code -1} for none. */
    public static void leaveOut(int place) {
        leftOut = place;
    }

    /** The places that have announced something since this was asked last. */
    public static synchronized BitSet takeReached() {
        BitSet reached = (BitSet) REACHED.clone();
        REACHED.clear();
        return reached;
    }

    /** The running program calls a word at a place. */
    public static void enter(int place) {
        present = place;
    }

    /** The call is over. */
    public static void exit() {
        present = NONE;
    }

    /** Whether the access that the explorer is told of now is left out: of a call that announces two, the first. */
    public static synchronized boolean isLeftOut() {
        int place = present;
        if (place == NONE) {
            return false;
        }
        present = NONE;
        REACHED.set(place);
        return place == leftOut;
    }
}
