package dev.gaugeblock.api;

import java.io.Serializable;

/**
 * What came of one trace, flat: a row of a table. It depends on the trace and on the {@link Judging} alone, unless it
 * is {@link Ruling#BROKEN}.
 *
 * @param name what the trace is called
 * @param ruling what it is held to be
 * @param rule the id of the first rule that is broken, {@code reference-answer} for an answer that is not the
 *     reference's; empty if none is
 * @param line where the reason shows, from 1; 0 for the trace as a whole
 * @param event the number of the event that breaks the rule, from 0; -1 if there is none, and for kernels
 * @param reason why it does not hold, in a sentence that begins with the name; empty if it holds
 * @param events how many were judged and found right; for kernels, how many a rule was about
 * @param answers how many answers of these were compared; 0 for kernels
 * @param version of Gaugeblock
 * @serial exclude
 */
public record TraceVerdict(
        String name,
        Ruling ruling,
        String rule,
        long line,
        long event,
        String reason,
        long events,
        long answers,
        String version)
        implements Serializable {

    /** What a trace is held to be. Only {@link #HOLDS} is a pass. */
    public enum Ruling {
        /** All of it was judged, and is as it must be. */
        HOLDS,
        /** A rule is broken. */
        VIOLATED,
        /** Not all could be judged, or there was nothing to judge. */
        INCONCLUSIVE,
        /** It cannot be read, or is no trace. */
        UNREADABLE,
        /** Nothing is said of the trace: it did not fit the heap, a bound that was set, or the judge failed. */
        BROKEN
    }
}
