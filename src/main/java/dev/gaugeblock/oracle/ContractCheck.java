package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.HeaderCheck;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Problem;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.nio.file.Path;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks a file of events of any allocator against the contract. It is read once, in memory for the live blocks and for
 * the events that overlap.
 */
public final class ContractCheck extends FileCheck {
    private final Contract.Failures failures;
    private final QuickLine quick = new QuickLine();

    private ContractCheck(Path file, Contract.Failures failures) {
        super(file);
        this.failures = failures;
    }

    /** Checks one file. Whatever is wrong with it, or with reading it, is in the verdict. */
    public static FileVerdict check(Path file, Contract.Failures failures) {
        return new ContractCheck(file, failures).check();
    }

    @Override
    FileVerdict judge(TraceReader trace) throws TextFormatException {
        if (trace.header().isOfBuffers()) {
            return inconclusive(
                    "the header's binary is \"" + Header.OF_BUFFERS
                            + "\": the contract says nothing of page buffers, only --exact judges them",
                    trace);
        }
        Build build = trace.header().build();
        ContractJudge judge = new ContractJudge(build, failures, trace.header().declares(), tally);
        HeaderCheck header = new HeaderCheck(trace.header());
        while (trace.advance()) {
            Rejection rejection;
            if (isQuick(judge, trace, build)) {
                rejection = judgeQuick(judge, trace);
            } else {
                Event event = trace.event();
                Operation operation = Operation.named(event.operation());
                if (operation == null) {
                    String why =
                            "operation " + JsonText.shown(event.operation()) + " is none that the contract knows of";
                    return inconclusive(event, why, trace);
                }
                rejection = judge(judge, operation, event, trace);
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
        String mostlyOwn = judge.mostlyOwn();
        if (mostlyOwn != null) {
            return inconclusive(mostlyOwn, trace);
        }
        return atEnd("no event of the file has an answer that a rule is about");
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
            return judge.withSources(Rejection.of(trace.event(), breach));
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

    private static @Nullable Rejection judge(ContractJudge judge, Operation operation, Event event, TraceReader trace)
            throws TextFormatException {
        Problem problem = ContractForm.of(operation).problem(event.fields(), judge.declares());
        if (problem != null) {
            throw problem.error(event.position(), trace.line().text(), event.operation());
        }
        try {
            return judge.judge(operation, event);
        } catch (IllegalArgumentException e) {
            throw error(event, e.getMessage());
        }
    }
}
