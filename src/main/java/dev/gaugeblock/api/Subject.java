package dev.gaugeblock.api;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;

/**
 * Somebody's page allocator, to be explored: every interleaving of its operations, by the tasks of litmus tests.
 *
 * <p>What tasks share is under a {@link dev.gaugeblock.machine.SpinLock}, or is a word of
 * {@code dev.gaugeblock.machine}; what belongs to a CPU is touched with that CPU's interrupts off. The audit tells what
 * is not. The class has a public constructor without parameters; each execution makes a new one, so nothing may be
 * kept in static fields. What it can do beyond {@link #alloc} and {@link #free} it says by implementing the interfaces
 * below; tests that need more are not applicable to it.
 */
public interface Subject {
    /** What stands for "no block". */
    int NONE = -1;

    /** A bit of {@code gfp}: the block must lie in zone DMA. */
    int DMA = 0x01;
    /** A bit of {@code gfp}: the block may lie in zone HighMem. */
    int HIGHMEM = 0x02;
    /** A bit of {@code gfp}: the task may sleep until there is memory. Without it, it must not. */
    int WAIT = 0x10;

    /**
     * Takes over all memory. Called once, by one task, before anything else.
     *
     * @param machine the frames that there are
     * @param cpus the CPUs, by their numbers; each has its {@link Cpu#interrupts}
     * @param scheduler what locks and words are made with
     */
    void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler);

    /**
     * A block of 2^order frames, one after the other in a zone that {@code gfp} permits, that nobody else has.
     *
     * @param gfp a request's bits as Linux has them; {@link MachineDescription#zonesFor} says what they permit
     * @param order 0 or more
     * @param task who asks; it runs on {@link Task#cpu}
     * @return its first frame, a multiple of its size counted from the zone's start, or {@link #NONE}
     */
    int alloc(int gfp, int order, Task task);

    /**
     * Takes a block back; or, if more references were taken, drops one.
     *
     * @param first its first frame
     * @param order with which it was allocated
     * @param task who gives it back, not always who got it, and on any CPU
     */
    void free(int first, int order, Task task);

    /** Blocks can be shared. */
    interface References extends Subject {
        /**
         * Takes one more reference to a block, by its first frame: it is free after one more {@link #free}.
         *
         * @param first its first frame
         * @param task who does it
         */
        void get(int first, Task task);
    }

    /** CPUs keep free frames for themselves, and can be told to give them back. */
    interface Draining extends Subject {
        /**
         * Gives back what the task's CPU keeps for itself.
         *
         * @param task who runs on that CPU
         */
        void drain(Task task);
    }

    /** It knows how much is free. */
    interface Counting extends Subject {
        /**
         * {@return how many frames of a zone are free, wherever it keeps them} Asked while no operation is under way,
         * by nobody in particular; no scheduling point.
         *
         * @param zone an index of {@link MachineDescription#zone}
         */
        int freeFrames(int zone);
    }

    /**
     * It maps high frames into a window of few slots, for as long as their users want. A frame of another zone has an
     * address anyway, and is never asked about.
     */
    interface Mapping extends Subject {
        /**
         * Takes over the window, in which nothing is mapped. Called once, right after {@link #boot}.
         *
         * @param window the only one
         */
        void bootWindow(Window window);

        /**
         * Maps a frame; if it is mapped already, it has one more user there. Sleeps while no slot is free.
         *
         * @param frame a high frame's number
         * @param task a process
         * @return the slot, which is the frame's own until it has no users any more
         */
        int kmap(int frame, Task task);

        /**
         * A frame has one user less.
         *
         * @param frame a high frame's number
         * @param task who used it
         * @throws dev.gaugeblock.machine.KernelBug if it has none
         */
        void kunmap(int frame, Task task);
    }
}
