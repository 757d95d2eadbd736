package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.Format;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.report.form.TextForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the answers of the engines add up to, with an engine here or not. */
class RowTest {
    private static final Trial FOUND = new Trial(Trial.Result.FOUND, "a-test", "an-id", "");

    @Test
    void shouldBeFoundIfEveryEngineThatMustFindItDoes() {
        Row row = row(List.of(Engine.BUILTIN, Engine.JPF), List.of(Engine.BUILTIN, Engine.JPF), List.of(), true);

        assertEquals(Row.Verdict.FOUND, row.verdict());
        assertFalse(DefectTable.summary(List.of(row)).contains("not tried"));
    }

    @Test
    void shouldBeFoundByWhatIsHereAndSayWhatIsNot() {
        Row row = row(List.of(Engine.BUILTIN, Engine.JPF), List.of(Engine.BUILTIN), List.of(), false);

        assertEquals(Row.Verdict.FOUND, row.verdict());
        assertTrue(DefectTable.summary(List.of(row)).endsWith("; not tried: jpf, which must find 1"));
        assertTrue(new DefectTable(List.of(row.defect())).line(row).contains("needs jpf"));
    }

    @Test
    void shouldNotBeFoundIfOnlyAMissingEngineMustFindIt() {
        Row row = row(List.of(Engine.JPF), List.of(), List.of(), false);

        assertEquals(Row.Verdict.ENGINE_MISSING, row.verdict());
    }

    @Test
    void shouldBeFoundOtherwiseIfOneEngineThatMustFindItDoesNot() {
        Row row = row(List.of(Engine.BUILTIN, Engine.CHECK), List.of(Engine.CHECK), List.of(Engine.BUILTIN), false);

        assertEquals(Row.Verdict.FOUND_OTHERWISE, row.verdict());
    }

    @Test
    void shouldSurviveIfNoEngineThatIsHereFindsIt() {
        Row row = row(List.of(Engine.BUILTIN, Engine.JPF), List.of(), List.of(Engine.BUILTIN), false);

        assertEquals(Row.Verdict.SURVIVES, row.verdict());
        assertEquals(List.of("builtin must find it"), row.unmet());
    }

    /** As a document, whatever came out. */
    @Test
    void shouldBeToldAsADocumentWhateverCameOut() {
        List<Row> rows = List.of(
                row(List.of(Engine.BUILTIN), List.of(Engine.BUILTIN), List.of(), true),
                row(List.of(Engine.JPF), List.of(), List.of(), false),
                row(List.of(Engine.BUILTIN, Engine.CHECK), List.of(Engine.CHECK), List.of(Engine.BUILTIN), false),
                row(List.of(Engine.BUILTIN), List.of(), List.of(Engine.BUILTIN), false));
        List<String> told = List.of("holds", "inconclusive", "violated", "violated");
        for (int i = 0; i < rows.size(); i++) {
            StringWriter out = new StringWriter();
            PrintWriter print = new PrintWriter(out, true);
            Reporter reporter = new Reporter("defects", Map.of(), Format.json, TextForm.PLAIN, print, print);
            reporter.add(DefectCases.judged(rows.get(i), Duration.ZERO, List.of()));
            assertTrue(reporter.end());
            reporter.ended(0);
            assertEquals(List.of(), ResultSchemas.problems("defects", out.toString()));
            assertTrue(out.toString().contains("\"verdict\":\"" + told.get(i) + "\",\"totals\""), out.toString());
        }
    }

    /**
     * A row.
     *
     * @param claimed engines that the patch says must find it
     * @param finding engines that do
     * @param failing engines that must and do not
     */
    private static Row row(List<Engine> claimed, List<Engine> finding, List<Engine> failing, boolean jpfIsHere) {
        List<Claim> claims = claimed.stream()
                .map(engine -> new Claim(engine, "a-test", "an-id", MemoryModel.SC))
                .toList();
        List<Cell> cells = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            List<Trial> found = finding.contains(engine) ? List.of(FOUND) : List.of();
            List<String> unmet = failing.contains(engine) ? List.of(engine.label() + " must find it") : List.of();
            cells.add(new Cell(engine, found, unmet, 0, List.of(), jpfIsHere || engine != Engine.JPF));
        }
        return new Row(new Defect("a-defect", Defect.Kind.SEEDED, "A story.", "", claims, List.of()), cells);
    }
}
