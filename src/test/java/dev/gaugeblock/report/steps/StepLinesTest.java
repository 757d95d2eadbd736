package dev.gaugeblock.report.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Counterexample.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLinesTest {
    private static final List<Row> STEPS = List.of(
            new Row(
                    0,
                    "p = alloc ATOMIC 0",
                    "read free",
                    "2",
                    "cpu 1 wrote 1 at step 3",
                    "A.java:7",
                    List.of("passes"),
                    true),
            new Row(1, "drain", "read other", "0", "", "", List.of(), false),
            new Row(1, "drain", "write free", "2 -> 1", "", "B.java:8", List.of(), true),
            new Row(0, "p = alloc ATOMIC 0", "acquire lock", "", "", "", List.of(), true));

    private static List<String> lines(Layout layout) {
        Counterexample shown = new Counterexample(
                null, "", List.of("cpu 0", "cpu 1"), STEPS, Schedule.parse("0,1x2,0"), "", "", List.of(), "", "");
        return new StepLines(shown, layout).all();
    }

    @Test
    void shouldStackProgramsOnANarrowScreenAndFoldWhatDoesNotMatter() {
        assertEquals(
                List.of(
                        "    cpu 0: p = alloc ATOMIC 0",
                        "       1  read free: 2 (cpu 1 wrote 1 at step 3)  [A.java:7]",
                        "          passes",
                        "          step 2: of programs that the last step does not depend on (--all-steps)",
                        "    cpu 1: drain",
                        "       3  write free: 2 -> 1  [B.java:8]",
                        "    cpu 0: p = alloc ATOMIC 0, goes on",
                        "       4  acquire lock"),
                lines(Layout.PLAIN));
    }

    @Test
    void shouldShowAllStepsIfAskedTo() {
        List<String> lines = lines(new Layout(Layout.NARROW, true));
        assertTrue(lines.contains("       2  read other: 0"), lines::toString);
    }

    @Test
    void shouldGiveEachProgramALaneOnAWideScreen() {
        List<String> lines = lines(new Layout(Layout.WIDE, false));
        String gap = " ".repeat(55);
        assertTrue(lines.get(0).matches(" {4}step {2}cpu 0 +cpu 1"), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.length() <= Layout.WIDE), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("       3" + gap)), lines::toString);
    }

    @Test
    void shouldBreakLinesBetweenWords() {
        assertEquals(List.of("  one two", "    three"), new Layout(12, false).wrapped("one two three", 2, 4));
    }
}
