package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.trace.BufferOperation;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Field;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code spec/events.md} and the code say the same of the operations. */
class EventsDocumentTest {
    /** Headings of the tables of operations that are replayed. */
    private static final String REPLAYED =
            "Machines|The allocator|Questions and pokes|High memory|Reclaim and the OOM killer|Formulas|Page buffers";

    /** Heading of the table of operations in files about page buffers. */
    private static final String OF_BUFFERS = "Files about page buffers";

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Operation to the cells for its arguments and its answers, in the tables under a heading that matches. */
    private static Map<String, List<String>> tables(String headings) throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String heading = "";
        boolean operations = false;
        for (String line : Files.readAllLines(Path.of("spec", "events.md"))) {
            if (line.startsWith("#")) {
                heading = line.replace("#", "").strip();
            }
            if (!line.startsWith("|")) {
                operations = false;
            } else if (line.startsWith("| operation |")) {
                operations = true;
            } else if (operations && heading.matches(headings) && !line.startsWith("|---")) {
                String[] cells = line.split("\\|");
                for (String operation : codes(cells[1])) {
                    List<String> previous = rows.put(operation, List.of(cells[2], cells[3]));
                    assertEquals(null, previous, operation + " is listed twice");
                }
            }
        }
        return rows;
    }

    private static List<String> codes(String cell) {
        List<String> codes = new ArrayList<>();
        Matcher code = CODE.matcher(cell);
        while (code.find()) {
            codes.add(code.group(1));
        }
        return codes;
    }

    @Test
    void shouldListTheOperationsThatAreReplayed() throws IOException {
        Map<String, List<String>> rows = tables(REPLAYED);
        Set<String> operations = new TreeSet<>();
        for (Operation operation : Operation.values()) {
            operations.add(operation.spelling);
        }
        assertEquals(operations, new TreeSet<>(rows.keySet()));
        for (Operation operation : Operation.values()) {
            List<String> row = rows.get(operation.spelling);
            List<String> arguments = names(operation.questions.all());
            assertEquals(List.of("i", "op"), arguments.subList(0, 2));
            assertEquals(arguments.subList(2, arguments.size()), codes(row.get(0)), operation.spelling);
            assertEquals(names(operation.answers.all()), codes(row.get(1)), operation.spelling);
        }
    }

    /** The names, those of fields that may be missing with a question mark; parameters always come, but for a BUG. */
    private static List<String> names(Collection<Field> fields) {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            boolean optional =
                    field.presence() == Field.Presence.SOMETIMES || field.name().equals("pf");
            names.add(field.name() + (optional ? "?" : ""));
        }
        return names;
    }

    /** Their answers are the same for all, and stand above the table. */
    @Test
    void shouldListTheOperationsOnPageBuffers() throws IOException {
        Map<String, List<String>> rows = tables(OF_BUFFERS);
        Set<String> operations = new TreeSet<>();
        for (BufferOperation operation : BufferOperation.values()) {
            operations.add(operation.form.spelling);
            List<String> arguments = names(operation.form.questions.all());
            List<String> row = rows.get(operation.form.spelling);
            assertEquals(arguments.subList(2, arguments.size()), codes(row.get(0)), operation.form.spelling);
            assertEquals(
                    List.of(),
                    codes(row.get(1)).stream().filter(code -> !code.equals("r")).toList());
        }
        assertEquals(operations, new TreeSet<>(rows.keySet()));
    }

    /** The answers that events about buffers may have are those of the page's list, in its order. */
    @Test
    void shouldListTheAnswersOfOperationsOnPageBuffers() throws IOException {
        List<String> listed = new ArrayList<>();
        String heading = "";
        for (String line : Files.readAllLines(Path.of("spec", "events.md"))) {
            heading = line.startsWith("#") ? line.replace("#", "").strip() : heading;
            if (heading.equals(OF_BUFFERS) && line.startsWith("* ")) {
                listed.addAll(codes(line.substring(0, line.indexOf(':'))));
            }
        }
        assertEquals(names(BufferOperation.SHOW.form.answers.all()), listed);
    }

    @Test
    void shouldListEveryOperationOfTheVectors() throws IOException, TextFormatException {
        Set<String> listed = new TreeSet<>(tables(REPLAYED).keySet());
        Set<String> listedForBuffers = tables(OF_BUFFERS).keySet();
        for (Path file : Vectors.all()) {
            Set<String> used = new TreeSet<>();
            try (TraceReader reader = TraceReader.open(file)) {
                for (Event event = reader.next(); event != null; event = reader.next()) {
                    used.add(event.operation());
                }
            }
            Set<String> known = Vectors.OF_BUFFERS.contains(Vectors.number(file)) ? listedForBuffers : listed;
            assertTrue(known.containsAll(used), () -> file + " uses " + used);
        }
    }

    @Test
    void shouldShowACompleteFileThatHolds() throws IOException {
        String page = Files.readString(Path.of("spec", "events.md"));
        int start = page.indexOf("{\"header\"");
        Path file = Files.createTempFile("example", ".jsonl");
        try {
            Files.writeString(file, page.substring(start, page.indexOf("```", start)));
            FileVerdict verdict = ExactCheck.check(file);
            assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
            assertEquals(5, verdict.events());
        } finally {
            Files.delete(file);
        }
    }
}
