package dev.gaugeblock.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        } catch (TraceFormatException e) {
            return verdict(Verdict.UNREADABLE, e.getMessage(), 0, Optional.empty());
        } catch (IOException e) {
            return FileVerdict.unreadable(file.toString(), Reason.of(e));
        }
    }

    private FileVerdict replay(TraceReader trace) throws TraceFormatException {
        Reference reference = new Reference(trace.header().build());
        HeaderCheck header = new HeaderCheck(trace.header());
        for (Event event = trace.next(); event != null; event = trace.next()) {
            Operation operation = Operation.named(event.operation());
            Optional<Divergence> divergence;
            try {
                divergence = compare(operation, event, reference);
            } catch (BeyondReferenceException e) {
                return inconclusive(event, e.getMessage(), trace.skipRest());
            }
            if (divergence.isPresent()) {
                return violated(divergence.get(), trace.skipRest());
            }
            header.observe(operation, event);
        }
        header.end();
        return answers == 0
                ? FileVerdict.nothingToCheck(file.toString(), "no event of the file has an answer")
                : verdict(Verdict.HOLDS, "", 0, Optional.empty());
    }

    /** Carries an event out, and holds every answer that it has, or should have, against the reference's. */
    private Optional<Divergence> compare(Operation operation, Event event, Reference reference)
            throws TraceFormatException {
        if (operation == null) {
            throw new BeyondReferenceException(Operation.whyNotReplayed(event.operation()));
        }
        String problem = operation.problem(event.fields());
        if (problem != null) {
            throw error(event, problem);
        }
        Answers actual;
        try {
            actual = reference.apply(operation, event);
        } catch (IllegalArgumentException e) {
            throw error(event, e.getMessage());
        }
        Map<String, Object> expected = event.fieldsOf(operation.answers);
        Difference difference = Difference.first(expected, actual.values());
        if (difference != null) {
            return Optional.of(divergence(event, operation, difference, actual, reference.machine()));
        }
        events++;
        answers += expected.size();
        return Optional.empty();
    }

    private static TraceFormatException error(Event event, String problem) {
        return event.position().error(event.operation() + ": " + problem);
    }

    private static Divergence divergence(
            Event event, Operation operation, Difference difference, Answers actual, Machine machine) {
        Map<String, Object> asked = event.fieldsOf(operation.questions);
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

    private FileVerdict violated(Divergence at, long unjudged) {
        String reason = file + ":" + at.line() + ": event " + at.event() + ": " + at.field() + ": the file has "
                + at.expected() + ", the reference " + at.actual();
        return verdict(Verdict.VIOLATED, reason, unjudged, Optional.of(at));
    }

    private FileVerdict inconclusive(Event event, String why, long unjudged) {
        String reason = file + ":" + event.position().line() + ": event " + event.number() + ": " + why;
        return verdict(Verdict.INCONCLUSIVE, reason, unjudged, Optional.empty());
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
