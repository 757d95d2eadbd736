package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.GaveUpException;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
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

    /** What messages call it. */
    final String file;

    FileCheck(String file) {
        this.file = file;
    }

    /** The check of the events that a reader gives, one step for each. */
    interface Course {
        /**
         * Reads and judges the next event.
         *
         * @return the verdict, if the check ends here; {@code null} to go on, or at the end
         * @throws TextFormatException if what is read is no event
         */
        @Nullable
        FileVerdict next() throws TextFormatException;

        /** The verdict after the last event. */
        FileVerdict end() throws TextFormatException;

        /** Goes to the next event; {@code false} after the last. */
        boolean advance() throws TextFormatException;
    }

    /** Where events come from. */
    @FunctionalInterface
    private interface Opener {
        LineReader open() throws IOException, TextFormatException;
    }

    /** The verdict on a file. Whatever is wrong with it, or with reading it, is in it. */
    final FileVerdict verdictOn(Path path) {
        return check(() -> LineReader.open(path));
    }

    /** Likewise on a stream, which is read to its end, with lines of so many bytes at most. */
    final FileVerdict verdictOn(InputStream in, int longestLine) {
        return check(() -> LineReader.of(file, in, longestLine));
    }

    private FileVerdict check(Opener opener) {
        try (TraceReader trace = TraceReader.of(opener.open())) {
            return trace.isEmpty() ? nothing("the file is empty") : judgeInHeap(trace);
        } catch (TextFormatException e) {
            return unreadable(e);
        } catch (IOException e) {
            return FileVerdict.unreadable(file, Reason.of(e));
        } catch (OutOfMemoryError e) {
            return unreadable(new Position(file, 1).gaveUp(Reason.ofFullHeap()));
        }
    }

    private FileVerdict judgeInHeap(TraceReader trace) throws TextFormatException {
        try {
            Course course = begin(trace);
            while (course.advance()) {
                FileVerdict verdict = course.next();
                if (verdict != null) {
                    return verdict;
                }
            }
            return course.end();
        } catch (OutOfMemoryError e) {
            throw trace.line().position().gaveUp(Reason.ofFullHeap());
        }
    }

    /** The verdict on what is no file of events, or does not fit the heap. */
    final FileVerdict unreadable(TextFormatException wrong) {
        return verdict(
                wrong instanceof GaveUpException ? Ruling.BROKEN : Ruling.UNREADABLE,
                String.valueOf(wrong.getMessage()),
                wrong.line(),
                0,
                false,
                Optional.empty(),
                new ContractFindings());
    }

    /**
     * Begins to judge, behind the header.
     *
     * @throws TextFormatException if the header is of no file that could be judged
     */
    abstract Course begin(TraceReader trace) throws TextFormatException;

    /** A course that judges nothing, for what the header says already. */
    final Course refused(String reason, TraceReader trace) {
        return new Course() {
            @Override
            public boolean advance() {
                return false;
            }

            @Override
            public @Nullable FileVerdict next() {
                return null;
            }

            @Override
            public FileVerdict end() throws TextFormatException {
                return inconclusive(reason, 0, trace);
            }
        };
    }

    /**
     * The verdict when all of the file was read and nothing is wrong with it.
     *
     * @param unjudged why it proves nothing if no answer was judged
     */
    final FileVerdict atEnd(String unjudged) {
        return tally.answers() == 0
                ? nothing(unjudged)
                : verdict(Ruling.HOLDS, "", 0, 0, false, Optional.empty(), new ContractFindings());
    }

    /** The verdict when events broke rules, and the file was judged to its end. */
    final FileVerdict violated(ContractFindings findings) {
        return verdict(
                Ruling.VIOLATED, firstReason(findings), firstLine(findings), 0, false, Optional.empty(), findings);
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
                firstLine(findings),
                rest.lines(),
                true,
                Optional.empty(),
                findings);
    }

    private static long firstLine(ContractFindings findings) {
        return Objects.requireNonNull(findings.first(), "something was found").line();
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
        return verdict(
                Ruling.VIOLATED,
                rest.with(reason),
                at.line(),
                rest.lines(),
                true,
                Optional.of(at),
                new ContractFindings());
    }

    /** The verdict when the file cannot be judged. It is read to its end even so, as a damaged one is to be noticed. */
    final FileVerdict inconclusive(String reason, long line, TraceReader trace) throws TextFormatException {
        TraceReader.Rest rest = trace.skipRest(reason);
        rest.requireEvents(reason);
        return verdict(Ruling.INCONCLUSIVE, reason, line, rest.lines(), true, Optional.empty(), new ContractFindings());
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
        return FileVerdict.nothingToCheck(file, why);
    }

    private FileVerdict verdict(
            Ruling ruling,
            String reason,
            long line,
            long unjudged,
            boolean endedEarly,
            Optional<Divergence> divergence,
            ContractFindings findings) {
        return new FileVerdict(
                file,
                ruling,
                tally.events(),
                tally.answers(),
                new TreeMap<>(tally.notJudged()),
                reason,
                line,
                unjudged,
                endedEarly,
                divergence,
                findings.groups().groups());
    }
}
