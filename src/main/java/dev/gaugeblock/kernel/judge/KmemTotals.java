package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemKind;

/**
 * What the events so far add up to.
 *
 * @param allocated pages
 * @param freed pages
 * @param freedInInterrupts those of them that were freed from interrupts and softirqs
 * @param findings how many rules were broken
 */
record KmemTotals(long allocated, long freed, long freedInInterrupts, long findings) {
    static final KmemTotals NONE = new KmemTotals(0, 0, 0, 0);

    KmemTotals with(KmemEvent event, long newFindings) {
        if (event.kind() == KmemKind.ALLOC && !event.isFailure()) {
            return new KmemTotals(allocated + event.frames(), freed, freedInInterrupts, newFindings);
        }
        return event.kind() == KmemKind.FREE
                ? new KmemTotals(
                        allocated,
                        freed + event.frames(),
                        freedInInterrupts + (event.isInterrupt() ? event.frames() : 0),
                        newFindings)
                : this;
    }
}
