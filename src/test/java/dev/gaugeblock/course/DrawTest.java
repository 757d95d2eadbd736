package dev.gaugeblock.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawTest {
    private static final List<String> NAMES =
            IntStream.range(0, 50).mapToObj(Integer::toString).toList();

    @TempDir
    private Path folder;

    @Test
    void shouldChooseTheSameAgain() throws IOException {
        assertEquals(drawn(Draw.of("anna", null)), drawn(Draw.of("anna", null)));
        Path key = key("one key of a teacher");
        assertEquals(drawn(Draw.of("anna", key)), drawn(Draw.of("anna", key)));
    }

    @Test
    void shouldChooseOthersForAnotherSeedKeyOrPurpose() throws IOException {
        Set<List<String>> all = new HashSet<>();
        for (Draw draw : List.of(
                Draw.of("anna", null),
                Draw.of("berta", null),
                Draw.of("anna", key("one key of a teacher")),
                Draw.of("anna", key("and another of a teacher")))) {
            all.add(drawn(draw));
            assertNotEquals(drawn(draw), draw.choose("other", NAMES, Function.identity(), 5));
        }
        assertEquals(4, all.size(), all::toString);
    }

    @Test
    void shouldChooseEachAtMostOnce() throws IOException {
        List<String> all = Draw.of("anna", null).choose("all", NAMES, Function.identity(), NAMES.size());
        assertEquals(Set.copyOf(NAMES), Set.copyOf(all));
    }

    @Test
    void shouldSayWhetherItIsPractice() throws IOException {
        assertTrue(Draw.of("anna", null).isPractice());
        assertFalse(Draw.of("anna", key("one key of a teacher")).isPractice());
    }

    @Test
    void shouldRefuseMoreThanThereAre() throws IOException {
        Draw draw = Draw.of("anna", null);
        for (int count : new int[] {0, -1, 51}) {
            assertThrows(IllegalArgumentException.class, () -> draw.choose("x", NAMES, Function.identity(), count));
        }
    }

    private static List<String> drawn(Draw draw) {
        return draw.choose("purpose", NAMES, Function.identity(), 5);
    }

    private Path key(String text) throws IOException {
        return Files.writeString(folder.resolve("key"), text);
    }
}
