package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.Compilers;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.DrivenReference;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.Traces;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {
    private static final Path EXAMPLE = Path.of("docs", "examples", "c-buddy");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Answers everything with its number alone, and requests with {@code $answer}, in which {@code $i} is the number.
     */
    private static final String SUBJECT =
            """
            n=0
            while IFS= read -r line; do
                i=${line#*\\"i\\":}; i=${i%%,*}; i=${i%%\\}*}
                case $line in
                    *\\"alloc\\"*) n=$((n + 1)); ANSWER ;;
                    *) echo "{\\"i\\":$i}" ;;
                esac
            done
            """;

    @TempDir
    private Path folder;

    private static List<String> program(String answerToAlloc) {
        return List.of("sh", "-c", SUBJECT.replace("ANSWER", answerToAlloc));
    }

    private static DriveVerdict drive(List<String> command, Duration limit) throws IOException, TextFormatException {
        try (Driver driver = Driver.byContract(command, limit, Contract.Failures.RESOURCE_AWARE)) {
            return driver.drive(1, 3);
        }
    }

    /** Each is what the program does when it is asked for memory. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exit 3                                  | crash       | ended with exit code 3 before it answered",
                "kill -9 $$                              | crash       | was killed by signal 9",
                "exec >&-; exit 0                        | crash       | ended with exit code 0",
                "echo what?                              | garbage     | \"what?\" is no answer",
                "echo \"{\\\"i\\\":$i,\\\"r\\\":\\\"x\\\"}\" | garbage  | expected a number, null or one of",
                "echo \"{\\\"i\\\":$i,\\\"order\\\":9,\\\"r\\\":0}\" | garbage | changes the request's own order",
                "echo \"{\\\"i\\\":$i,\\\"r\\\":0,\\\"t0\\\":1,\\\"t1\\\":9}\" | garbage | \"t0\" is no answer to alloc",
                "echo \"{\\\"r\\\":0}\"                 | garbage     | does not say in \"i\" which request it answers",
                "sleep 9 2>/dev/null & exit 3           | crash       | ended with exit code 3 before it answered",
                "echo \"{\\\"i\\\":$((i+1)),\\\"r\\\":0}\" | out-of-turn | where the answer to request",
                "while :; do echo \"{\\\"i\\\":0,\\\"r\\\":0}\"; done | flood | it answers without being asked",
                "head -c 100000 /dev/zero                | flood       | an answer of more than 65536 bytes",
            })
    void shouldNameWhatAProgramDoesInsteadOfAnswering(String instead, String name, String what)
            throws IOException, TextFormatException {
        DriveVerdict verdict = drive(program(instead), LIMIT);
        assertEquals(name, verdict.name(), verdict.reason());
        assertTrue(verdict.reason().contains(what), verdict.reason());
        assertTrue(
                verdict.lines().get(verdict.lines().size() - 1).contains("\"alloc\""),
                verdict.lines().toString());
    }

    @Test
    void shouldNameWhatAProgramKeepsThatTheMachineHasNot() throws IOException, TextFormatException {
        String program = SUBJECT.replace("alloc", "bootq")
                .replace("ANSWER", "echo \"{\\\"i\\\":$i,\\\"own\\\":[[200000000,2]]}\"");
        DriveVerdict verdict = drive(List.of("sh", "-c", program), LIMIT);
        assertEquals("garbage", verdict.name(), verdict.reason());
        assertTrue(verdict.reason().contains(": own: reserved frames 200000000..200000001 "), verdict.reason());
    }

    @Test
    void shouldNotTakeWaitingForAnAnswer() throws IOException, TextFormatException {
        DriveVerdict verdict = drive(program("echo \"{\\\"i\\\":$i,\\\"r\\\":\\\"STUCK\\\"}\""), LIMIT);
        assertEquals("alloc-waits", verdict.name(), verdict.reason());
    }

    @Test
    void shouldNameAProgramThatHangs() throws IOException, TextFormatException {
        DriveVerdict verdict = drive(program("sleep 600"), Duration.ofMillis(300));
        assertEquals("hang", verdict.name());
        assertEquals("no answer in 0.3 s; it was killed", verdict.reason());
        assertTrue(
                verdict.lines().get(verdict.lines().size() - 1).contains("\"r\":\"HANG\""),
                verdict.lines().toString());
    }

    /** Further requests wait in the pipe: a shell whose sleep is killed goes on to the next one, and sleeps anew. */
    @Test
    void shouldLeaveNoProcessBehind() throws IOException, InterruptedException, TextFormatException {
        String unique = "617." + ProcessHandle.current().pid();
        assertEquals(
                "hang",
                drive(program("sleep " + unique), Duration.ofMillis(300)).name());
        for (int waited = 0; waited < 100 && isRunning(unique); waited++) {
            Thread.sleep(50); // what was killed takes a moment to be gone
        }
        assertFalse(isRunning(unique));
    }

    private static boolean isRunning(String argument) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains("sleep " + argument));
    }

    @Test
    void shouldNameAProgramThatGoesOnUnasked() throws IOException, TextFormatException {
        String last = SUBJECT.replace("ANSWER", "echo \"{\\\"i\\\":$i,\\\"r\\\":null}\"")
                .replace(
                        "*) echo \"{\\\"i\\\":$i}\"",
                        "*bootq*) echo \"{\\\"i\\\":$i}\"; echo more ;;\n*) echo \"{\\\"i\\\":$i}\"");
        DriveVerdict verdict = drive(List.of("sh", "-c", last), LIMIT);
        assertTrue(
                verdict.name().equals("garbage") || verdict.name().equals("flood"),
                verdict.failure().orElse(""));
    }

    @Test
    void shouldSayThatThereIsNoSuchProgram() {
        IOException none = assertThrows(IOException.class, () -> drive(List.of("no-such-program-anywhere"), LIMIT));
        assertTrue(none.getMessage().contains("no-such-program-anywhere"), none.getMessage());
    }

    /** It always gives out frame 0: two requests show that, or one if the first asks for a zone without it. */
    @Test
    void shouldShrinkABreachAndSaveIt() throws IOException, TextFormatException {
        List<String> command = program("echo \"{\\\"i\\\":$i,\\\"r\\\":0}\"");
        DriveVerdict verdict = drive(command, LIMIT);
        assertTrue(verdict.lines().size() <= 1 + 4 + 2, verdict.lines().toString());
        Path file = folder.resolve("saved.jsonl");
        Files.write(file, verdict.lines());

        FileVerdict checked = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Ruling.VIOLATED, checked.ruling(), checked.reason());
        assertEquals(
                verdict.name(),
                checked.rejection().orElseThrow().breach().rule().id());
        try (Driver driver = Driver.byContract(command, LIMIT, Contract.Failures.RESOURCE_AWARE)) {
            DriveVerdict again = driver.replay(file);
            assertEquals(verdict.name(), again.name());
            assertEquals(verdict.lines(), again.lines());
        }
    }

    /**
     * The first process that is asked answers wrongly, any later one rightly: it notes that before it answers, as it
     * may be killed then.
     */
    @Test
    void shouldKeepWhatDoesNotGoWrongAgain() throws IOException, TextFormatException {
        Path once = folder.resolve("once");
        String rightLater = "if [ $n = 1 ] && [ -e ONCE ]; then rm ONCE; echo \"{\\\"i\\\":$i,\\\"r\\\":99999}\";"
                + " else echo \"{\\\"i\\\":$i,\\\"r\\\":null}\"; fi";
        Files.createFile(once);
        DriveVerdict verdict;
        try (Driver driver = Driver.byContract(
                program(rightLater.replace("ONCE", once.toString())), LIMIT, Contract.Failures.RESOURCE_OBLIVIOUS)) {
            verdict = driver.drive(1, 3);
        }
        assertEquals("alloc-inside", verdict.name(), verdict.reason());
        assertTrue(verdict.reason().endsWith("(asked again, the program did nothing wrong)"), verdict.reason());
        Path file = folder.resolve("saved.jsonl");
        Files.write(file, verdict.lines());
        assertEquals(
                Ruling.VIOLATED,
                ContractCheck.check(file, Contract.Failures.RESOURCE_OBLIVIOUS, false)
                        .ruling());
    }

    /** A file may hold what no caller may do; it is asked for even so. */
    @Test
    void shouldAskForWhatAFileAsked() throws IOException, TextFormatException {
        Path file = Traces.write(
                folder.resolve("twice.jsonl"),
                Traces.BOOTED,
                Traces.alloc(0, 1, 64),
                Traces.free(64, 1),
                Traces.free(64, 1),
                Traces.free(64, 0));
        Sequence sequence;
        try (TraceReader trace = TraceReader.open(file)) {
            sequence = Sequence.of(trace);
        }
        assertEquals(new Move.Free(0, 0), sequence.moves().get(1));
        assertTrue(sequence.moves().get(2) instanceof Move.Verbatim);
        assertTrue(sequence.moves().get(3) instanceof Move.Verbatim);
        Path privileged = Traces.write(
                folder.resolve("task.jsonl"), Traces.BOOTED, "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':4,'r':64");
        try (TraceReader trace = TraceReader.open(privileged)) {
            assertThrows(TextFormatException.class, () -> Sequence.of(trace));
        }
    }

    /** Leaving a move out of a sequence never makes its caller free what it does not hold. */
    @Test
    void shouldOnlyAskForWhatACallerMayDo() {
        Holding holding = new Holding();
        holding.granted(0);
        assertTrue(holding.permits(new Move.Get(0)));
        assertTrue(holding.permits(new Move.Kmap(0)));
        assertTrue(holding.permits(new Move.Free(0, 0)));
        assertFalse(holding.permits(new Move.Free(0, 0)));
        assertTrue(holding.permits(new Move.Kunmap(0)));
        assertFalse(holding.permits(new Move.Kunmap(0)));
        assertTrue(holding.permits(new Move.Free(0, 0)));
        assertFalse(holding.permits(new Move.Get(0)));
        for (int block = 1; block <= 1024; block++) {
            holding.granted(block);
            assertTrue(holding.permits(new Move.Kmap(block)));
        }
        holding.granted(1025);
        assertFalse(holding.permits(new Move.Kmap(1025)));
        assertTrue(holding.permits(new Move.Kmap(1024)));
    }

    @Test
    void shouldHoldAProgramToTheReferencesOwnAnswers() throws IOException, TextFormatException {
        try (Driver driver = Driver.exactly(program("echo \"{\\\"i\\\":$i,\\\"r\\\":null}\""), LIMIT)) {
            DriveVerdict verdict = driver.drive(1, 3);
            assertEquals("exact", verdict.name());
            assertTrue(verdict.reason().startsWith("r: the reference has "), verdict.reason());
        }
    }

    private static List<String> reference(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DrivenReference.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Everything that drive can ask for is asked, and is what callers may ask for: the reference refuses none of it.
     */
    @Test
    void shouldAcceptTheReference() throws IOException, TextFormatException {
        try (Driver driver = Driver.exactly(reference(), LIMIT)) {
            DriveVerdict verdict = driver.drive(2, 40);
            assertTrue(verdict.holds(), () -> verdict.failure().orElse(""));
            assertTrue(verdict.notAsked().isEmpty(), verdict.notAsked().toString());
        }
        try (Driver driver = Driver.byContract(reference(), LIMIT, Contract.Failures.RESOURCE_AWARE)) {
            DriveVerdict verdict = driver.drive(2, 40);
            assertTrue(verdict.holds(), () -> verdict.failure().orElse("") + verdict.lines());
        }
    }

    @Test
    void shouldFindAWrongAddress() throws IOException, TextFormatException {
        DriveVerdict verdict;
        try (Driver driver = Driver.byContract(reference("wrong"), LIMIT, Contract.Failures.RESOURCE_AWARE)) {
            verdict = driver.drive(2, 40);
        }
        assertEquals("low-direct", verdict.name(), () -> verdict.failure().orElse(""));
        assertEquals(1 + 4 + 2, verdict.lines().size(), verdict.lines().toString());
    }

    @Test
    void shouldAskTheSameForTheSameSeed() {
        assertEquals(
                SequenceGenerator.sequence(5, 3, Dialogue.MORE_OPERATIONS, Declarations.NONE, false),
                SequenceGenerator.sequence(5, 3, Dialogue.MORE_OPERATIONS, Declarations.NONE, false));
    }

    /**
     * The example of docs/oracle.md: the correct allocator is accepted, and each broken one rejected in a few
     * operations.
     */
    @ParameterizedTest
    @CsvSource({"0,", "1, alloc-failure", "2, alloc-disjoint", "3, alloc-zone"})
    void shouldJudgeTheExampleInC(int broken, String rule)
            throws IOException, InterruptedException, TextFormatException {
        Path program = compile(broken, EXAMPLE.resolve("adapter.c"));
        try (Driver driver = Driver.byContract(List.of(program.toString()), LIMIT, Contract.Failures.RESOURCE_AWARE)) {
            DriveVerdict verdict = driver.drive(1, 200);
            assertEquals(rule, verdict.name(), () -> verdict.failure().orElse(""));
            if (rule == null) {
                assertTrue(verdict.operations() > 20_000, verdict.toString());
            } else {
                int operations = verdict.lines().size() - 1 - 4; // less the header and the set-up
                assertTrue(operations >= 1 && operations <= 6, verdict.lines().toString());
            }
        }
    }

    /**
     * A leak once in 1000 frees, two bugs at the top order, a reserved frame handed out, the last of an odd zone lost;
     * and the sequence that is asked first: the leak takes the long one.
     */
    @ParameterizedTest
    @CsvSource({"4,199", "5,0", "6,0", "7,0", "8,0"})
    void shouldFindASeededBugWithEverySeed(int broken, int first)
            throws IOException, InterruptedException, TextFormatException {
        Path program = compile(broken, EXAMPLE.resolve("adapter.c"));
        for (int seed = 1; seed <= 20; seed++) {
            assertTrue(isFound(program, seed, first), "seed " + seed);
        }
    }

    private static boolean isFound(Path program, int seed, int first) throws IOException, TextFormatException {
        try (DrivenProgram running =
                DrivenProgram.start(List.of(program.toString()), LIMIT, DrivenProgram.MOST_UNDER_WAY)) {
            for (int asked = 0; asked < 200; asked++) {
                int number = (first + asked) % 200;
                Sequence sequence =
                        SequenceGenerator.sequence(seed, number, Set.of("drain"), Declarations.NONE, number == 199);
                AnswerJudge judge = AnswerJudge.byContract(Driver.BUILD, Contract.Failures.RESOURCE_AWARE);
                if (Dialogue.run(running, sequence, judge).failure() != null) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void shouldAskForWhatIsDeclared() throws IOException, TextFormatException {
        String declares =
                "\\\"declares\\\":{\\\"max_order\\\":4,\\\"order_in_free\\\":false,\\\"min_frames\\\":64,\\\"failure\\\":\\\"may\\\"}";
        String subject = SUBJECT.replace("ANSWER", "echo \"{\\\"i\\\":$i,\\\"r\\\":99999}\"")
                .replace("*) echo", "*reset*) echo \"{\\\"i\\\":$i," + declares + "}\" ;;\n*) echo");
        DriveVerdict verdict = drive(List.of("sh", "-c", subject), LIMIT);
        assertEquals("alloc-inside", verdict.name(), verdict.reason());
        assertTrue(
                verdict.lines().get(0).contains("\"declares\":{\"max_order\":4"),
                verdict.lines().get(0));
        String wrong = subject.replace("\\\"max_order\\\":4", "\\\"max_order\\\":\\\"many\\\"");
        TextFormatException refused =
                assertThrows(TextFormatException.class, () -> drive(List.of("sh", "-c", wrong), LIMIT));
        assertTrue(refused.getMessage().startsWith("the answer to reset:1:"), refused.getMessage());
    }

    @Test
    void shouldNoticeAnAdapterForWhichMemoryBeginsAtFrame0()
            throws IOException, InterruptedException, TextFormatException {
        String adapter = Files.readString(EXAMPLE.resolve("adapter.c"));
        String wrong = adapter.replace("buddy_init(sizes, start)", "buddy_init(sizes, 0 * start)");
        assertNotEquals(adapter, wrong);
        Path program = compile(0, Files.writeString(folder.resolve("adapter.c"), wrong));
        DriveVerdict verdict = drive(List.of(program.toString()), LIMIT);
        assertEquals("alloc-inside", verdict.name(), verdict.reason());
        assertTrue(
                verdict.lines().get(2).contains("\"node_start\":1024"),
                verdict.lines().toString());
        assertEquals(1 + 4 + 1, verdict.lines().size(), verdict.lines().toString());
    }

    private Path compile(int broken, Path adapter) throws IOException, InterruptedException {
        Compilers.require("cc");
        Path program = folder.resolve("buddy");
        List<String> compile = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Werror", "-DBROKEN=" + broken));
        compile.addAll(List.of("-o", program.toString(), "-I", EXAMPLE.toString()));
        compile.addAll(List.of(EXAMPLE.resolve("buddy.c").toString(), adapter.toString()));
        Compilers.run(compile);
        return program;
    }

    @Test
    void shouldRefuseAFileThatItCannotAskAgain() throws IOException, TextFormatException {
        Path file = Traces.write(folder.resolve("t.jsonl"), Traces.BOOTED, "'op':'lru'");
        try (Driver driver = Driver.byContract(List.of("cat"), LIMIT, Contract.Failures.RESOURCE_AWARE)) {
            TextFormatException refused = assertThrows(TextFormatException.class, () -> driver.replay(file));
            assertEquals(5, refused.line());
        }
        assertTrue(Files.exists(file));
    }
}
