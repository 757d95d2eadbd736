package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.Traces;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a program answers to a burst, there is a verdict with the reason, and no end of waiting. */
class BurstTest {
    /** The burst of the seed asks for order 1 first in both threads. BURST is what the program does then. */
    private static final String ASKED = "'op':'burst','threads':2,'operations':1,'seed':1,'r':'HANG'";

    private static final String SUBJECT =
            """
            while IFS= read -r line; do
                i=${line#*\\"i\\":}; i=${i%%,*}; i=${i%%\\}*}
                a="{\\"i\\":$i,\\"op\\":\\"alloc\\",\\"gfp\\":2,\\"order\\":ORDER0,\\"task\\":0"
                b="{\\"i\\":$i,\\"op\\":\\"alloc\\",\\"gfp\\":2,\\"order\\":ORDER1,\\"task\\":0"
                f="{\\"i\\":$i,\\"op\\":\\"free\\""
                n="{\\"i\\":$i,\\"events\\":"
                case $line in
                    *\\"burst\\"*) BURST ;;
                    *reset*) echo "{\\"i\\":$i,\\"declares\\":{\\"threads\\":2}}" ;;
                    *) echo "{\\"i\\":$i}" ;;
                esac
            done
            """;

    @TempDir
    private Path folder;

    private static long order(int thread) {
        return (Long) new BurstThread(thread, 1, 1, Declarations.NONE).next().get("order");
    }

    private DriveVerdict ask(String burst, Duration limit) throws IOException, TextFormatException {
        String program = SUBJECT.replace("BURST", burst)
                .replace("ORDER0", Long.toString(order(0)))
                .replace("ORDER1", Long.toString(order(1)));
        Path file = Traces.write(folder.resolve("asked.jsonl"), Traces.BOOTED, ASKED);
        try (Driver driver = Driver.byContract(List.of("sh", "-c", program), limit, Contract.Failures.RESOURCE_AWARE)) {
            return driver.replay(file);
        }
    }

    private static final String BOTH_FAIL =
            "echo \"$a,\\\"cpu\\\":0,\\\"r\\\":null,\\\"t0\\\":1,\\\"t1\\\":5}\"; echo \"$b,\\\"cpu\\\":1,\\\"r\\\":null,\\\"t0\\\":2,\\\"t1\\\":6}\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exit 3 | crash | ended with exit code 3",
                "echo what | garbage | is no answer",
                "echo \"{\\\"i\\\":$i}\" | garbage | cpu: expected the number of a thread, 0..1",
                "echo \"$a,\\\"cpu\\\":2}\" | garbage | cpu: expected the number of a thread",
                "echo \"$f,\\\"cpu\\\":0,\\\"pfn\\\":1}\" | garbage | op: the generator of spec/events.md makes thread 0",
                "echo \"$a,\\\"cpu\\\":0,\\\"r\\\":null}\" | garbage | t0 and t1",
                "echo \"$a,\\\"cpu\\\":0,\\\"r\\\":null,\\\"t0\\\":3,\\\"t1\\\":2}\" | garbage | t1: it returns at 2",
                "echo \"$a,\\\"cpu\\\":0,\\\"r\\\":\\\"CRASH\\\",\\\"t0\\\":3,\\\"t1\\\":3}\" | garbage | stands for no answer",
                "echo \"$a,\\\"cpu\\\":0,\\\"t0\\\":3,\\\"t1\\\":3}\" | garbage | the field \"r\" is missing",
                "BOTH; echo \"$n 3}\" | garbage | expected \"events\":2",
                "BOTH; BOTH | garbage | thread 0 has asked all that the burst is",
                "echo \"$n 0}\" | garbage | thread 0 has not asked all",
                "BOTH; echo \"{\\\"i\\\":0,\\\"events\\\":2}\" | out-of-turn | came where the answer to request",
                "echo \"$a,\\\"cpu\\\":0,\\\"r\\\":64,\\\"t0\\\":1,\\\"t1\\\":2}\"; echo \"$f,\\\"cpu\\\":0,\\\"pfn\\\":65}\" | garbage | pfn: the generator",
                "BOTH; echo \"$n 2}\" | alloc-failure | one that nobody had all the while; it ran from 1 to 5, and overlaps the alloc of line 7, from 2 to 6",
            })
    void shouldSayWhatIsWrongWithAnAnswer(String burst, String name, String what)
            throws IOException, TextFormatException {
        DriveVerdict verdict = ask(burst.replace("BOTH", BOTH_FAIL), Duration.ofSeconds(60));
        assertEquals(name, verdict.name(), verdict.reason());
        assertTrue(verdict.reason().contains(what), verdict.reason());
        FileVerdict checked = ContractCheck.check(
                Files.write(folder.resolve("saved.jsonl"), verdict.lines()), Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Ruling.VIOLATED, checked.ruling(), checked.reason());
    }

    /** Neither a burst without a word nor one that always has one more is waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"sleep 600", BOTH_FAIL + "; sleep 600"})
    void shouldNotWaitForEver(String burst) throws IOException, TextFormatException {
        DriveVerdict verdict = ask(burst, Duration.ofMillis(500));
        assertEquals("hang", verdict.name(), verdict.reason());
        assertTrue(verdict.reason().contains("no end of a burst in 0.5 s"), verdict.reason());
        String last = verdict.lines().get(verdict.lines().size() - 1);
        assertTrue(last.contains("\"op\":\"burst\"") && last.contains("\"r\":\"HANG\""), last);
    }

    @Test
    void shouldAskForAsManyThreadsAsThereMayBe() throws IOException {
        String program = SUBJECT.replace("BURST", "exit 1");
        try (Driver driver = Driver.byContract(
                List.of("sh", "-c", program), Duration.ofSeconds(60), Contract.Failures.RESOURCE_AWARE)) {
            driver.threads(3);
            IOException refused = assertThrows(IOException.class, () -> driver.drive(1, 1));
            assertTrue(refused.getMessage().contains("declares \"threads\":2, and 3"), refused.getMessage());
        }
    }

    /** After its operations a thread frees what it holds, the last block first; the last one fills a gap. */
    @Test
    void shouldKeepToTheGeneratorOfThePage() {
        BurstThread thread = new BurstThread(1, 7, 60, Declarations.NONE);
        int live = 0;
        int asked = 0;
        long frame = 0;
        for (var next = thread.next(); next != null; next = thread.next()) {
            asked++;
            if ("alloc".equals(next.get("op"))) {
                thread.granted(frame++);
                live++;
            } else {
                live--;
            }
            assertTrue(live <= 8);
        }
        assertEquals(0, live);
        assertTrue(asked >= 60 && asked <= 68, asked + " operations");
        assertNull(thread.next());
    }
}
