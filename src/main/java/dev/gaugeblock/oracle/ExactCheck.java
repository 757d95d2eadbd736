package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.BeyondReferenceException;
import dev.gaugeblock.oracle.replay.BufferReplay;
import dev.gaugeblock.oracle.replay.ConcernedZones;
import dev.gaugeblock.oracle.replay.Difference;
import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.oracle.replay.EventReplay;
import dev.gaugeblock.oracle.replay.Machine;
import dev.gaugeblock.oracle.replay.Reference;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.EventForm;
import dev.gaugeblock.oracle.trace.HeaderCheck;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Problem;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks a file of events against the reference, exactly: every answer in the file must be the one that the reference
 * gives, frame by frame, and the reference must have no answer that the file lacks.
 */
public final class ExactCheck extends FileCheck {
    ExactCheck(String file) {
        super(file);
    }

    /** Checks one file. Whatever is wrong with it, or with reading it, is in the verdict. */
    public static FileVerdict check(Path file) {
        return new ExactCheck(file.toString()).verdictOn(file);
    }

    /** Likewise what a stream has, to its end, with lines of so many bytes at most; messages call it by its name. */
    public static FileVerdict check(String name, InputStream in, int longestLine) {
        return new ExactCheck(name).verdictOn(in, longestLine);
    }

    @Override
    Course begin(TraceReader trace) throws TextFormatException {
        if (!trace.header().declared().isEmpty()) {
            throw trace.header()
                    .position()
                    .error(
                            "header: declares: --exact compares with the reference, which is as it is; leave --exact out");
        }
        return new Exactly(trace);
    }

    /** What the reference answers to each event. */
    private final class Exactly implements Course {
        private final TraceReader trace;
        private final boolean ofBuffers;
        private final EventReplay replay;
        private final HeaderCheck header;

        Exactly(TraceReader trace) {
            this.trace = trace;
            this.ofBuffers = trace.header().isOfBuffers();
            this.replay = ofBuffers
                    ? new BufferReplay()
                    : new Reference(trace.header().build());
            this.header = new HeaderCheck(trace.header());
        }

        @Override
        public boolean advance() throws TextFormatException {
            return trace.advance();
        }

        @Override
        public @Nullable FileVerdict next() throws TextFormatException {
            Event event = trace.event();
            Optional<Divergence> divergence;
            try {
                divergence = compare(event, trace, replay);
            } catch (BeyondReferenceException e) {
                divergence = compareKnown(event, replay, e);
                if (divergence.isEmpty()) {
                    return inconclusive(
                            place(event) + e.getMessage(), event.position().line(), trace);
                }
            }
            if (divergence.isPresent()) {
                return violated(divergence.get(), trace);
            }
            if (!ofBuffers) {
                header.observe(Objects.requireNonNull(Operation.named(event.operation()), "as it was replayed"), event);
            }
            return null;
        }

        @Override
        public FileVerdict end() throws TextFormatException {
            header.end();
            return atEnd("no event of the file has an answer");
        }
    }

    /** Carries an event out, and holds every answer that it has, or should have, against the reference's. */
    private Optional<Divergence> compare(Event event, TraceReader trace, EventReplay replay)
            throws TextFormatException {
        EventForm form = replay.form(event);
        Problem problem = form.problem(event.fields());
        if (problem != null) {
            throw problem.error(event.position(), trace.line().text(), event.operation());
        }
        Answers actual;
        try {
            actual = replay.apply(event);
        } catch (IllegalArgumentException e) {
            throw error(event, e.getMessage());
        }
        Map<String, @Nullable Object> expected = event.fieldsOf(form.answers);
        Difference difference = Difference.first(expected, actual.values());
        if (difference != null) {
            return Optional.of(divergence(event, form, difference, actual, replay.machine()));
        }
        tally.addEvent();
        tally.addAnswers(expected.size());
        return Optional.empty();
    }

    /** Where only one answer cannot be said, another that differs decides. */
    private static Optional<Divergence> compareKnown(Event event, EventReplay replay, BeyondReferenceException beyond) {
        Answers known = beyond.known();
        if (known == null) {
            return Optional.empty();
        }
        EventForm form = replay.form(event);
        Map<String, @Nullable Object> expected = event.fieldsOf(form.answers);
        expected.remove(beyond.unknown());
        Difference difference = Difference.first(expected, known.values());
        return difference == null
                ? Optional.empty()
                : Optional.of(divergence(event, form, difference, known, replay.machine()));
    }

    private static Divergence divergence(
            Event event, EventForm form, Difference difference, Answers actual, @Nullable Machine machine) {
        Map<String, @Nullable Object> asked = event.fieldsOf(form.questions);
        return new Divergence(
                event.position().line(),
                event.number(),
                JsonText.of(asked),
                difference.field(),
                difference.expected(),
                difference.actual(),
                machine == null ? List.of() : ConcernedZones.of(event, difference.field(), actual, machine),
                machine == null ? 0 : machine.cpuCount());
    }
}
