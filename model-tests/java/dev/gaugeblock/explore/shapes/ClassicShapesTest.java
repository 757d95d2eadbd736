package dev.gaugeblock.explore.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The shapes of the literature on the words of the machine: they end as the model's definition has it, no more ways and
 * no fewer; and the end that each is about is there exactly where the literature says so.
 */
class ClassicShapesTest {
    private static final Path PAGE = Path.of("docs/memory-model.md");
    private static final int RANDOM = Boolean.getBoolean("gaugeblock.deep") ? 10_000 : 150;
    private static final String HEAD =
            """
            | shape | CPUs | asked for | sc | x86-tso |
            | --- | --- | --- | --- | --- |
            """;

    @Test
    void shouldEndAsTheModelHasIt() {
        for (MemoryShape shape : MemoryShape.ALL) {
            for (MemoryModel memory : MemoryModel.values()) {
                SortedSet<String> wanted = OwensModel.ends(shape, memory.buffersStores());
                for (Reduction reduction : Reduction.values()) {
                    assertEquals(
                            wanted,
                            ShapeMachine.ends(shape, memory, reduction),
                            shape.name() + " under " + memory + ", " + reduction);
                }
                boolean isThere = wanted.stream().anyMatch(shape::isAsked);
                assertEquals(memory.buffersStores() ? shape.inTso() : shape.inSc(), isThere, shape.name());
            }
        }
    }

    /** Where no plain load follows a plain store of its CPU, stores that wait make no difference. */
    @Test
    void shouldDifferOnlyWhereALoadFollowsAStore() {
        int without = 0;
        for (MemoryShape shape : MemoryShape.ALL) {
            boolean follows = shape.cpus().stream().anyMatch(ClassicShapesTest::hasALoadBehindAStore);
            without += follows ? 0 : 1;
            SortedSet<String> sc = OwensModel.ends(shape, false);
            SortedSet<String> tso = OwensModel.ends(shape, true);
            if (follows) {
                assertNotEquals(sc, tso, shape.name());
            } else {
                assertEquals(sc, tso, shape.name());
            }
            assertTrue(tso.containsAll(sc), shape.name());
        }
        assertTrue(without >= 8, without + " shapes without");
    }

    private static boolean hasALoadBehindAStore(List<MemoryShape.Access> accesses) {
        boolean waits = false;
        for (MemoryShape.Access access : accesses) {
            switch (access.kind()) {
                case STORE, LOCKED -> waits = true;
                case XCHG, BARRIER -> waits = false;
                case LOAD -> {
                    if (waits) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** And so does whatever else a few accesses can be. */
    @Test
    void shouldEndAsTheModelHasItWhateverTheAccesses() {
        int same = 0;
        for (int seed = 0; seed < RANDOM; seed++) {
            MemoryShape shape = MemoryShape.random(new Random(seed));
            SortedSet<String> sc = ShapeMachine.ends(shape, MemoryModel.SC, Reduction.DPOR);
            SortedSet<String> tso = ShapeMachine.ends(shape, MemoryModel.X86_TSO, Reduction.DPOR);
            assertEquals(OwensModel.ends(shape, false), sc, shape.toString());
            assertEquals(OwensModel.ends(shape, true), tso, shape.toString());
            assertEquals(tso, ShapeMachine.ends(shape, MemoryModel.X86_TSO, Reduction.DPOR_CACHE), shape.toString());
            if (shape.cpus().stream().noneMatch(ClassicShapesTest::hasALoadBehindAStore)) {
                assertEquals(sc, tso, shape.toString());
                same++;
            }
        }
        assertTrue(same > RANDOM / 10 && same < RANDOM, same + " of " + RANDOM + " without a load behind a store");
    }

    @Test
    void shouldBeWrittenDown() throws IOException {
        String table =
                HEAD + MemoryShape.ALL.stream().map(ClassicShapesTest::row).collect(Collectors.joining("\n", "", "\n"));
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("gaugeblock.write")) {
            int from = page.indexOf(HEAD);
            int to = page.indexOf("\n\n", from) + 1;
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
        }
        assertTrue(page.contains(table), "docs/memory-model.md wants, by -Dgaugeblock.write=true:\n" + table);
    }

    private static String row(MemoryShape shape) {
        String cpus = shape.cpus().stream()
                .map(cpu ->
                        "`" + cpu.stream().map(MemoryShape.Access::toString).collect(Collectors.joining("; ")) + "`")
                .collect(Collectors.joining(" "));
        return "| " + shape.name() + " | " + cpus + " | `" + shape.asked() + "` | " + yes(shape.inSc()) + " | "
                + yes(shape.inTso()) + " |";
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }
}
