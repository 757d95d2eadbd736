package dev.gaugeblock.explore.harness.foreign;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Whom the programs of a litmus test ask for frames. Any task may ask at any time. */
public interface FrameSource {
    /**
     * A block of 2^order frames.
     *
     * @param node the node whose zonelist the request goes by, the CPU's own or another
     * @param gfp bits of {@link dev.gaugeblock.mm.Gfp}
     * @return its first frame, or {@code null}
     */
    @Nullable
    PageFrame alloc(int node, int gfp, int order, Task task);

    /** Drops a reference to a block, and frees it if that was the last. */
    void free(PageFrame block, int order, Task task);

    /**
     * Likewise, but as to a block of 2^order frames, whatever it is: of a larger block no more than that is freed.
     *
     * @param cold whether a single frame will not be wanted soon
     */
    void put(PageFrame block, int order, boolean cold, Task task);

    /** Takes one more reference to a block. */
    void get(PageFrame block, Task task);

    /** Gives back what the task's CPU has for itself. */
    void drain(Task task);

    /**
     * How many frames of a zone are free. It can be asked where {@link #isCounted} says so.
     *
     * @param zone by the number that it has among those of all nodes
     * @param onLists whether those count that lie on the lists of CPUs
     */
    int freeFrames(int zone, boolean onLists);

    /**
     * Whether it counts the free frames of a zone, and nobody is in the middle of changing how many they are.
     *
     * @param isIdle whether no program is in the middle of an operation
     */
    boolean isCounted(int zone, boolean isIdle);
}
