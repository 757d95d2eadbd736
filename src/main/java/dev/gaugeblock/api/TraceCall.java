package dev.gaugeblock.api;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.kernel.judge.KmemCheck;
import dev.gaugeblock.kernel.judge.KmemVerdict;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.report.CheckReport;
import dev.gaugeblock.report.result.ToolVersion;
import dev.gaugeblock.text.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How traces are judged, in words that another JVM understands too.
 *
 * @param longestLine in bytes
 * @param limit after which the judge gives up; zero for never
 */
record TraceCall(Against against, Contract.Failures failures, int longestLine, Duration limit) implements Serializable {
    /** What traces are held against. */
    enum Against {
        CONTRACT,
        REFERENCE,
        KERNEL_PROFILE
    }

    private static final long NO_EVENT = -1;

    /** Judges a trace; whatever goes wrong is in the verdict. */
    TraceVerdict judge(String name, Callable<InputStream> opener) {
        if (limit.isZero()) {
            return now(name, opener);
        }
        Stopped stopped = new Stopped();
        FutureTask<TraceVerdict> task = new FutureTask<>(() -> now(name, () -> stopped.reading(opener.call())));
        Thread thread = new Thread(task, "judge of " + name);
        thread.setDaemon(true); // One that waits for ever must not keep the program alive.
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stopped.isStopped = true;
            thread.interrupt();
            return broken(name, late(limit));
        } catch (ExecutionException e) {
            return broken(name, "the judge failed: " + e.getCause());
        } catch (InterruptedException e) {
            stopped.isStopped = true;
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging " + name, e);
        }
    }

    /** What to say of a trace that takes too long. */
    static String late(Duration limit) {
        return "it was not judged within " + limit.toMillis() / 1000.0 + " s, and was given up";
    }

    /** In this thread, as long as it takes. */
    private TraceVerdict now(String name, Callable<InputStream> opener) {
        try (InputStream in = opener.call()) {
            return verdict(name, in);
        } catch (IOException e) {
            return unreadable(name, e);
        } catch (OutOfMemoryError e) {
            return broken(name, Reason.ofFullHeap());
        } catch (Throwable e) {
            // Throwable, not Exception: whatever it is, one trace must not end the judging of the others.
            return broken(name, "the judge failed: " + e);
        }
    }

    private TraceVerdict verdict(String name, InputStream in) {
        return switch (against) {
            case CONTRACT -> of(ContractCheck.check(name, in, longestLine, failures));
            case REFERENCE -> of(ExactCheck.check(name, in, longestLine));
            case KERNEL_PROFILE ->
                of(KmemCheck.check(name, in, longestLine, new KmemCheck.Wanted(false, false, false, null, null, null)));
        };
    }

    private static TraceVerdict of(FileVerdict verdict) {
        long event = verdict.rejection()
                .map(rejection -> rejection.event())
                .orElse(verdict.divergence().map(Divergence::event).orElse(NO_EVENT));
        String rule = verdict.findings().isEmpty()
                ? verdict.divergence().isPresent() ? CheckReport.REFERENCE_ANSWER : ""
                : verdict.findings().get(0).first().rule();
        return new TraceVerdict(
                verdict.file(),
                TraceVerdict.Ruling.valueOf(verdict.ruling().name()),
                rule,
                verdict.line(),
                event,
                verdict.reason(),
                verdict.events(),
                verdict.answers(),
                ToolVersion.text());
    }

    private static TraceVerdict of(KmemVerdict verdict) {
        return new TraceVerdict(
                verdict.file(),
                TraceVerdict.Ruling.valueOf(verdict.ruling().name()),
                verdict.findings().isEmpty()
                        ? ""
                        : verdict.findings().get(0).first().rule(),
                verdict.line(),
                NO_EVENT,
                verdict.reason(),
                verdict.judged(),
                0,
                ToolVersion.text());
    }

    /** Of a trace that cannot be opened. */
    static TraceVerdict unreadable(String name, IOException why) {
        return nothing(name, TraceVerdict.Ruling.UNREADABLE, Reason.of(why));
    }

    /** Of a trace that the judge failed at. */
    static TraceVerdict broken(String name, String why) {
        return nothing(name, TraceVerdict.Ruling.BROKEN, why);
    }

    private static TraceVerdict nothing(String name, TraceVerdict.Ruling ruling, String why) {
        return new TraceVerdict(name, ruling, "", 0, NO_EVENT, name + ": " + why, 0, 0, ToolVersion.text());
    }

    /** Ends the thread of a judge that was given up, as soon as it reads on. */
    private static final class Stopped {
        private volatile boolean isStopped;

        InputStream reading(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    requireGoingOn();
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    requireGoingOn();
                    return super.read(into, offset, length);
                }
            };
        }

        private void requireGoingOn() throws IOException {
            if (isStopped) {
                throw new InterruptedIOException("given up");
            }
        }
    }
}
