package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands below counterexamples, pasted: each shows the violation that it stands below. */
class SeeingAgainTest {
    private static final Path DEFECTS = Path.of("docs/defects");
    private static final Pattern SHOWN =
            Pattern.compile("Found by `(?:builtin|audit)`: ([a-z-]+), in litmus test `([a-z0-9-]+)`");
    private static final Pattern AGAIN = Pattern.compile("  to see it again: gaugeblock (.+)");
    /** So many pages apart; all of them take minutes. */
    private static final int STRIDE = Boolean.getBoolean("gaugeblock.deep") ? 1 : 25;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DEFECTS)) {
            List<Path> all = files.sorted().toList();
            return all.stream().filter(page -> all.indexOf(page) % STRIDE == 0).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldShowTheSameViolation(Path page) throws IOException {
        String text = Files.readString(page);
        Matcher shown = SHOWN.matcher(text);
        Matcher again = AGAIN.matcher(text);
        while (again.find()) {
            assertTrue(shown.find(), page + " has more commands than violations");
            out.getBuffer().setLength(0);
            assertEquals(
                    shown.group(1).equals("never") ? 5 : 1, run(again.group(1).split(" ")), page + ": " + out + err);
            assertTrue(
                    out.toString()
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .matches(shown.group(2) + ": schedule [0-9x,]+ goes wrong: " + shown.group(1)),
                    out.toString());
        }
    }

    @Test
    void shouldTakeTheFirstTestThatMustFindTheDefectIfNoneIsNamed() {
        assertEquals(1, run("defects", "kmap-wakeup-left-out", "--replay", "0x7,1x5,0x4"), err.toString());
        assertTrue(out.toString().contains("goes wrong: kmap-lost-wakeup"), out.toString());
    }

    @Test
    void shouldRefuseAScheduleWithoutADefectOrATest() {
        assertEquals(2, run("defects", "--replay", "0"));
        assertTrue(err.toString().startsWith("--replay takes one defect: name it"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, run("defects", "kmap-wakeup-left-out", "--replay", "no-such-test:0"));
        assertTrue(err.toString().startsWith("--replay: there is no litmus test no-such-test"), err.toString());
    }

    @Test
    void shouldSayWhatToTryWhereAReplayGoesWell() {
        assertEquals(4, run("explore", "kunmap-wakes-the-waiter", "--replay", "0x7"));
        assertTrue(
                out.toString().contains("gaugeblock defects ID --replay kunmap-wakes-the-waiter:0x7"), out.toString());
    }

    @Test
    void shouldKnowShippedTestsByTheirNames() {
        assertEquals(0, run("explore", "watermark-race", "-q"), err.toString());
        assertEquals("watermark-race: HOLDS\n", out.toString());
    }
}
