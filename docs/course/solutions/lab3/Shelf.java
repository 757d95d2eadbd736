import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;

/** The free frames of a machine. All of it is guarded by the lock. */
final class Shelf {
    final SpinLock lock;
    /** Whether each frame is free. */
    final boolean[] free;
    /** Whether each frame was handed out. A frame that is neither does not exist, or is reserved. */
    final boolean[] taken;
    /** How many frames are free. */
    int count;
    /** No frame below this one is free. */
    int lowest;
    /** How many frames there are in all; 0 until that is known. */
    private int all;

    Shelf(SpinLock lock, int frames) {
        this.lock = lock;
        this.free = new boolean[frames];
        this.taken = new boolean[frames];
    }

    private static int number(boolean[] frames) {
        int number = 0;
        for (boolean each : frames) {
            number += each ? 1 : 0;
        }
        return number;
    }

    @Invariant(id = "shelf-count", says = "The count is the number of free frames.", guardedBy = "lock")
    String countIsRight() {
        return count == number(free) ? null : "the count is " + count + ", and " + number(free) + " frames are free";
    }

    @Invariant(id = "shelf-whole", says = "Each frame that there is, is free or taken, and not both.", guardedBy = "lock")
    String everyFrameIsSomewhere() {
        if (all == 0) {
            all = number(free) + number(taken);
        }
        for (int frame = 0; frame < free.length; frame++) {
            if (free[frame] && taken[frame]) {
                return "frame " + frame + " is free and taken";
            }
        }
        int now = number(free) + number(taken);
        return now == all ? null : "there were " + all + " frames, and now " + now;
    }

    @Invariant(id = "shelf-lowest", says = "No frame below the lowest is free.", guardedBy = "lock")
    String nothingBelowTheLowest() {
        for (int frame = 0; frame < lowest && frame < free.length; frame++) {
            if (free[frame]) {
                return "frame " + frame + " is free, below " + lowest;
            }
        }
        return null;
    }
}
