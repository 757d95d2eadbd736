package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.HeaderCheck;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks a file of events of any allocator against the contract. It is read once, in memory for the live blocks and for
 * the events that overlap.
 */
public final class ContractCheck {
    private final Path file;
    private final Contract.Failures failures;
    private final QuickLine quick = new QuickLine();
    private Tally tally = new Tally();

    private ContractCheck(Path file, Contract.Failures failures) {
        this.file = file;
        this.failures = failures;
    }

    /** Checks one file. Whatever is wrong with it, or with reading it, is in the verdict. */
    public static FileVerdict check(Path file, Contract.Failures failures) {
        return new ContractCheck(file, failures).check();
    }

    private FileVerdict check() {
        try (TraceReader trace = TraceReader.open(file)) {
            return trace.isEmpty() ? FileVerdict.nothingToCheck(file.toString(), "the file is empty") : judge(trace);
        } catch (TextFormatException e) {
            return verdict(Verdict.UNREADABLE, String.valueOf(e.getMessage()), 0, Optional.empty());
        } catch (IOException e) {
            return FileVerdict.unreadable(file.toString(), Reason.of(e));
        }
    }

    private FileVerdict judge(TraceReader trace) throws TextFormatException {
        if (trace.header().isOfBuffers()) {
            return ofBuffers(trace);
        }
        Build build = trace.header().build();
        ContractJudge judge = new ContractJudge(build, failures);
        HeaderCheck header = new HeaderCheck(trace.header());
        tally = judge.tally();
        while (trace.advance()) {
            Rejection rejection;
            if (isQuick(judge, trace, build)) {
                rejection = judgeQuick(judge, trace);
            } else {
                Event event = trace.event();
                Operation operation = Operation.named(event.operation());
                if (operation == null) {
                    return inconclusive(event, trace);
                }
                rejection = judge(judge, operation, event);
                header.observe(operation, event);
            }
            if (rejection != null) {
                return violated(rejection, trace);
            }
        }
        Rejection atEnd = judge.end();
        if (atEnd != null) {
            return violated(atEnd, trace);
        }
        header.end();
        return tally.answers() == 0
                ? FileVerdict.nothingToCheck(file.toString(), "no event of the file has an answer that a rule is about")
                : verdict(Verdict.HOLDS, "", 0, Optional.empty());
    }

    /** Whether the line is one for {@link #judgeQuick}, which it was read for then. */
    private boolean isQuick(ContractJudge judge, TraceReader trace, Build build) {
        LineReader line = trace.line();
        return judge.isSetUp()
                && quick.read(line.bytes(), line.length(), trace.expectedNumber(), line.number(), build.hugetlb())
                && (quick.times() != null || judge.isIdle());
    }

    private @Nullable Rejection judgeQuick(ContractJudge judge, TraceReader trace) throws TextFormatException {
        Times times = quick.times();
        if (times != null) {
            return judgeTimed(judge, times, trace.unread(quick.operation()));
        }
        try {
            Breach breach = judge.judge(quick.call(), quick.freeCounts());
            if (breach == null) {
                trace.count();
                return null;
            }
            return Rejection.of(trace.event(), breach);
        } catch (IllegalArgumentException e) {
            throw error(trace.event(), e.getMessage());
        }
    }

    private @Nullable Rejection judgeTimed(ContractJudge judge, Times times, Event event) throws TextFormatException {
        Call counts = quick.freeCounts();
        try {
            return judge.judge(event, times, counts == null ? List.of(quick.call()) : List.of(quick.call(), counts));
        } catch (IllegalArgumentException e) {
            throw error(event, e.getMessage());
        }
    }

    private static @Nullable Rejection judge(ContractJudge judge, Operation operation, Event event)
            throws TextFormatException {
        String problem = operation.contractProblem(event.fields());
        if (problem != null) {
            throw error(event, problem);
        }
        try {
            return judge.judge(operation, event);
        } catch (IllegalArgumentException e) {
            throw error(event, e.getMessage());
        }
    }

    private static TextFormatException error(Event event, @Nullable String problem) {
        return event.position().error(event.operation() + ": " + problem);
    }

    private FileVerdict violated(Rejection rejection, TraceReader trace) throws TextFormatException {
        String reason = file + ":" + rejection.line() + ": event " + rejection.event() + ": " + rejection.text();
        TraceReader.Rest rest = trace.skipRest(reason);
        String more =
                rest.damage() == null ? "" : "; further on: " + rest.damage().getMessage();
        return verdict(Verdict.VIOLATED, rest.with(reason), rest.lines(), Optional.of(rejection));
    }

    /** The contract says nothing of page buffers. The file is read to its end even so, as a damaged one is to be noticed. */
    private FileVerdict ofBuffers(TraceReader trace) throws TextFormatException {
        String reason = file + ": the header's binary is \"" + Header.OF_BUFFERS
                + "\": the contract says nothing of page buffers, only --exact judges them";
        return undecided(reason, trace);
    }

    private FileVerdict inconclusive(Event event, TraceReader trace) throws TextFormatException {
        String reason = file + ":" + event.position().line() + ": event " + event.number() + ": operation "
                + JsonText.shown(event.operation()) + " is none that the contract knows of";
        return undecided(reason, trace);
    }

    private FileVerdict undecided(String reason, TraceReader trace) throws TextFormatException {
        TraceReader.Rest rest = trace.skipRest(reason);
        rest.requireEvents(reason);
        return verdict(Verdict.INCONCLUSIVE, reason, rest.lines(), Optional.empty());
    }

    private FileVerdict verdict(Verdict verdict, String reason, long unjudged, Optional<Rejection> rejection) {
        return new FileVerdict(
                file.toString(),
                verdict,
                tally.events(),
                tally.answers(),
                new TreeMap<>(tally.notJudged()),
                reason,
                unjudged,
                Optional.empty(),
                rejection);
    }
}
