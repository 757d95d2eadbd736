package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.mm.MemoryLayout;
import java.util.List;

/**
 * The machine of a litmus test.
 *
 * @param cpus number of CPUs, from 1
 * @param layout zones, holes and reserved frames
 * @param bootMode how boot frees the memory: none, blocks, blocksdesc, pages, kernel
 * @param setUp whether watermarks and reserves are computed as the kernel does, or stay 0
 * @param marks watermarks given by hand, applied after {@code setUp}
 * @param reserves lowmem reserves given by hand
 * @param bounds per-CPU list bounds given by hand, for all CPUs
 * @param locks names of spin locks that the test's programs use themselves
 */
public record MachineSpec(
        int cpus,
        MemoryLayout layout,
        String bootMode,
        boolean setUp,
        List<Marks> marks,
        List<Reserve> reserves,
        List<Bounds> bounds,
        List<String> locks) {

    /** Watermarks of a zone (0..2), in frames. */
    public record Marks(int zone, int min, int low, int high) {}

    /** What a zone (0..2) keeps from requests whose first zone is 0, 1, 2; in frames. */
    public record Reserve(int zone, List<Integer> frames) {}

    /** Bounds of a zone's hot or cold per-CPU lists, in frames. */
    public record Bounds(int zone, boolean cold, int low, int high, int batch) {}
}
