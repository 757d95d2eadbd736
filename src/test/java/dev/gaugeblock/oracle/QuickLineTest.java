package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.quick.QuickLine;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** The quick reader reads a line as the slow one does, or leaves it alone. */
class QuickLineTest {
    private final QuickLine quick = new QuickLine();
    private int read;

    @Test
    void shouldReadTheVectorsAsTheSlowReaderDoes() throws IOException, TextFormatException {
        for (String vector : List.of("s01", "s03", "s20", "s28", "s29", "s33")) {
            List<String> lines = Vectors.lines(vector);
            for (String line : lines.subList(1, lines.size())) {
                int before = read;
                compare(line);
                int withoutBlanks = read - before;
                compare(line.replace(":", ": ").replace(",", ",  "));
                assertEquals(2 * withoutBlanks, read - before, line);
            }
        }
        assertTrue(read > 40_000, "only " + read + " lines were read quickly");
    }

    /** Any byte of a line is changed, taken out, or doubled. */
    @Test
    void shouldReadDamagedLinesAsTheSlowReaderDoes() {
        Random random = new Random(1);
        String[] lines = {
            "{\"i\":7,\"op\":\"alloc\",\"cpu\":0,\"gfp\":210,\"order\":3,\"task\":1,\"r\":64,\"pf\":0,\"fp\":[10,20,30]}",
            "{\"i\":7,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":11,\"task\":0,\"r\":null}",
            "{\"i\":7,\"op\":\"free\",\"cpu\":255,\"pfn\":99,\"order\":10,\"fp\":[0,0,7]}",
            "{\"i\":7,\"op\":\"free\",\"cpu\":1,\"pfn\":9,\"order\":0,\"t0\":10,\"t1\":11}",
        };
        String bytes = "{}[]\":,-.0123456789 \\enulpafrt\u00e9";
        for (int i = 0; i < 60_000; i++) {
            StringBuilder line = new StringBuilder(lines[i % lines.length]);
            for (int changes = random.nextInt(2); changes >= 0; changes--) {
                int at = random.nextInt(line.length());
                char replacement = bytes.charAt(random.nextInt(bytes.length()));
                switch (random.nextInt(3)) {
                    case 0 -> line.setCharAt(at, replacement);
                    case 1 -> line.deleteCharAt(at);
                    default -> line.insert(at, replacement);
                }
            }
            compare(line.toString());
        }
        assertTrue(read > 2_000, "only " + read + " lines were read quickly");
    }

    private static final String[] BEHIND = {
        "", "\n", "}", "0}", "123456789012345678901234567890}", "],\"t0\":1,\"t1\":2}", "  7}"
    };

    private void compare(String line) {
        long number = numberOf(line);
        if (!read(line, number)) {
            return;
        }
        read++;
        List<Call> calls = new ArrayList<>(List.of(quick.call()));
        if (quick.freeCounts() != null) {
            calls.add(quick.freeCounts());
        }
        Event event = slow(line, number);
        assertEquals(event.operation(), quick.operation(), line);
        assertEquals(Times.of(event), quick.times(), line);
        assertEquals(
                ContractCalls.of(Objects.requireNonNull(Operation.named(event.operation())), event, true), calls, line);
    }

    /** Reads it from the middle of other bytes, with which it would go on well. */
    private boolean read(String line, long number) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        byte[] behind = BEHIND[bytes.length % BEHIND.length].getBytes(StandardCharsets.UTF_8);
        byte[] more = new byte[3 + bytes.length + LineReader.BEYOND];
        System.arraycopy(bytes, 0, more, 3, bytes.length);
        System.arraycopy(behind, 0, more, 3 + bytes.length, behind.length);
        return quick.read(more, 3, 3 + bytes.length, number, 5, true);
    }

    private static long numberOf(String line) {
        String digits = line.replaceFirst("^\\{\"i\": ?(\\d{1,9}),.*", "$1");
        return digits.equals(line) ? 7 : Long.parseLong(digits);
    }

    private static Event slow(String line, long number) {
        try {
            Position at = new Position("f", 5);
            Map<String, @Nullable Object> fields = JsonReader.read(line, at);
            Event event = new Event(at, number, (String) fields.get("op"), fields);
            assertEquals(number, event.get("i"), line);
            Operation operation = Operation.named(event.operation());
            assertEquals(null, ContractForm.of(operation).problem(event.fields(), Declarations.NONE), line);
            return event;
        } catch (TextFormatException e) {
            throw new AssertionError("read quickly, although " + e.getMessage(), e);
        }
    }

    @Test
    void shouldLeaveWhatIsNotPlainAlone() {
        for (String line : List.of(
                "{\"i\":7,\"op\":\"drain\",\"cpu\":0}",
                "{\"i\":8,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0}",
                "{\"i\":7,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0,\"t0\":1}",
                "{\"i\":7,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0,\"t0\":2,\"t1\":1}",
                "{\"i\":7,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0,\"r\":\"BUG\"}",
                "{\"i\":7,\"op\":\"free\",\"cpu\":1024,\"pfn\":1,\"order\":0}")) {
            assertFalse(read(line, 7), line);
        }
    }
}
