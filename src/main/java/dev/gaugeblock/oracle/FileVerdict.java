package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.Divergence;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out of the check of one file.
 *
 * @param events how many were judged and found right
 * @param answers how many of their answers were compared
 * @param notJudged how many events of each operation were read and not judged, as nothing is demanded of their answers
 * @param reason why it does not hold, in one sentence that begins with the file and, where there is one, the line;
 *     empty if it holds
 * @param unjudged lines behind the one that ended the check
 * @param divergence the wrong answer of a violated file, if it was checked exactly
 * @param rejection the broken rule of a violated file, if it was checked against the contract
 */
public record FileVerdict(
        String file,
        Ruling ruling,
        long events,
        long answers,
        SortedMap<String, Long> notJudged,
        String reason,
        long unjudged,
        Optional<Divergence> divergence,
        Optional<Rejection> rejection) {

    /** For what is no file at all. */
    public static FileVerdict unreadable(String path, String why) {
        return nothing(path, Ruling.UNREADABLE, path + ": " + why);
    }

    /** For a place with no events in it. */
    public static FileVerdict nothingToCheck(String path, String why) {
        return nothing(path, Ruling.INCONCLUSIVE, path + ": nothing to check: " + why);
    }

    private static FileVerdict nothing(String path, Ruling ruling, String reason) {
        return new FileVerdict(path, ruling, 0, 0, new TreeMap<>(), reason, 0, Optional.empty(), Optional.empty());
    }
}
