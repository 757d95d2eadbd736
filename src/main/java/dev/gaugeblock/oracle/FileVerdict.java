package dev.gaugeblock.oracle;

import java.util.Optional;

/**
 * What came out of the check of one file.
 *
 * @param events how many were replayed and found right
 * @param answers how many of their answers were compared
 * @param reason why it does not hold, in one sentence that begins with the file and, where there is one, the line;
 *     empty if it holds
 * @param unjudged lines behind the one that ended the check
 * @param divergence the wrong answer of a violated file
 */
public record FileVerdict(
        String file,
        Verdict verdict,
        long events,
        long answers,
        String reason,
        long unjudged,
        Optional<Divergence> divergence) {

    /** For what is no file at all. */
    public static FileVerdict unreadable(String path, String why) {
        return new FileVerdict(path, Verdict.UNREADABLE, 0, 0, path + ": " + why, 0, Optional.empty());
    }

    /** For a place with no events in it. */
    public static FileVerdict nothingToCheck(String path, String why) {
        return new FileVerdict(
                path, Verdict.INCONCLUSIVE, 0, 0, path + ": nothing to check: " + why, 0, Optional.empty());
    }
}
