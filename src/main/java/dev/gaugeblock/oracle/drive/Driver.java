package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.DeclarationForm;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges a running program: asks it one sequence after the other, and makes the first that goes wrong as short as can
 * be.
 */
public final class Driver implements AutoCloseable {
    /** All slots in high memory that there can be; no compound blocks. */
    static final Build BUILD = new Build(false, HighmemLayout.LAST_PKMAP, false, false);

    /** Bursts have as many threads as the program declares, up to {@link #USUAL_THREADS}. */
    private static final int AS_DECLARED = 0;

    private static final int USUAL_THREADS = 4;

    private final List<String> command;
    private final Duration limit;
    private final Supplier<AnswerJudge> judges;
    private @Nullable DrivenProgram program;
    /** How many requests are asked ahead: 1 where it matters at which of them a program fails. */
    private int window = DrivenProgram.MOST_UNDER_WAY;

    /** The most threads of a burst. */
    private int threads = AS_DECLARED;

    private long operations;
    /** How often the program was started. */
    private int runs;
    /** What the last of them that did nothing wrong wrote on its standard error. */
    private String errors = "";

    private Driver(List<String> command, Duration limit, Supplier<AnswerJudge> judges) {
        this.command = List.copyOf(command);
        this.limit = limit;
        this.judges = judges;
    }

    /**
     * A driver that holds a program to the contract, to be closed after use.
     *
     * @param limit how long an answer may take
     */
    public static Driver byContract(List<String> command, Duration limit, Contract.Failures failures) {
        return new Driver(command, limit, () -> AnswerJudge.byContract(BUILD, failures));
    }

    /** One that holds it to the reference's own answers. */
    public static Driver exactly(List<String> command, Duration limit) {
        return new Driver(command, limit, () -> AnswerJudge.exactly(BUILD));
    }

    /**
     * Asks sequences that follow from a seed, up to the first that goes wrong.
     *
     * @param tries how many
     * @throws IOException if the program cannot be started
     * @throws TextFormatException if it declares what nobody can declare
     */
    public DriveVerdict drive(long seed, int tries) throws IOException, TextFormatException {
        Sequence greeting = new Sequence(List.of(Sequence.request("reset")), List.of());
        Transcript answered = run(greeting);
        if (answered.failure() != null) {
            return failed(0, greeting, answered);
        }
        Set<String> also = answered.also();
        Declarations declares = DeclarationForm.of(answered.declared());
        requireThreads(declares);
        Set<String> notAsked = new TreeSet<>(Dialogue.MORE_OPERATIONS);
        if (declares.anyStart()) {
            notAsked.addAll(Dialogue.MORE_FIELDS);
        }
        notAsked.removeAll(also);
        for (int number = 0; number < tries; number++) {
            Sequence sequence = SequenceGenerator.sequence(seed, number, also, declares, number == tries - 1);
            Transcript transcript = run(sequence);
            operations += transcript.operations();
            if (transcript.failure() != null) {
                return failed(number, sequence, transcript);
            }
        }
        return burst(seed, tries, also, declares, notAsked);
    }

    /** Threads at the same time, if the program says that it can: twice as many bursts as there were sequences. */
    private DriveVerdict burst(long seed, int tries, Set<String> also, Declarations declares, Set<String> notAsked)
            throws IOException, TextFormatException {
        int most = threads == AS_DECLARED ? Math.min(declares.threads(), USUAL_THREADS) : threads;
        int bursts = most < 2 ? 0 : 2 * tries;
        for (int number = 0; number < bursts; number++) {
            Sequence sequence = SequenceGenerator.burst(seed, number, also, declares, most);
            Transcript transcript = run(sequence);
            operations += transcript.operations();
            if (transcript.failure() != null) {
                Transcript shortest = new BurstShrinker(this::run).shrink(sequence, transcript);
                return failed(tries + number + 1, number + 1, shortest);
            }
        }
        close();
        return new DriveVerdict(tries + bursts, operations, bursts, notAsked, null, runs, errors, List.of(), false);
    }

    /** How many threads bursts have; none with fewer than 2. */
    public void threads(int most) {
        threads = most;
    }

    private void requireThreads(Declarations declares) throws IOException {
        if (threads > declares.threads()) {
            throw new IOException("the program declares \"threads\":" + declares.threads() + ", and " + threads
                    + " were asked for: ask for at most as many");
        }
    }

    /**
     * Asks the sequence of a file once.
     *
     * @throws IOException if the file cannot be read, or the program not started
     */
    public DriveVerdict replay(Path file) throws IOException, TextFormatException {
        Sequence sequence;
        try (TraceReader trace = TraceReader.open(file)) {
            if (trace.isEmpty()) {
                throw new TextFormatException(file.toString(), 1, 0, "the file is empty");
            }
            sequence = Sequence.of(trace);
        } catch (IOException e) {
            throw new IOException(file + ": " + Reason.of(e), e);
        }
        window = 1;
        Transcript transcript = run(sequence);
        close();
        return new DriveVerdict(
                1,
                transcript.operations(),
                0,
                Set.of(),
                transcript.failure(),
                runs,
                transcript.failure() == null ? errors : transcript.errors(),
                lines(transcript),
                false);
    }

    private DriveVerdict failed(int number, Sequence sequence, Transcript transcript)
            throws IOException, TextFormatException {
        window = transcript.isAnswered() ? window : 1;
        Transcript shortest = new Shrinker(this::run).shrink(sequence, transcript);
        return failed(number + 1, 0, shortest);
    }

    private DriveVerdict failed(int tries, int bursts, Transcript shortest) {
        return new DriveVerdict(
                tries,
                operations,
                bursts,
                Set.of(),
                shortest.failure(),
                runs,
                shortest.errors(),
                lines(shortest),
                bursts > 0 && !shortest.endsWithBurst());
    }

    private DrivenProgram program() throws IOException {
        DrivenProgram running = program;
        if (running == null) {
            running = DrivenProgram.start(command, limit, window);
            runs++;
            program = running;
        }
        return running;
    }

    /** Asks a sequence. A program that failed is not asked again: the next gets a new one. */
    private Transcript run(Sequence sequence) throws IOException, TextFormatException {
        Transcript transcript = Dialogue.run(program(), sequence, judges.get());
        DrivenProgram failed = program;
        if (transcript.failure() == null || failed == null) {
            return transcript;
        }
        failed.close();
        program = null;
        String wrote = failed.errors();
        if (wrote.startsWith(ProgramSession.NOT_STARTED)) {
            throw new IOException(wrote.strip());
        }
        return transcript.wrote(wrote);
    }

    /** Lets the program end, if it did nothing wrong and runs. */
    @Override
    public void close() {
        DrivenProgram good = program;
        if (good != null) {
            String end = good.finish();
            program = null;
            errors = good.errors() + (end.isEmpty() ? "" : "(" + end + ")\n");
        }
    }

    /** A file of events that {@code check} reads and {@link #replay} asks again. */
    private static List<String> lines(Transcript transcript) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("header", (long) Header.VERSION);
        header.put("scenario", "drive");
        header.put("desc", "what a program was asked, and answered");
        header.put("binary", "driven");
        header.put("last_pkmap", (long) BUILD.lastPkmap());
        header.put("hugetlb", BUILD.hugetlb());
        header.put("debug_highmem", BUILD.debugHighmem());
        header.put("pae_window", BUILD.pae());
        header.put("source", "gaugeblock drive");
        header.put("config", Map.of());
        if (!transcript.declared().isEmpty()) {
            header.put(DeclarationForm.KEY, transcript.declared());
        }
        List<String> lines = new ArrayList<>(List.of(JsonText.of(header)));
        transcript.events().forEach(event -> lines.add(JsonText.of(event)));
        return lines;
    }
}
