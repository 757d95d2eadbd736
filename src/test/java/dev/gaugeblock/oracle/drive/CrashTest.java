package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.Traces;
import dev.gaugeblock.oracle.trace.TraceReader;
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

/** The request at which a program fails is told, not one for which an answer was still on its way. */
class CrashTest {
    /**
     * Keeps its answers until it has read five requests, or nothing more comes; the end of it takes them along. {@code
     * WORST} is what it does with the request that it does not survive.
     */
    private static final String SUBJECT =
            """
            answers=; n=0
            while :; do
                IFS= read -r -t 0.1 line; how=$?
                if [ $how -gt 128 ]; then printf '%s' "$answers"; answers=; n=0; continue; fi
                if [ $how -gt 0 ]; then exit 0; fi
                i=${line#*\\"i\\":}; i=${i%%,*}; i=${i%%\\}*}
                case $line in WORST) DIES ;; esac
                case $line in
                    *\\"alloc\\"*) answers="$answers{\\"i\\":$i,\\"r\\":null}
            " ;;
                    *) answers="$answers{\\"i\\":$i}
            " ;;
                esac
                n=$((n + 1))
                if [ $n -ge 5 ]; then printf '%s' "$answers"; answers=; n=0; fi
            done
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*'\"order\":2,'* | exit 3     | CRASH | alloc",
                "*bootq*          | exit 3     | CRASH | bootq",
                "*ncpu*           | kill -9 $$ | CRASH | ncpu",
            })
    void shouldNameTheVeryRequest(String worst, String dies, String word, String operation)
            throws IOException, TextFormatException {
        List<String> command =
                List.of("bash", "-c", SUBJECT.replace("WORST", worst).replace("DIES", dies));
        DriveVerdict verdict;
        try (Driver driver = Driver.byContract(command, Duration.ofSeconds(60), Contract.Failures.RESOURCE_OBLIVIOUS)) {
            verdict = driver.replay(file());
        }
        assertEquals("crash", verdict.name(), verdict.reason());
        String last = verdict.lines().get(verdict.lines().size() - 1);
        assertTrue(last.contains("\"op\":\"" + operation + "\"") && last.contains("\"r\":\"" + word), last);
        assertTrue(!operation.equals("alloc") || last.contains("\"order\":2"), last);
        Path saved = folder.resolve("saved.jsonl");
        Files.write(saved, verdict.lines());
        FileVerdict checked = ContractCheck.check(saved, Contract.Failures.RESOURCE_OBLIVIOUS, false);
        assertEquals(Ruling.VIOLATED, checked.ruling(), checked.reason());
        assertTrue(checked.reason().contains(operation + " was not answered: " + word), checked.reason());
    }

    private Path file() throws IOException {
        return Traces.write(
                folder.resolve("asked.jsonl"),
                Traces.BOOTED,
                Traces.alloc(0, 0, null),
                Traces.alloc(0, 1, null),
                Traces.alloc(0, 2, null),
                Traces.alloc(0, 3, null));
    }

    /** What a file of an allocator with declarations asked is asked again. */
    @Test
    void shouldAskAgainWhatWasDeclared() throws IOException, TextFormatException {
        Path file = Traces.write(
                folder.resolve("asked.jsonl"),
                Traces.BOOTED,
                "'op':'alloc','cpu':0,'gfp':0,'count':3,'align':4,'below':99,'task':0,'r':64,'src':'a.c:1'",
                "'op':'free','cpu':0,'pfn':64,'count':3",
                Traces.alloc(0, 0, 64),
                "'op':'free','cpu':0,'pfn':64");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"config\":{}",
                                "\"config\":{},\"declares\":{\"aligned\":\"frame\",\"limit\":true,\"order_in_free\":false}"));
        try (TraceReader trace = TraceReader.open(file)) {
            List<Move> moves = Sequence.of(trace).moves();
            Move.Alloc three = new Move.Alloc(0, 0, 0, 0, new Call.Wishes(List.of(), 3, 4, 99));
            assertEquals(three, moves.get(0));
            assertEquals(
                    Sequence.request("alloc", "cpu", 0L, "gfp", 0L, "task", 0L, "count", 3L, "align", 4L, "below", 99L),
                    Sequence.alloc(three));
            assertEquals(new Move.Free(0, 0), moves.get(1));
            assertEquals(new Move.Free(2, 0), moves.get(3));
        }
    }
}
