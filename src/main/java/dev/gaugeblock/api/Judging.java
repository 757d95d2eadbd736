package dev.gaugeblock.api;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.EventCheck;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.text.LineReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Judges what an allocator was asked and answered: events in the form of {@code spec/events.md}, a line each.
 *
 * <p>An object of this class is not changed by what is called on it: each method that sets something gives another. Any
 * number of threads may use it at once.
 */
public final class Judging {
    /** What reasons call events that come from no file. */
    private static final String HANDED = "events";

    private final TraceCall call;
    /** Of the JVM that each trace gets for its own; empty for none. */
    private final String heap;

    private Judging(TraceCall call, String heap) {
        this.call = call;
        this.heap = heap;
    }

    private static Judging against(TraceCall.Against against) {
        return new Judging(
                new TraceCall(against, Contract.Failures.RESOURCE_AWARE, LineReader.LONGEST_LINE, Duration.ZERO), "");
    }

    /**
     * Against what any correct allocator keeps to.
     *
     * @return a judge of files, streams and events
     */
    public static Judging byContract() {
        return against(TraceCall.Against.CONTRACT);
    }

    /**
     * Against the reference's own answers, frame by frame.
     *
     * @return a judge of files, streams and events
     */
    public static Judging byReference() {
        return against(TraceCall.Against.REFERENCE);
    }

    /**
     * What a Linux kernel's own allocator did, in kmem events as ftrace, perf script and trace-cmd report print them
     * ({@code docs/kernel-traces.md}), against the hard rules.
     *
     * @return a judge of traces, and of nothing else
     */
    public static Judging byKernelProfile() {
        return against(TraceCall.Against.KERNEL_PROFILE);
    }

    /**
     * By a contract under which an allocation may fail at will. Otherwise it fails wrongly if it had to succeed.
     *
     * @return the same otherwise
     */
    public Judging failuresAtWill() {
        return new Judging(
                new TraceCall(call.against(), Contract.Failures.RESOURCE_OBLIVIOUS, call.longestLine(), call.limit()),
                heap);
    }

    /**
     * With a bound for the length of lines, and so for the memory that reading a trace takes. One with a longer line is
     * {@link TraceVerdict.Ruling#BROKEN}. Only traces have it.
     *
     * @param bytes from 1 to 134217728, which is the bound otherwise: a longer line is unreadable
     * @return the same otherwise
     * @throws IllegalArgumentException if the bound is out of these
     */
    public Judging longestLine(int bytes) {
        if (bytes < 1 || bytes > LineReader.LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "a longest line of " + bytes + " bytes: from 1 to " + LineReader.LONGEST_LINE + " are possible");
        }
        return new Judging(new TraceCall(call.against(), call.failures(), bytes, call.limit()), heap);
    }

    /**
     * With a time for each trace, after which it is {@link TraceVerdict.Ruling#BROKEN}. Only traces have it.
     *
     * @param limit more than nothing
     * @return the same otherwise
     * @throws IllegalArgumentException if it is not
     */
    public Judging within(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a limit of " + limit + ": it has to be more than nothing");
        }
        return new Judging(new TraceCall(call.against(), call.failures(), call.longestLine(), limit), heap);
    }

    /**
     * With a JVM for each trace, of which it gets all the heap: one that fills it, or ends its JVM in another way, is
     * {@link TraceVerdict.Ruling#BROKEN}, and nothing else is the worse for it. This takes about a second. Only traces
     * have it.
     *
     * @param size of the heap, as {@code -Xmx} takes it: {@code 512m}
     * @return the same otherwise
     */
    public Judging inItsOwnJvm(String size) {
        return new Judging(call, size);
    }

    /**
     * Judges a trace from anywhere, plain or gzip, to its end. Whatever is wrong with it, or with reading it, is in the
     * verdict.
     *
     * @param name what the verdict calls it; if it ends in {@code .gz}, it must be gzip
     * @param trace opens it, in another thread if a limit is set; what it gives is closed
     * @return what came of it
     * @throws IllegalStateException if the thread is interrupted while it waits; it stays so
     */
    public TraceVerdict trace(String name, Callable<InputStream> trace) {
        return heap.isEmpty() ? call.judge(name, trace) : new TraceChild(call, heap).judge(name, trace);
    }

    /**
     * Judges a file likewise; its path is its name. A pipe or a device is unreadable, and not waited for.
     *
     * @param file a trace
     * @return what came of it
     * @throws IllegalStateException if the thread is interrupted while it waits; it stays so
     */
    public TraceVerdict trace(Path file) {
        return trace(file.toString(), () -> LineReader.bytes(file));
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
        return judged(isExact() ? ExactCheck.check(file) : ContractCheck.check(file, call.failures(), false));
    }

    /**
     * Judges a stream, plain or gzip, to its end; whatever is wrong with it, or with reading it, is in the result.
     *
     * @param name what reasons call it
     * @param events what is judged
     * @return what came of it
     */
    public Judged judge(String name, InputStream events) {
        int longest = LineReader.LONGEST_LINE;
        return judged(
                isExact()
                        ? ExactCheck.check(name, events, longest)
                        : ContractCheck.check(name, events, longest, call.failures()));
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
                isExact()
                        ? EventCheck.exactly(HANDED, header)
                        : EventCheck.byContract(HANDED, header, call.failures()));
    }

    private boolean isExact() {
        if (call.against() == TraceCall.Against.KERNEL_PROFILE) {
            throw new IllegalStateException("a kernel's events are judged as a trace: call trace()");
        }
        return call.against() == TraceCall.Against.REFERENCE;
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
