package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.oracle.replay.Divergence;
import java.util.List;
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
 * @param line where the reason shows, from 1; 0 for the file as a whole
 * @param unjudged lines behind the one that ended the check
 * @param endedEarly whether the check ended with what {@code reason} says, before the file's end
 * @param divergence the wrong answer of a violated file, if it was checked exactly
 * @param findings the broken rules of a violated file, if it was checked against the contract, the first one first
 */
public record FileVerdict(
        String file,
        Ruling ruling,
        long events,
        long answers,
        SortedMap<String, Long> notJudged,
        String reason,
        long line,
        long unjudged,
        boolean endedEarly,
        Optional<Divergence> divergence,
        List<BreachGroups.Group<ContractFinding>> findings) {

    /** The first breach, if there is one. */
    public Optional<Rejection> rejection() {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(findings.get(0).first().rejection());
    }

    /** For what is no file at all. */
    public static FileVerdict unreadable(String path, String why) {
        return nothing(path, Ruling.UNREADABLE, path + ": " + why);
    }

    /** For a place with no events in it. */
    public static FileVerdict nothingToCheck(String path, String why) {
        return nothing(path, Ruling.INCONCLUSIVE, path + ": nothing to check: " + why);
    }

    private static FileVerdict nothing(String path, Ruling ruling, String reason) {
        return new FileVerdict(path, ruling, 0, 0, new TreeMap<>(), reason, 0, 0, false, Optional.empty(), List.of());
    }
}
