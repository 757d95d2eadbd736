package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.oracle.trace.BufferOperation;
import dev.gaugeblock.oracle.trace.Field;
import dev.gaugeblock.oracle.trace.FieldSet;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever digit of whichever answer is changed, the check names that event and that answer. */
class MutationTest {
    private static final int TRIES = 50;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s01", "s02", "s04", "s05", "s06", "s09", "s10", "s13", "s16", "s18", "s26", "s27", "s28", "s29", "s30",
                "s31", "s32", "s33", "s34", "s35", "s36", "s37", "s38", "s39", "s42", "s45", "s46", "s52", "s59", "s60"
            })
    void shouldNameTheEventWithAChangedDigit(String vector) throws IOException, TextFormatException {
        List<String> lines = Vectors.lines(vector);
        List<String> near = lines.subList(0, Math.min(lines.size(), 1000)); // each try replays all that comes before
        Random random = new Random(vector.hashCode());
        int done = 0;
        while (done < TRIES) {
            int line = 1 + random.nextInt(near.size() - 1);
            Map<String, Object> event =
                    new LinkedHashMap<>(JsonReader.read(near.get(line), new Position(vector, line + 1)));
            String answer = pickAnswer(event, answers(vector, (String) event.get("op")), random);
            if (answer == null) {
                continue;
            }
            event.put(answer, changed(event.get(answer), random));
            List<String> mutant = new ArrayList<>(near.subList(0, line));
            mutant.add(JsonText.of(event));
            assertNamed(mutant, answer);
            done++;
        }
    }

    private void assertNamed(List<String> mutant, String answer) throws IOException {
        FileVerdict verdict = ExactCheck.check(Files.write(folder.resolve("mutant.jsonl"), mutant));
        String last = mutant.get(mutant.size() - 1);
        assertEquals(Ruling.VIOLATED, verdict.ruling(), () -> verdict.reason() + "\n" + last);
        Divergence divergence = verdict.divergence().orElseThrow();
        assertEquals(mutant.size(), divergence.line(), last);
        assertEquals(mutant.size() - 2, divergence.event(), last);
        assertTrue(divergence.field().matches(answer + "([.\\[].*)?"), () -> divergence.field() + " for " + answer);
    }

    /** The name of an answer with a digit in it, or null. */
    private static String pickAnswer(Map<String, Object> event, FieldSet answers, Random random) {
        List<String> candidates = new ArrayList<>();
        for (Field field : answers.all()) {
            if (JsonText.of(event.get(field.name())).matches(".*\\d.*")) {
                candidates.add(field.name());
            }
        }
        return candidates.isEmpty() ? null : candidates.get(random.nextInt(candidates.size()));
    }

    private static FieldSet answers(String vector, String operation) {
        return Vectors.OF_BUFFERS.contains(vector)
                ? BufferOperation.named(operation).form.answers
                : Operation.named(operation).answers;
    }

    /** The value with one decimal digit of its text replaced, and no number that begins with 0. */
    private static Object changed(Object value, Random random) throws TextFormatException {
        String text = JsonText.of(value);
        while (true) {
            int at = random.nextInt(text.length());
            char digit = (char) ('0' + random.nextInt(10));
            boolean first = at == 0 || !Character.isDigit(text.charAt(at - 1));
            if (Character.isDigit(text.charAt(at)) && text.charAt(at) != digit && !(first && digit == '0')) {
                String mutant = text.substring(0, at) + digit + text.substring(at + 1);
                return JsonReader.read("{\"v\":" + mutant + "}", new Position("mutant", 1))
                        .get("v");
            }
        }
    }
}
