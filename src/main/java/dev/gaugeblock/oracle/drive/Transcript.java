package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of a sequence.
 *
 * @param events requests with their answers, from the reset on; the last one is what failed, if anything did
 * @param operations how many of them are moves
 * @param also what the program says it answers beyond alloc and free
 * @param declared what it declares itself to be like, as it stands in its answer to reset
 * @param failure {@code null} if all is right
 * @param errors what a program that failed wrote on its standard error, since it was started
 */
record Transcript(
        List<Map<String, @Nullable Object>> events,
        int operations,
        Set<String> also,
        Map<String, @Nullable Object> declared,
        @Nullable Failure failure,
        String errors) {
    /** The same with another failure. */
    Transcript with(Failure other) {
        return new Transcript(events, operations, also, declared, other, errors);
    }

    /** The same, with what the program wrote on its standard error. */
    Transcript wrote(String text) {
        return new Transcript(events, operations, also, declared, failure, text);
    }

    /** Whether the last request has an answer, right or wrong. */
    boolean isAnswered() {
        return events.isEmpty()
                || !ContractForm.isNoAnswer(events.get(events.size() - 1).get("r"));
    }

    /** Whether the last request is a burst: without an answer, or the events of its threads would stand there. */
    boolean endsWithBurst() {
        return !events.isEmpty()
                && Operation.BURST.spelling.equals(events.get(events.size() - 1).get("op"));
    }

    /**
     * What is wrong.
     *
     * @param name the rule that was broken, or what the program did instead of answering
     * @param line of the saved file that is wrong; 0 for the last one
     */
    record Failure(String name, String text, long line) {
        Failure(String name, String text) {
            this(name, text, 0);
        }

        /** The same with more text. */
        Failure with(String more) {
            return new Failure(name, text + more, line);
        }
    }
}
