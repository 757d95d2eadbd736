package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.quick.QuickLine;
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
import dev.gaugeblock.text.TextFormatException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Checks a file of events of any allocator against the contract, and goes on behind a breach. It is read once, in
 * memory for the live blocks, for the events that overlap and for the frames that are in doubt.
 */
public final class ContractCheck extends FileCheck {
    private final Contract.Failures failures;
    private final boolean first;
    private final ContractFindings findings = new ContractFindings();
    private final QuickLine quick = new QuickLine();

    ContractCheck(String file, Contract.Failures failures, boolean first) {
        super(file);
        this.failures = failures;
        this.first = first;
    }

    /**
     * Checks one file. Whatever is wrong with it, or with reading it, is in the verdict.
     *
     * @param first whether to end with the first breach, instead of going on behind it
     */
    public static FileVerdict check(Path file, Contract.Failures failures, boolean first) {
        return new ContractCheck(file.toString(), failures, first).verdictOn(file);
    }

    /** Likewise what a stream has, to its end, with lines of so many bytes at most; messages call it by its name. */
    public static FileVerdict check(String name, InputStream in, int longestLine, Contract.Failures failures) {
        return new ContractCheck(name, failures, false).verdictOn(in, longestLine);
    }

    @Override
    Course begin(TraceReader trace) {
        return trace.header().isOfBuffers()
                ? refused(
                        file + ": the header's binary is \"" + Header.OF_BUFFERS
                                + "\": the contract says nothing of page buffers, only --exact judges them",
                        trace)
                : new ByContract(trace);
    }

    /** What the contract says of each event. */
    private final class ByContract implements Course {
        private final TraceReader trace;
        private final Build build;
        private final ContractJudge judge;
        private final HeaderCheck header;

        ByContract(TraceReader trace) {
            this.trace = trace;
            this.build = trace.header().build();
            this.judge = new ContractJudge(build, failures, trace.header().declares(), tally, first ? null : findings);
            this.header = new HeaderCheck(trace.header());
        }

        /** Bytes that are damaged outweigh what was found before. */
        @Override
        public boolean advance() throws TextFormatException {
            try {
                return trace.advance();
            } catch (TextFormatException e) {
                ContractFinding found = findings.first();
                throw found == null ? e : e.after(reason(found));
            }
        }

        @Override
        public @Nullable FileVerdict next() throws TextFormatException {
            try {
                String why = judgeNext(judge, header, trace, build);
                if (why != null) {
                    return findings.first() == null
                            ? inconclusive(why, trace.line().number(), trace)
                            : violated(findings, trace, "; further on: " + why);
                }
            } catch (TextFormatException e) {
                return brokenOff(trace, e);
            }
            return first && findings.first() != null ? violated(findings, trace, "") : null;
        }

        @Override
        public FileVerdict end() throws TextFormatException {
            try {
                note(judge.end(), trace);
                if (findings.first() == null) {
                    header.end();
                }
            } catch (TextFormatException e) {
                return brokenOff(trace, e);
            }
            if (findings.first() != null) {
                return first ? violated(findings, trace, "") : violated(findings);
            }
            String mostlyOwn = judge.mostlyOwn();
            if (mostlyOwn != null) {
                return inconclusive(file + ": " + mostlyOwn, 0, trace);
            }
            return atEnd("no event of the file has an answer that a rule is about");
        }
    }

    /** What is no event ends the check; what was found before stays found. */
    private FileVerdict brokenOff(TraceReader trace, TextFormatException problem) throws TextFormatException {
        if (findings.first() == null) {
            throw problem;
        }
        return violated(findings, trace, "; further on: " + problem.getMessage());
    }

    /** Judges an event; why it cannot be judged, if it cannot. */
    private @Nullable String judgeNext(ContractJudge judge, HeaderCheck header, TraceReader trace, Build build)
            throws TextFormatException {
        if (isQuick(judge, trace, build)) {
            note(judgeQuick(judge, trace), trace);
            return null;
        }
        Event event = trace.event();
        Operation operation = Operation.named(event.operation());
        if (operation == null) {
            return place(event) + "operation " + JsonText.shown(event.operation())
                    + " is none that the contract knows of";
        }
        note(judge(judge, operation, event, trace), trace);
        header.observe(operation, event);
        return null;
    }

    /** Takes note of what ends the check. */
    private void note(@Nullable Rejection rejection, TraceReader trace) {
        if (rejection != null) {
            findings.reading(trace.line().number());
            findings.addLast(rejection);
        }
    }

    /** Whether the line is one for {@link #judgeQuick}, which it was read for then. */
    private boolean isQuick(ContractJudge judge, TraceReader trace, Build build) {
        return judge.isSetUp()
                && quick.read(trace.line(), trace.expectedNumber(), build.hugetlb())
                && (quick.times() != null || judge.isIdle());
    }

    private @Nullable Rejection judgeQuick(ContractJudge judge, TraceReader trace) throws TextFormatException {
        Times times = quick.times();
        if (times != null) {
            return judgeTimed(judge, times, trace.unread(quick.operation()));
        }
        try {
            return judge.judge(quick.call(), quick.freeCounts(), trace);
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
