package dev.gaugeblock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.report.form.JUnitForm;
import dev.gaugeblock.report.form.SarifForm;
import dev.gaugeblock.report.form.TextForm;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.Effect;
import dev.gaugeblock.report.result.Interleaving.Start;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the reports, moment by moment, and whatever happens to their place. */
class ReporterTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path temporary) throws IOException {
        folder = Files.createDirectory(temporary.resolve("reports"));
    }

    @Test
    void shouldSayAtEachMomentHowFarTheRunIs() throws IOException {
        Reporter reporter = reporter(Format.text);
        reporter.begin(at("x.xml"), JUnitForm::text);
        reporter.begin(at("x.sarif"), SarifForm::text);
        assertUnfinished("run not finished, 0 of unknown tests");
        reporter.expect(2);
        assertUnfinished("run not finished, 0 of 2 tests");
        reporter.add(violated(1));
        reporter.testEnded();
        assertUnfinished("run not finished, 1 of 2 tests");
        reporter.add(violated(1));
        reporter.testEnded();
        assertUnfinished("run not finished, 2 of 2 tests");
        assertTrue(reporter.end());
        assertFalse(read("x.xml").contains("run not finished"), read("x.xml"));
        assertFalse(read("x.sarif").contains("run not finished"), read("x.sarif"));
        assertTrue(read("x.xml").contains("tests=\"2\" failures=\"2\" errors=\"0\""), read("x.xml"));
    }

    private void assertUnfinished(String words) throws IOException {
        assertTrue(read("x.xml").contains("<error type=\"UNFINISHED\" message=\"" + words + "\"/>"), read("x.xml"));
        assertTrue(read("x.sarif").contains("\"text\":\"" + words + "\""), read("x.sarif"));
        assertTrue(read("x.sarif").contains("\"executionSuccessful\":false"), read("x.sarif"));
    }

    @Test
    void shouldGoOnThoughTheFolderVanishes() throws IOException {
        Reporter reporter = reporter(Format.text);
        reporter.begin(at("x.xml"), JUnitForm::text);
        reporter.expect(1);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        reporter.add(violated(1));
        reporter.testEnded();
        assertFalse(reporter.end(), "not every report could be written");
        assertEquals(Conclusion.VIOLATED, reporter.conclusion());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("gaugeblock: cannot write " + at("x.xml") + ": "), err.toString());
    }

    @Test
    void shouldRefuseTwoReportsInOneFile() throws IOException {
        Reporter reporter = reporter(Format.text);
        reporter.begin(at("x"), JUnitForm::text);
        Path same = folder.resolve("../reports/x");
        IOException refused = assertThrows(IOException.class, () -> reporter.begin(same, SarifForm::text));
        assertEquals(
                "cannot write " + same + ": another report goes there: give each a file of its own",
                refused.getMessage());
    }

    @Test
    void shouldSayThatTheToolIsBroken() throws TextFormatException {
        Reporter reporter = reporter(Format.json);
        reporter.open("canary", Conclusion.BROKEN, "the canary was not found");
        assertTrue(reporter.end());
        reporter.ended(70);
        assertEquals(List.of(), ResultSchemas.problems("explore", out.toString()));
        assertEquals("broken", json(out.toString()).get("verdict"));
        assertEquals("gaugeblock: BROKEN: the canary was not found\n", err.toString());
    }

    @Test
    void shouldShowTheLastThousandStepsAndSaySo() throws IOException {
        String flow = sarif(violated(1003));
        assertTrue(flow.contains("\"text\":\"the last 1000 of 1003 steps; steps 1 to 3 are left out"), flow);
        assertEquals(1000, flow.split("\"executionOrder\":", -1).length - 1);
        assertFalse(flow.contains("\"executionOrder\":3,"));
        assertTrue(flow.contains("\"executionOrder\":4,"));
        assertTrue(flow.contains("\"executionOrder\":1003,\"importance\":\"essential\""));
        assertTrue(sarif(violated(1000)).contains("\"text\":\"1000 steps; schedule"));
    }

    @Test
    void shouldGiveEachProgramAFlowOfItsOwn() throws IOException {
        String flow = sarif(violated(4));
        assertTrue(flow.contains("\"threadFlows\":[{\"id\":\"cpu 0\""), flow);
        assertTrue(flow.matches("(?s).*\"id\":\"cpu 0\".*\"executionOrder\":1,.*\"executionOrder\":3,.*\"id\":\"cpu 1\""
                + ".*\"executionOrder\":2,.*\"executionOrder\":4,.*"));
        assertTrue(flow.contains("\"uri\":\"a%20b/%C3%BC%25.litmus\""), flow);
        assertTrue(
                flow.contains(
                        "\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/X.java\"}"
                                + ",\"region\":{\"startLine\":7}}"),
                flow);
        assertTrue(flow.contains("\"help\":{\"text\":\"No x.\\nChecked always.\"}"), flow);
    }

    private String sarif(Case judged) throws IOException {
        Reporter reporter = reporter(Format.text);
        reporter.begin(at("x.sarif"), SarifForm::text);
        reporter.expect(1);
        reporter.add(judged);
        reporter.testEnded();
        assertTrue(reporter.end());
        return read("x.sarif");
    }

    /** A case whose two programs took so many steps in turn. */
    private static Case violated(int steps) {
        Place place = new Place("./a b/\u00fc%.litmus", 5);
        List<StoryStep> story = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            story.add(
                    new StoryStep(i % 2, "op", "read x", "4", "", List.of(), List.of(), "", "", place, 0, Effect.NONE));
        }
        Interleaving interleaving =
                new Interleaving(List.of("cpu 0", "cpu 1"), story, "0,1", "", "", List.of(), "", Start.UNKNOWN);
        RuleText rule = new RuleText("x", "No x.", "Checked always.", new Place("src/X.java", 7));
        return new Case(
                "a",
                place,
                Conclusion.VIOLATED,
                "x: there is one",
                List.of(new Evidence(rule, "there is one", place, interleaving, "")),
                Map.of(),
                Duration.ofMillis(12),
                List.of("a VIOLATED"));
    }

    private Reporter reporter(Format format) {
        return new Reporter(
                "explore",
                Map.of("seed", "1"),
                format,
                TextForm.PLAIN,
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private String read(String name) throws IOException {
        return Files.readString(at(name));
    }

    private static Map<String, Object> json(String text) throws TextFormatException {
        return JsonReader.read(text.strip(), new Position("out", 1));
    }
}
