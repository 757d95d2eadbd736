package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.oracle.trace.JsonText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A running program that is judged: it reads a request from each line of its standard input and answers with a line on
 * its standard output. Its standard error is kept. A thread of its own reads the answers, so that neither side waits
 * for ever for the other.
 */
final class DrivenProgram implements AutoCloseable {
    /** Requests that may be under way; as many answers may wait to be read. */
    static final int MOST_UNDER_WAY = 256;

    /** Bytes of the longest answer. */
    private static final int LONGEST = 1 << 16;

    // What stands among the answers and is none, as no line has a line break.
    private static final String END = "\nend";
    private static final String TOO_LONG = "\nlong";

    /** After so many milliseconds without an answer, looks whether the program is still there. */
    private static final int SLICE = 100;

    private static final Duration A_MOMENT = Duration.ofMillis(20);

    /** How long a program may take to end that has read the end of its input. */
    private static final Duration FOR_THE_END = Duration.ofSeconds(5);

    private final ProgramSession session;
    private final Process process;
    private final ErrorOutput errors;
    private final BufferedWriter requests;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(2 * MOST_UNDER_WAY);
    private final Duration limit;
    /** How many requests may be under way. */
    private final int window;

    private int underWay;
    /** When the answer of several lines that is being read is due, as {@link System#nanoTime} says; 0 for none. */
    private long deadline;

    private DrivenProgram(ProgramSession session, Duration limit, int window) {
        this.session = session;
        this.process = session.process();
        this.errors = ErrorOutput.of(process.getErrorStream());
        this.limit = limit;
        this.window = window;
        this.requests =
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), 1 << 15);
        Thread reader = new Thread(this::readAnswers, "answers");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a program.
     *
     * @param limit how long an answer may take
     * @param window how many requests may be under way, 1..{@link #MOST_UNDER_WAY}
     * @throws IOException if there is no such program
     */
    static DrivenProgram start(List<String> command, Duration limit, int window) throws IOException {
        return new DrivenProgram(ProgramSession.start(command), limit, window);
    }

    /** Whether no more requests fit before an answer is read. */
    boolean isFull() {
        return underWay >= window;
    }

    /** Sends a request, which may wait here for others until {@link #answer} is called. */
    void send(String request) throws ProgramFault {
        try {
            requests.write(request);
            requests.write('\n');
            underWay++;
        } catch (IOException e) {
            throw ended();
        }
    }

    /** The next answer, which is one line. */
    String answer() throws ProgramFault {
        String answer = line();
        underWay--;
        return answer;
    }

    /** An answer of several lines begins, which {@link #answered} ends: the limit is for all of it. */
    void begin() {
        deadline = System.nanoTime() + limit.toNanos();
    }

    /** The answer of several lines was read. */
    void answered() {
        underWay--;
        deadline = 0;
    }

    /** The next line of an answer. */
    String line() throws ProgramFault {
        if (deadline != 0 && System.nanoTime() > deadline) {
            throw hang();
        }
        try {
            String answer = answers.poll();
            if (answer == null) {
                requests.flush();
                answer = await();
            }
            if (answer == null) {
                throw hang();
            }
            if (answer.equals(END)) {
                throw ended();
            }
            if (answer.equals(TOO_LONG)) {
                throw new ProgramFault(ProgramFault.Kind.FLOOD, "an answer of more than " + LONGEST + " bytes");
            }
            return answer;
        } catch (IOException e) {
            throw ended();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    private ProgramFault hang() {
        return new ProgramFault(
                ProgramFault.Kind.HANG,
                "no " + (deadline == 0 ? "answer" : "end of a burst") + " in " + limit.toMillis() / 1000.0
                        + " s; it was killed");
    }

    /**
     * The next answer, or {@code null} if there is none within the limit. What a dead program started may keep its
     * output open.
     */
    private @Nullable String await() throws InterruptedException, ProgramFault {
        String answer = null;
        for (long waited = 0; answer == null && waited < limit.toMillis(); waited += SLICE) {
            boolean alive = process.isAlive();
            session.look();
            answer = answers.poll(SLICE, TimeUnit.MILLISECONDS);
            if (answer == null && !alive) {
                throw ended();
            }
        }
        return answer;
    }

    /** Makes sure that nothing was said without being asked, when all answers were read. */
    void requireSilence() throws ProgramFault {
        String more = answers.peek();
        if (more != null && underWay == 0 && !more.equals(END)) {
            throw new ProgramFault(ProgramFault.Kind.FLOOD, "it goes on without being asked: " + JsonText.shown(more));
        }
    }

    /**
     * Whether the program says more than it was asked: more answers wait than requests are under way, now or within a
     * quarter of a second. (The end of its output may be waiting, too.)
     */
    boolean isFlooding() {
        try {
            for (int waited = 0; waited < 25 && answers.size() <= underWay + 1; waited++) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while counting answers", e);
        }
        return answers.size() > underWay + 1;
    }

    private ProgramFault ended() {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new ProgramFault(ProgramFault.Kind.HANG, "it closed its output and does not end; it was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the program's end", e);
        }
        return new ProgramFault(ProgramFault.Kind.CRASH, "the program " + howItEnded() + " before it answered");
    }

    private String howItEnded() {
        int code = process.exitValue();
        return code > 128 ? "was killed by signal " + (code - 128) : "ended with exit code " + code;
    }

    /**
     * Queues line after line. A program that says more than it was asked blocks here, and is found out by the queue.
     */
    private void readAnswers() {
        byte[] buffer = new byte[1 << 15];
        byte[] line = new byte[LONGEST];
        int length = 0;
        try (InputStream in = process.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        answers.put(new String(line, 0, length, StandardCharsets.UTF_8));
                        length = 0;
                    } else if (length == LONGEST) {
                        answers.put(TOO_LONG);
                        return;
                    } else {
                        line[length++] = buffer[i];
                    }
                }
            }
            answers.put(END);
        } catch (IOException closed) {
            // The stream is closed under the reader when the program is killed: whoever asks for an answer learns that.
            answers.offer(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets a program that did nothing wrong end by itself: it sees the end of its input, and has some time. What is
     * left then is ended. Returns what was not right with that, empty for nothing.
     */
    String finish() {
        String end = "";
        try {
            requests.close();
            boolean isOver = false;
            for (long waited = 0; !isOver && waited < FOR_THE_END.toMillis(); waited += A_MOMENT.toMillis()) {
                answers.clear(); // it may have more to say, and would wait for somebody to read that
                isOver = session.awaitEnd(A_MOMENT);
            }
            String how = isOver ? howItEnded() : "did not end in " + FOR_THE_END.toSeconds() + " s, and was killed";
            end = isOver && process.exitValue() == 0 ? "" : "at the end of its input the program " + how;
        } catch (IOException gone) {
            end = "the program ended before it was told to: " + gone.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        return end;
    }

    /** What it wrote on its standard error, after its end. */
    String errors() {
        return errors.text();
    }

    /** Ends the program, and what it started. */
    @Override
    public void close() {
        session.end();
        answers.clear(); // lets the reader go on to the end of the output
    }
}
