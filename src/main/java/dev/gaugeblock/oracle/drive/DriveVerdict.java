package dev.gaugeblock.oracle.drive;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of driving a program.
 *
 * @param tries sequences asked, the one that failed included
 * @param operations judged and right
 * @param bursts how many of them were bursts of threads
 * @param notAsked operations that the program does not answer
 * @param name the rule that was broken, or what the program did instead of answering; {@code null} if all is right
 * @param reason what is wrong; {@code null} likewise
 * @param line of {@code lines} that is wrong, from 1; 0 if none is
 * @param runs how often the program was started
 * @param errors what it wrote on its standard error in the run that the verdict is about
 * @param lines the shortest sequence that fails, as a file of events; empty if none does
 * @param isTrace whether these tell what several threads did, which cannot be asked again
 */
public record DriveVerdict(
        int tries,
        long operations,
        int bursts,
        Set<String> notAsked,
        @Nullable String name,
        @Nullable String reason,
        long line,
        int runs,
        String errors,
        List<String> lines,
        boolean isTrace) {
    DriveVerdict(
            int tries,
            long operations,
            int bursts,
            Set<String> notAsked,
            Transcript.@Nullable Failure failure,
            int runs,
            String errors,
            List<String> lines,
            boolean isTrace) {
        this(
                tries,
                operations,
                bursts,
                notAsked,
                failure == null ? null : failure.name(),
                failure == null ? null : failure.text(),
                failure == null ? 0 : failure.line() > 0 ? failure.line() : lines.size(),
                runs,
                errors,
                lines,
                isTrace);
    }

    /** Whether nothing went wrong. */
    public boolean holds() {
        return name == null;
    }

    /** What is wrong, in a line; empty if nothing is. */
    public Optional<String> failure() {
        if (name == null || reason == null) {
            return Optional.empty();
        }
        return Optional.of(reason.startsWith(name) ? reason : name + ": " + reason);
    }
}
