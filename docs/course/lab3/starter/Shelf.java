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

    Shelf(SpinLock lock, int frames) {
        this.lock = lock;
        this.free = new boolean[frames];
        this.taken = new boolean[frames];
    }

    // Say here what must always be so. This one is always so, and says nothing.
    @Invariant(id = "shelf-count-positive", says = "The count is not negative.", guardedBy = "lock")
    String countIsNotNegative() {
        return count >= 0 ? null : "the count is " + count;
    }
}
