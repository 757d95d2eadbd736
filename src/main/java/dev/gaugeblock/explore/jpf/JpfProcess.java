package dev.gaugeblock.explore.jpf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of Java PathFinder, as a process of its own. */
final class JpfProcess {
    /** Lines kept of what it says, outcomes aside. It says a few hundred. */
    private static final int MAX_LINES = 100_000;

    /** Characters kept of what it says, distinct outcomes included. */
    private static final int MAX_CHARS = 20_000_000;

    /** Milliseconds that its output may stay open after its end: what is on its way arrives at once. */
    private static final long MAX_DELAY = 2_000;

    /** By the clock a run may take so many times as long as by its processor time. */
    private static final int CLOCK_FACTOR = 10;

    /** How often a run is asked what it has taken. */
    private static final long POLL_MILLIS = 100;

    private JpfProcess() {}

    /**
     * What came of it.
     *
     * @param lines of both output streams, without those of outcomes
     * @param outcomes each distinct line that begins with {@link JpfOutput#OUTCOME}, without that, in the order of
     *     appearance
     * @param exitCode of the process; meaningless if it was stopped
     * @param stopped why it was stopped, or what it said is not known to its end; empty if it ended by itself
     * @param isOutOfTime whether that was for its limit, which is no fault of anybody
     * @param time of the processor, start included, to a tenth of a second; by the clock where no processor time is
     *     known
     */
    record Ended(
            List<String> lines,
            Set<String> outcomes,
            int exitCode,
            String stopped,
            boolean isOutOfTime,
            Duration time) {}

    /**
     * Runs a command in a folder. It ends with this program at the latest, unless that is killed outright.
     *
     * @param limit of its processor time; by the clock it may take ten times as long: whether a test fits
     *     should not depend on what else the machine does
     *
     * @throws IOException if it cannot be started
     */
    static Ended run(List<String> command, Path folder, Duration limit) throws IOException {
        long startedAt = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Reader reader = new Reader(process);
        Thread reading = new Thread(reader, "output of Java PathFinder");
        reading.setDaemon(true);
        reading.start();
        Thread atExit = new Thread(() -> kill(process), "end of Java PathFinder");
        Runtime.getRuntime().addShutdownHook(atExit);
        String stopped = "";
        boolean isOutOfTime = false;
        Duration processor = Duration.ZERO;
        try {
            while (!isOutOfTime && !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                // Nobody knows it once the process has ended.
                processor = process.info().totalCpuDuration().orElse(processor);
                stopped = spent(processor, Duration.ofNanos(System.nanoTime() - startedAt), limit);
                isOutOfTime = !stopped.isEmpty();
            }
            if (isOutOfTime) {
                kill(process);
            }
            reading.join(MAX_DELAY);
            if (reading.isAlive() && stopped.isEmpty()) {
                stopped = "it ended, but something that it started keeps its output open";
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            stopped = "it was interrupted";
        } finally {
            forget(atExit);
        }
        int exitCode = process.isAlive() ? -1 : process.exitValue();
        Duration time = processor.isZero() ? Duration.ofNanos(System.nanoTime() - startedAt) : processor;
        return reader.ended(exitCode, stopped, isOutOfTime, time);
    }

    /** Which limit a process has passed; empty for none. Where no processor time is known, the clock alone counts. */
    private static String spent(Duration processor, Duration clock, Duration limit) {
        if (processor.compareTo(limit) > 0) {
            return "it did not end within " + seconds(limit) + " s of processor time";
        }
        Duration byTheClock = limit.multipliedBy(CLOCK_FACTOR);
        return clock.compareTo(byTheClock) > 0 ? "it did not end within " + seconds(byTheClock) + " s" : "";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException thisProgramEnds) {
            // Then it is running, and has nothing left to end.
        }
    }

    /** With what it has started itself, which may hold its output open. It dies first, or else might start more. */
    private static void kill(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Takes in the output while the process runs, or else it would block. Its monitor guards what it has read. */
    private static final class Reader implements Runnable {
        private final Process process;
        private final List<String> lines = new ArrayList<>();
        private final Set<String> outcomes = new LinkedHashSet<>();
        private int chars;
        private String failure = "";

        Reader(Process process) {
            this.process = process;
        }

        @Override
        public void run() {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                int c = reader.read();
                while (c >= 0 && take(line, (char) c)) {
                    c = reader.read();
                }
                if (line.length() > 0) {
                    take(line, '\n');
                }
            } catch (IOException e) {
                fail("its output cannot be read: " + e.getMessage());
            }
        }

        /** Adds a character to a line, or ends the line. Returns whether to read on. */
        private synchronized boolean take(StringBuilder line, char c) {
            if (c != '\n') {
                line.append(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            if (c == '\n') {
                takeLine(line.toString());
                line.setLength(0);
            }
            if (lines.size() > MAX_LINES) {
                fail("it printed more than " + MAX_LINES + " lines");
            } else if (chars + line.length() > MAX_CHARS) {
                fail("it printed more than " + MAX_CHARS + " characters");
            }
            return failure.isEmpty();
        }

        private void takeLine(String line) {
            boolean isOutcome = line.startsWith(JpfOutput.OUTCOME);
            boolean isNew = isOutcome ? outcomes.add(line.substring(JpfOutput.OUTCOME.length())) : lines.add(line);
            chars += isNew ? line.length() : 0;
        }

        private synchronized void fail(String why) {
            failure = why;
            kill(process);
        }

        synchronized Ended ended(int exitCode, String stopped, boolean isOutOfTime, Duration time) {
            return new Ended(
                    List.copyOf(lines),
                    Collections.unmodifiableSet(new LinkedHashSet<>(outcomes)),
                    exitCode,
                    failure.isEmpty() ? stopped : failure,
                    failure.isEmpty() && isOutOfTime,
                    time);
        }
    }
}
