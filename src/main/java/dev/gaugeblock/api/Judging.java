package dev.gaugeblock.api;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.EventCheck;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Judges what an allocator was asked and answered: events in the form of {@code spec/events.md}, a line each. */
public final class Judging {
    /** What reasons call events that come from no file. */
    private static final String HANDED = "events";

    private static final Contract.Failures FAILURES = Contract.Failures.RESOURCE_AWARE;

    private final boolean isExact;

    private Judging(boolean isExact) {
        this.isExact = isExact;
    }

    /**
     * Against what any correct allocator keeps to.
     *
     * @return a judge of files, streams and events
     */
    public static Judging byContract() {
        return new Judging(false);
    }

    /**
     * Against the reference's own answers, frame by frame.
     *
     * @return a judge of files, streams and events
     */
    public static Judging byReference() {
        return new Judging(true);
    }

    /**
     * What came of it.
     *
     * @param isRight whether every answer was as it must be, and there was at least one
     * @param reason why not, in a sentence with file and line; otherwise empty
     * @param broken ids of the broken rules, the first one first; empty also if answers differ from the reference's
     * @param events how many were judged and found right
     */
    public record Judged(boolean isRight, String reason, List<String> broken, long events) {}

    /**
     * Judges a file; whatever is wrong with it, or with reading it, is in the result.
     *
     * @param file events, plain or gzip
     * @return what came of it
     */
    public Judged judge(Path file) {
        return judged(isExact ? ExactCheck.check(file) : ContractCheck.check(file, FAILURES, false));
    }

    /**
     * Judges a stream, plain or gzip, to its end; whatever is wrong with it, or with reading it, is in the result.
     *
     * @param name what reasons call it
     * @param events what is judged
     * @return what came of it
     */
    public Judged judge(String name, InputStream events) {
        return judged(isExact ? ExactCheck.check(name, events) : ContractCheck.check(name, events, FAILURES));
    }

    /**
     * Judges events that are at hand, each a line of JSON, the header first.
     *
     * @param events what is judged
     * @return what came of it
     */
    public Judged judge(List<String> events) {
        String lines = String.join("\n", events) + "\n";
        return judge(HANDED, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Begins to judge events one by one, while the allocator runs.
     *
     * @param header the line with which a file of events begins
     * @return takes the events
     */
    public Running begin(String header) {
        return new Running(
                isExact ? EventCheck.exactly(HANDED, header) : EventCheck.byContract(HANDED, header, FAILURES));
    }

    /** Judges events one by one, and ends with the first that is wrong. For one thread at a time. */
    public static final class Running {
        private final EventCheck check;

        private Running(EventCheck check) {
            this.check = check;
        }

        /**
         * Judges the next event, as far as that can be done before those that overlap it are known.
         *
         * @param event a line of JSON
         * @return whether nothing is wrong so far; behind what is wrong nothing is judged any more
         * @throws IllegalArgumentException if it is more than one line
         */
        public boolean next(String event) {
            return check.next(event);
        }

        /** {@return what came of all events; after the last one, or once one was wrong} */
        public Judged end() {
            return judged(check.end());
        }
    }

    private static Judged judged(FileVerdict verdict) {
        return new Judged(
                verdict.reason().isEmpty(),
                verdict.reason(),
                verdict.findings().stream().map(group -> group.first().rule()).toList(),
                verdict.events());
    }
}
