package dev.gaugeblock.defects;

import dev.gaugeblock.report.result.Evidence;
import java.util.List;

/**
 * What came of one subject of an engine, run with a defect.
 *
 * @param subject a litmus test or a file of vectors, by name without its ending
 * @param id if found, of the violation, or the answer that differs; otherwise empty
 * @param text if found, what the engine says of it, for people; if not judged, why; otherwise empty
 * @param evidence if found, what shows it, where the engine has more to say than its id
 */
public record Trial(Result result, String subject, String id, String text, List<Evidence> evidence) {
    /** Without evidence. Public, as probes are of another class loader. */
    public Trial(Result result, String subject, String id, String text) {
        this(result, subject, id, text, List.of());
    }

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
