package dev.gaugeblock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code docs/results.md} has every field of the schemas, each with one example that a schema takes. */
class ResultsPageTest {
    private static final Path PAGE = Path.of("docs/results.md");
    private static final List<String> SCHEMAS =
            List.of("run", "explore", "check", "drive", "defects", "explain", "invariants");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| `(.+?)` \\| .+ \\|");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldHaveEveryFieldWithAnExample() throws IOException {
        Map<String, String> examples = examples();
        assertTrue(examples.size() > 80, examples.keySet()::toString);
        Map<String, List<String>> fields = new TreeMap<>();
        for (String schema : SCHEMAS) {
            JsonNode root = JSON.readTree(Files.readString(Path.of("spec/schema", schema + ".schema.json")));
            collect(schema, "", root, fields);
        }
        assertEquals(fields.keySet(), new TreeSet<>(examples.keySet()));
        fields.forEach((field, places) -> assertTrue(
                places.stream().anyMatch(place -> ResultSchemas.problems(place, examples.get(field))
                        .isEmpty()),
                () -> "the example of " + field + " is none that " + places + " take"));
    }

    @Test
    void shouldNoticeAnExampleOfTheWrongType() {
        assertEquals(List.of(), ResultSchemas.problems("run#/properties/exit", "1"));
        assertEquals(1, ResultSchemas.problems("run#/properties/exit", "\"1\"").size());
    }

    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String before = examples.put(row.group(1), row.group(2).replace("\\|", "|"));
                assertEquals(null, before, row.group(1) + " has two examples");
            }
        }
        return examples;
    }

    /** Each field, and where in the schemas it is described. */
    private static void collect(String schema, String at, JsonNode node, Map<String, List<String>> fields) {
        boolean isObject = node.has("additionalProperties") && node.has("properties");
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            String place = at + "/" + each.getKey();
            boolean isCondition = each.getKey().equals("if") || each.getKey().equals("then");
            if (each.getKey().equals("properties") && isObject) {
                for (Map.Entry<String, JsonNode> field : each.getValue().properties()) {
                    if (!at.equals("/properties/totals")) {
                        fields.computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                                .add(schema + "#" + place + "/" + field.getKey());
                    }
                    collect(schema, place + "/" + field.getKey(), field.getValue(), fields);
                }
            } else if (!isCondition) {
                collect(schema, place, each.getValue(), fields);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(schema, at + "/" + i, node.get(i), fields);
        }
    }
}
