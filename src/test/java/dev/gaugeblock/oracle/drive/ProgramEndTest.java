package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that did nothing wrong may end by itself; nothing that it started outlives it. */
class ProgramEndTest {
    private static final String SUBJECT =
            """
            START
            while IFS= read -r line; do
                i=${line#*\\"i\\":}; i=${i%%,*}; i=${i%%\\}*}
                case $line in
                    *\\"alloc\\"*) ALLOC ;;
                    *) echo "{\\"i\\":$i}" ;;
                esac
            done
            END
            """;

    private static final String FAILS = "echo \"{\\\"i\\\":$i,\\\"r\\\":null}\"";

    @TempDir
    private Path folder;

    private static DriveVerdict drive(String start, String alloc, String end) throws IOException, TextFormatException {
        String program = SUBJECT.replace("START", start).replace("ALLOC", alloc).replace("END", end);
        try (Driver driver = Driver.byContract(
                List.of("sh", "-c", program), Duration.ofSeconds(60), Contract.Failures.RESOURCE_OBLIVIOUS)) {
            return driver.drive(1, 1);
        }
    }

    @Test
    void shouldLetAGoodProgramEnd() throws IOException, TextFormatException {
        Path ended = folder.resolve("ended");
        DriveVerdict verdict = drive("echo hello >&2", FAILS, "sleep 0.3; echo all >" + ended + "; echo bye >&2");
        assertTrue(verdict.holds(), () -> verdict.failure().orElse(""));
        assertEquals("all\n", Files.readString(ended));
        assertEquals("hello\nbye\n", verdict.errors());
        assertEquals(1, verdict.runs());
        String failed = drive("", FAILS, "exit 7").errors();
        assertEquals("(at the end of its input the program ended with exit code 7)\n", failed);
    }

    /** What cannot be started is no crash, whoever finds that out. */
    @Test
    void shouldSayThatAProgramCannotBeStarted() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/no/such/shell\n");
        assertTrue(program.toFile().setExecutable(true));
        try (Driver driver = Driver.byContract(
                List.of(program.toString()), Duration.ofSeconds(60), Contract.Failures.RESOURCE_AWARE)) {
            assertThrows(IOException.class, () -> driver.drive(1, 1));
        }
    }

    /** What a program starts in the background, and leaves to others, belongs to its session even so. */
    @Test
    void shouldEndWhatAProgramLeavesRunning() throws IOException, TextFormatException, InterruptedException {
        String unique = "618." + ProcessHandle.current().pid();
        String orphan = "(sleep " + unique + " >/dev/null 2>&1 &)";
        assertTrue(drive(orphan, FAILS, "").holds());
        assertEquals("crash", drive(orphan + "; exit 3", "", "").name());
        for (int waited = 0; waited < 100 && isRunning(unique); waited++) {
            Thread.sleep(50); // what was ended takes a moment to be gone
        }
        assertFalse(isRunning(unique));
    }

    private static boolean isRunning(String argument) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains("sleep " + argument));
    }

    @Test
    void shouldShowTheStandardErrorOfOneRun() throws IOException, TextFormatException {
        DriveVerdict verdict = drive("echo started >&2; exit 3", "", "");
        assertEquals("crash", verdict.name());
        assertEquals("started\n", verdict.errors());
        assertTrue(verdict.runs() > 1, verdict.toString());
        String long1 =
                drive("head -c 100000 /dev/zero | tr '\\0' x >&2", FAILS, "").errors();
        assertTrue(long1.startsWith("(34464 bytes before this are left out)\nx"), long1.substring(0, 60));
    }
}
