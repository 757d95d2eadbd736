package dev.gaugeblock.defects;

/**
 * What came of one subject of an engine, run with a defect.
 *
 * @param subject a litmus test or a file of vectors, by name without its ending
 * @param id if found, of the violation, or the answer that differs; otherwise empty
 * @param text if found, what the engine says of it, for people; if not judged, why; otherwise empty
 */
public record Trial(Result result, String subject, String id, String text) {
    /** How it went. */
    public enum Result {
        FOUND,
        SURVIVED,
        /** The engine could not judge: that is neither the one nor the other. */
        NOT_JUDGED
    }

    boolean isFound() {
        return result == Result.FOUND;
    }
}
