package dev.gaugeblock.explore.jpf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of Java PathFinder, as a process of its own. */
final class JpfProcess {
    /** Lines kept of what it says, outcomes aside. It says a few hundred. */
    private static final int MAX_LINES = 100_000;

    private JpfProcess() {}

    /**
     * What came of it.
     *
     * @param lines of both output streams, without those of outcomes
     * @param outcomes each distinct line that begins with {@link JpfOutput#OUTCOME}, without that, in the order of appearance
     * @param exitCode of the process; meaningless if it was stopped
     * @param stopped why it was stopped, or empty if it ended by itself
     * @param time from start to end
     */
    record Ended(List<String> lines, Set<String> outcomes, int exitCode, String stopped, Duration time) {}

    /**
     * Runs a command in a folder, for as long as {@code limit} at most.
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
        Reader reader = new Reader(process.getInputStream());
        Thread reading = new Thread(reader, "output of Java PathFinder");
        reading.setDaemon(true);
        reading.start();
        String stopped = "";
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                stopped = "it did not end within " + limit.toSeconds() + " s";
            }
            kill(process);
            reading.join();
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            stopped = "it was interrupted";
        }
        if (reader.isFlooded()) {
            stopped = "it printed more than " + MAX_LINES + " lines";
        }
        int exitCode = process.isAlive() ? -1 : process.exitValue();
        Duration time = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Ended(reader.lines, reader.outcomes, exitCode, stopped, time);
    }

    /** With what it has started itself, which may hold its output open. */
    private static void kill(Process process) throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        if (process.isAlive()) {
            process.destroyForcibly();
            process.getInputStream().close();
        }
    }

    /** Takes in the output while the process runs, or else it would block. */
    private static final class Reader implements Runnable {
        private final InputStream stream;
        private final List<String> lines = new ArrayList<>();
        private final Set<String> outcomes = new LinkedHashSet<>();

        Reader(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    take(line);
                }
            } catch (IOException e) {
                if (!"Stream closed".equals(e.getMessage())) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void take(String line) {
            if (line.startsWith(JpfOutput.OUTCOME)) {
                outcomes.add(line.substring(JpfOutput.OUTCOME.length()));
            } else if (lines.size() <= MAX_LINES) {
                lines.add(line);
            }
        }

        boolean isFlooded() {
            return lines.size() > MAX_LINES;
        }
    }
}
