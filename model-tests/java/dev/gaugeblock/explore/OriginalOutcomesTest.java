package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the explorer finds is what the original code can do: {@code spec/outcomes}, text for text. */
class OriginalOutcomesTest {
    private static final Path FOLDER = Path.of("spec/outcomes");

    /**
     * What an outcome of the original looks like that shows the same as a violation here. Others show in no outcome.
     */
    private static final Map<String, String> SHOWN_BY = Map.of(
            "deadlock", "DEADLOCK",
            "kernel-bug", "BUG .*",
            "bad-page", "BADPAGE .*",
            "free-clean", "BADPAGE .*");

    /**
     * The original has no outcome for a reference that is taken to a free frame, nor for a frame that is reached by a
     * window of another: nobody looks there.
     */
    private static final List<String> SHOWN_NOWHERE = List.of("get-against-free", "same-window-under-interrupt");

    @Test
    void shouldBeThoseOfTheOriginal() throws Exception {
        List<String> different = new ArrayList<>();
        List<String> shownNowhere = new ArrayList<>();
        int equal = 0;
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE).withoutShortening()) {
            for (Path file : files()) {
                List<String> original = Files.readAllLines(file);
                Exploration ours = explorer.explore(test(file, original));
                String violation =
                        ours.counterexample().map(Counterexample::violationId).orElse("");
                if (!violation.isEmpty() && !SHOWN_BY.containsKey(violation)) {
                    shownNowhere.add(ours.test().name());
                    continue;
                }
                String difference = difference(original, ours, violation);
                if (difference.isEmpty()) {
                    equal++;
                } else {
                    different.add(ours.test().name() + ": " + difference);
                }
            }
        }
        assertEquals(List.of(), different);
        assertEquals(SHOWN_NOWHERE, shownNowhere);
        assertTrue(equal + shownNowhere.size() >= 122, equal + " sets are equal");
    }

    @Test
    void shouldNoticeADifference() throws Exception {
        Path file = FOLDER.resolve("irq-after-look.txt");
        List<String> original = Files.readAllLines(file);
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            Exploration ours = explorer.explore(test(file, original));
            assertEquals("", difference(original, ours, ""));
            List<String> fewer = original.subList(0, original.size() - 1);
            assertTrue(difference(fewer, ours, "").startsWith("only here: "), difference(fewer, ours, ""));
            List<String> more = new ArrayList<>(original);
            more.add("p=7 | DMA free 1");
            assertEquals("only in the original: [p=7 | DMA free 1]", difference(more, ours, ""));
            assertEquals(
                    "the original has nothing that shows deadlock: " + outcomes(original),
                    difference(original, ours, "deadlock"));
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    /** The test that a file is about: its text stands beside it, or is one of the shipped. */
    private static LitmusTest test(Path file, List<String> lines) throws Exception {
        Map<String, String> head = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith("# ")) {
                String[] words = line.substring(2).split(":? ", 2);
                head.put(words[0], words[1]);
            }
        }
        Path text = head.get("text").equals("beside this file")
                ? Path.of(file.toString().replace(".txt", ".litmus"))
                : Path.of(head.get("text"));
        LitmusTest test = LitmusSuite.of(List.of(text)).tests().get(0);
        assertEquals(head.get("litmus"), test.name());
        assertEquals(Integer.parseInt(head.get("outcomes")), outcomes(lines).size(), test.name());
        return test;
    }

    private static List<String> outcomes(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("#")).toList();
    }

    /** How the sets differ, or that the original's does not show what stopped the exploration; empty if all is well. */
    private static String difference(List<String> original, Exploration ours, String violation) {
        List<String> theirs = outcomes(original);
        if (!violation.isEmpty()) {
            boolean shown = theirs.stream().anyMatch(line -> line.matches(SHOWN_BY.get(violation)));
            return shown ? "" : "the original has nothing that shows " + violation + ": " + theirs;
        }
        if (ours.verdict() != Verdict.HOLDS) {
            return ours.verdict() + ": " + ours.reason();
        }
        List<String> onlyHere = new ArrayList<>(ours.outcomes().keySet());
        onlyHere.removeAll(theirs);
        List<String> onlyThere = new ArrayList<>(theirs);
        onlyThere.removeAll(ours.outcomes().keySet());
        return (onlyHere.isEmpty() ? "" : "only here: " + onlyHere)
                + (onlyThere.isEmpty() ? "" : "only in the original: " + onlyThere);
    }
}
