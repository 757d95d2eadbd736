package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.kernel.trace.LineCounts;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of one trace of a kernel.
 *
 * @param ruling what it is held to be
 * @param reason why it does not hold, in a sentence that begins with the file; empty if it holds
 * @param line where that shows, 0 for the file as a whole
 * @param format who printed the lines; empty if there is no event
 * @param clock which clock the stamps are of, in words; empty if there are none
 * @param counts what the lines were
 * @param judged how many events a rule was about
 * @param unbelieved how many were judged and are not believed, as the ring had been overwritten
 * @param lost how many events the kernel lost
 * @param soft what looks like a fault, and is none
 * @param findings what was found, by rule
 * @param snapshots what they say, two at a time
 * @param remarks what else is to be known, each a sentence
 * @param report what is live at the end; {@code null} if nobody asked
 */
public record KmemVerdict(
        String file,
        KmemRuling ruling,
        String reason,
        long line,
        String format,
        String clock,
        LineCounts counts,
        long judged,
        long unbelieved,
        long lost,
        Map<SoftKind, Long> soft,
        List<BreachGroups.Group<KmemFinding>> findings,
        List<SnapshotPair> snapshots,
        List<String> remarks,
        @Nullable LiveReport report) {
    /** Of what was recorded, lost events included, the part that was judged; from 0 to 1. */
    public double share() {
        long all = counts.all() + counts.notUnderstood() + lost;
        return all == 0 ? 0 : (double) judged / all;
    }
}
