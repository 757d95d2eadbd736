package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That the state machines can fail: they find defects that nothing but a vector used to notice, and some of the
 * catalogue.
 */
class SystemDefectsTest {
    private static final int TRIES = 250;
    private static final Path PATCHES = Path.of("src/test/resources/machines");
    private static final Set<String> SEQUENTIAL = Set.of("cold-is-hot", "kmap-slot-0-first", "watermark-not-strict");

    private static List<Defect> named() throws IOException {
        List<Defect> defects = new ArrayList<>();
        try (Stream<Path> files = Files.list(PATCHES)) {
            for (Path file : files.sorted().toList()) {
                String id = file.getFileName().toString().replace(Defect.ENDING, "");
                defects.add(new Defect(id, "", "", List.of(), Files.readAllLines(file)));
            }
        }
        return defects;
    }

    private static List<Defect> catalogued(Set<String> ids) throws IOException, DefectException {
        List<Defect> defects = Defects.shipped().stream()
                .filter(defect -> ids.contains(defect.id()))
                .toList();
        assertEquals(ids.size(), defects.size());
        return defects;
    }

    /** What the class of that name finds in a program with the defect; empty for nothing. */
    @SuppressWarnings("unchecked") // The loader has a class of that name, which is such a function.
    private static String found(Defect defect, String by, int tries) throws Exception {
        PatchedProgram program = new PatchedProgram(SourceCompiler.compile(defect.id(), PatchedSources.of(defect)));
        LongFunction<String> trying =
                (LongFunction<String>) program.loadClass(by).getConstructor().newInstance();
        return trying.apply(tries);
    }

    @Test
    void shouldFindDefectsInASession() throws Exception {
        List<Defect> defects = new ArrayList<>(named());
        assertEquals(5, defects.size());
        defects.addAll(catalogued(SEQUENTIAL));
        for (Defect defect : defects) {
            assertTrue(!found(defect, "dev.gaugeblock.machines.Trying", TRIES).isEmpty(), defect.id());
        }
    }
}
