package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Has a process of its own judge a question, within the limits of the question. */
final class QuestionProcess {
    /** So much of what a process prints is kept: the last of it. */
    private static final int MOST_BYTES = 1 << 20;

    /** The limit is processor time, so that points do not depend on what else runs; by the clock, so often as much. */
    private static final int BY_THE_CLOCK = 10;

    /** What a process ends with whose processor time is over: 128 and SIGXCPU. */
    private static final int OUT_OF_TIME = 128 + 24;

    /** After its end a process has so long for what it has printed to be read. */
    private static final int GRACE_SECONDS = 10;

    private final Sandbox sandbox;
    private final List<String> judge;
    private final List<Path> readable;

    /**
     * Processes of one submission.
     *
     * @param judge the words behind {@code java} that judge an order ({@link Judges})
     * @param readable what they may read
     */
    QuestionProcess(Sandbox sandbox, List<String> judge, List<Path> readable) {
        this.sandbox = sandbox;
        this.judge = judge;
        this.readable = readable;
    }

    /**
     * Judges a question.
     *
     * @param about what the process is told of the question
     * @throws LabException if it is the lab that is wrong
     */
    Mark judge(Question question, Map<String, @Nullable Object> about, Path lab, Path submission)
            throws IOException, LabException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        Map<String, @Nullable Object> order = new LinkedHashMap<>();
        order.put("secret", secret);
        order.put("question", about);
        order.put("lab", lab.toRealPath().toString());
        order.put("submission", submission.toRealPath().toString());
        String last = run(question, JsonText.of(order) + "\n");
        if (last == null) {
            return Mark.none("it was ended after " + question.seconds()
                    + " seconds of processor time: something in it takes too long");
        }
        return mark(last, secret, question);
    }

    private static Mark mark(String last, String secret, Question question) throws LabException {
        Map<String, @Nullable Object> record;
        try {
            record = JsonReader.read(last, new Position("record", 1));
        } catch (TextFormatException e) {
            record = Map.of();
        }
        if (!secret.equals(record.get("secret"))) {
            return Mark.none("its process ended before it was judged: it ran out of memory (" + question.megabytes()
                    + " MB) or of its " + question.seconds()
                    + " seconds of processor time, or something in it ends the program");
        }
        if (record.get("wrong") instanceof String wrong) {
            throw new LabException(wrong);
        }
        if (!(record.get("right") instanceof Long right) || !(record.get("of") instanceof Long of)) {
            throw new LabException("question " + question.id() + " was judged, and has no mark");
        }
        List<String> feedback = new ArrayList<>();
        Tool.list(record.get("feedback")).forEach(each -> feedback.add(String.valueOf(each)));
        return new Mark(right.intValue(), of.intValue(), feedback);
    }

    /** The last line that the process prints; {@code null} if its time is over. */
    private @Nullable String run(Question question, String order) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        words.addAll(List.of("-Xmx" + question.megabytes() + "m", "-XX:MaxDirectMemorySize=64m"));
        words.addAll(List.of("-XX:MaxMetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError"));
        words.addAll(judge);
        ProcessBuilder builder = new ProcessBuilder(sandbox.command(words, question.seconds(), readable));
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> lastLine(process.getInputStream()));
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(order.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return ""; // It has ended before it could read: without its last line.
            }
            boolean hasEnded = process.waitFor((long) BY_THE_CLOCK * question.seconds(), TimeUnit.SECONDS);
            if (!hasEnded || process.exitValue() == OUT_OF_TIME) {
                return null;
            }
            end(process); // What it has started may hold its output open.
            return last.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a question was judged", e);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String lastLine(InputStream in) {
        StringBuilder line = new StringBuilder();
        StringBuilder before = new StringBuilder();
        byte[] bytes = new byte[8192];
        try {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                for (int i = 0; i < read; i++) {
                    if (bytes[i] == '\n') {
                        before = line;
                        line = new StringBuilder();
                    } else if (line.length() < MOST_BYTES) {
                        line.append((char) (bytes[i] & 0x7f));
                    }
                }
            }
        } catch (IOException e) {
            return ""; // It was ended.
        }
        return (line.length() == 0 ? before : line).toString();
    }
}
