package dev.gaugeblock.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A seeded defect that no lock and no assertion complains about: one operation takes effect at three points. */
public class NotAtOnce extends OnThreads {
    /** Gives the last frame back to the zone, and asks for one: at once, one gets the frame that was freed last. */
    @Operation
    public Object exchange(@Param(name = "cpu") int cpu) {
        free(cpu);
        drain(cpu);
        return alloc(cpu);
    }
}
