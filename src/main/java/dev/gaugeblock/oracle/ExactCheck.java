package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.BeyondReferenceException;
import dev.gaugeblock.oracle.replay.BufferReplay;
import dev.gaugeblock.oracle.replay.ConcernedZones;
import dev.gaugeblock.oracle.replay.Difference;
import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.oracle.replay.Machine;
import dev.gaugeblock.oracle.replay.Reference;
import dev.gaugeblock.oracle.replay.Replay;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.EventForm;
import dev.gaugeblock.oracle.trace.HeaderCheck;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks a file of events against the reference, exactly: every answer in the file must be the one that the reference
 * gives, frame by frame, and the reference must have no answer that the file lacks.
 */
public final class ExactCheck {
    private final Path file;
    private long events;
    private long answers;

    private ExactCheck(Path file) {
        this.file = file;
    }

    /** Checks one file. Whatever is wrong with it, or with reading it, is in the verdict. */
    public static FileVerdict check(Path file) {
        return new ExactCheck(file).check();
    }

    private FileVerdict check() {
        try (TraceReader trace = TraceReader.open(file)) {
            return trace.isEmpty() ? FileVerdict.nothingToCheck(file.toString(), "the file is empty") : replay(trace);
        } catch (TextFormatException e) {
            return verdict(Verdict.UNREADABLE, String.valueOf(e.getMessage()), 0, Optional.empty());
        } catch (IOException e) {
            return FileVerdict.unreadable(file.toString(), Reason.of(e));
        }
    }

    private FileVerdict replay(TraceReader trace) throws TextFormatException {
        boolean ofBuffers = trace.header().isOfBuffers();
        Replay replay =
                ofBuffers ? new BufferReplay() : new Reference(trace.header().build());
        HeaderCheck header = new HeaderCheck(trace.header());
        for (Event event = trace.next(); event != null; event = trace.next()) {
            Optional<Divergence> divergence;
            try {
                divergence = compare(event, replay);
            } catch (BeyondReferenceException e) {
                return inconclusive(event, e.getMessage(), trace);
            }
            if (divergence.isPresent()) {
                return violated(divergence.get(), trace);
            }
            if (!ofBuffers) {
                header.observe(Objects.requireNonNull(Operation.named(event.operation()), "as it was replayed"), event);
            }
        }
        header.end();
        return answers == 0
                ? FileVerdict.nothingToCheck(file.toString(), "no event of the file has an answer")
                : verdict(Verdict.HOLDS, "", 0, Optional.empty());
    }

    /** Carries an event out, and holds every answer that it has, or should have, against the reference's. */
    private Optional<Divergence> compare(Event event, Replay replay) throws TextFormatException {
        EventForm form = replay.form(event);
        String problem = form.problem(event.fields());
        if (problem != null) {
            throw error(event, problem);
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
        events++;
        answers += expected.size();
        return Optional.empty();
    }

    private static TextFormatException error(Event event, @Nullable String problem) {
        return event.position().error(event.operation() + ": " + problem);
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

    private FileVerdict violated(Divergence at, TraceReader trace) throws TextFormatException {
        String reason = file + ":" + at.line() + ": event " + at.event() + ": " + at.field() + ": the file has "
                + at.expected() + ", the reference " + at.actual();
        TraceReader.Rest rest = trace.skipRest(reason);
        String more =
                rest.damage() == null ? "" : "; further on: " + rest.damage().getMessage();
        return verdict(Verdict.VIOLATED, rest.with(reason), rest.lines(), Optional.of(at));
    }

    private FileVerdict inconclusive(Event event, @Nullable String why, TraceReader trace) throws TextFormatException {
        String reason = file + ":" + event.position().line() + ": event " + event.number() + ": " + why;
        return undecided(reason, trace);
    }

    private FileVerdict undecided(String reason, TraceReader trace) throws TextFormatException {
        TraceReader.Rest rest = trace.skipRest(reason);
        rest.requireEvents(reason);
        return verdict(Verdict.INCONCLUSIVE, reason, rest.lines(), Optional.empty());
    }

    private FileVerdict verdict(Verdict verdict, String reason, long unjudged, Optional<Divergence> divergence) {
        return new FileVerdict(
                file.toString(),
                verdict,
                events,
                answers,
                new TreeMap<>(),
                reason,
                unjudged,
                divergence,
                Optional.empty());
    }
}
