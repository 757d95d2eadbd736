package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The check of one file of events, whatever its answers are held against: how the file is opened and read to its end,
 * what makes it unreadable, and what the verdict on it says.
 */
abstract class FileCheck {
    /** What was judged so far. */
    final Tally tally = new Tally();

    final Path file;

    FileCheck(Path file) {
        this.file = file;
    }

    /** The verdict. Whatever is wrong with the file, or with reading it, is in it. */
    final FileVerdict check() {
        try (TraceReader trace = TraceReader.open(file)) {
            return trace.isEmpty() ? nothing("the file is empty") : judgeInHeap(trace);
        } catch (TextFormatException e) {
            return verdict(
                    Ruling.UNREADABLE,
                    String.valueOf(e.getMessage()),
                    0,
                    false,
                    Optional.empty(),
                    new ContractFindings());
        } catch (IOException e) {
            return FileVerdict.unreadable(file.toString(), Reason.of(e));
        } catch (OutOfMemoryError e) {
            return FileVerdict.unreadable(file + ":1", Reason.ofFullHeap());
        }
    }

    private FileVerdict judgeInHeap(TraceReader trace) throws TextFormatException {
        try {
            return judge(trace);
        } catch (OutOfMemoryError e) {
            throw trace.line().position().error(Reason.ofFullHeap());
        }
    }

    /**
     * Judges event after event, as far as is wanted.
     *
     * @throws TextFormatException if what is read is no file of events
     */
    abstract FileVerdict judge(TraceReader trace) throws TextFormatException;

    /**
     * The verdict when all of the file was read and nothing is wrong with it.
     *
     * @param unjudged why it proves nothing if no answer was judged
     */
    final FileVerdict atEnd(String unjudged) {
        return tally.answers() == 0
                ? nothing(unjudged)
                : verdict(Ruling.HOLDS, "", 0, false, Optional.empty(), new ContractFindings());
    }

    /** The verdict when events broke rules, and the file was judged to its end. */
    final FileVerdict violated(ContractFindings findings) {
        return verdict(Ruling.VIOLATED, firstReason(findings), 0, false, Optional.empty(), findings);
    }

    /**
     * The verdict when events broke rules, and the check ends here. The rest of the file is read for damage, and not
     * judged.
     *
     * @param more why, if not because of the first of them
     */
    final FileVerdict violated(ContractFindings findings, TraceReader trace, String more) throws TextFormatException {
        String reason = firstReason(findings) + more;
        TraceReader.Rest rest = trace.skipRest(reason);
        return verdict(
                Ruling.VIOLATED,
                more.isEmpty() ? rest.with(reason) : reason,
                rest.lines(),
                true,
                Optional.empty(),
                findings);
    }

    private String firstReason(ContractFindings findings) {
        return reason(Objects.requireNonNull(findings.first(), "something was found"));
    }

    /** What was found, with its place. */
    final String reason(ContractFinding found) {
        return place(found.line(), found.rejection().event())
                + found.rejection().text();
    }

    /** The verdict when an answer is none that the reference gives. */
    final FileVerdict violated(Divergence at, TraceReader trace) throws TextFormatException {
        String reason = place(at.line(), at.event()) + at.field() + ": the file has " + at.expected()
                + ", the reference " + at.actual();
        TraceReader.Rest rest = trace.skipRest(reason);
        return verdict(Ruling.VIOLATED, rest.with(reason), rest.lines(), true, Optional.of(at), new ContractFindings());
    }

    /** The verdict when the file cannot be judged. It is read to its end even so, as a damaged one is to be noticed. */
    final FileVerdict inconclusive(String reason, TraceReader trace) throws TextFormatException {
        TraceReader.Rest rest = trace.skipRest(reason);
        rest.requireEvents(reason);
        return verdict(Ruling.INCONCLUSIVE, reason, rest.lines(), true, Optional.empty(), new ContractFindings());
    }

    /** An event that cannot be carried out, or is not in its operation's form. */
    static TextFormatException error(Event event, @Nullable String problem) {
        return event.position().error(event.operation() + ": " + problem);
    }

    /** Where an event stands. */
    final String place(Event event) {
        return place(event.position().line(), event.number());
    }

    private String place(long line, long event) {
        return file + ":" + line + ": event " + event + ": ";
    }

    private FileVerdict nothing(String why) {
        return FileVerdict.nothingToCheck(file.toString(), why);
    }

    private FileVerdict verdict(
            Ruling ruling,
            String reason,
            long unjudged,
            boolean endedEarly,
            Optional<Divergence> divergence,
            ContractFindings findings) {
        return new FileVerdict(
                file.toString(),
                ruling,
                tally.events(),
                tally.answers(),
                new TreeMap<>(tally.notJudged()),
                reason,
                unjudged,
                endedEarly,
                divergence,
                findings.groups().groups());
    }
}
