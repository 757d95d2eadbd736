package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader who knows the kernel finds each of its names in the sources, by {@code docs/kernel-names.md}. */
class KernelNamesTest {
    private static final Path PAGE = Path.of("docs/kernel-names.md");
    private static final Path LIST = Path.of("src/test/resources/kernel-names.txt");
    private static final Path SOURCES = Path.of("src/main/java/dev/gaugeblock");
    private static final List<Path> KERNEL = Stream.of("machine", "mm", "highmem", "reclaim", "pagebuf")
            .map(SOURCES::resolve)
            .toList();

    @TempDir
    private Path folder;

    @Test
    void shouldHaveAPlaceOrAReasonForEachName() throws IOException {
        KernelNamesPage page = new KernelNamesPage(KernelNames.in(KERNEL), Files.readAllLines(LIST));
        assertEquals(List.of(), page.problems());
        assertTrue(page.length() >= 158, "only " + page.length() + " names are listed");
    }

    @Test
    void shouldShowThePlacesThatThereAre() throws IOException {
        String text = new KernelNamesPage(KernelNames.in(KERNEL), Files.readAllLines(LIST)).text();
        Files.writeString(Path.of("target/kernel-names.md"), text);
        assertEquals(text, Files.readString(PAGE), "run cp target/kernel-names.md docs/kernel-names.md");
    }

    @Test
    void shouldReadClassesMethodsFieldsAndConstructors() throws IOException {
        KernelNames names = read(
                """
                /** {@code struct_a}, or {@code struct_b} of old. Unlike {@code struct_c}. */
                class A {
                    /** Both {@code x_1}
                     * and {@code y_1}: two. */
                    int x, y;
                    /** {@code make_a}. */
                    A() {}
                    /** A nested {@code struct_d}. */
                    static class B {
                        /** {@code low}. */
                        void down(int low) {
                            /** {@code local_e}. */
                            int e;
                        }
                    }
                }
                """);
        assertEquals(Set.of("mm/A"), names.placesOf("struct_a"));
        assertEquals(Set.of("mm/A"), names.placesOf("struct_b"));
        assertEquals(Set.of(), names.placesOf("struct_c"));
        assertEquals(Set.of("mm/A.x", "mm/A.y"), names.placesOf("y_1"));
        assertEquals(Set.of("mm/A"), names.placesOf("make_a"));
        assertEquals(Set.of("mm/A.B"), names.placesOf("struct_d"));
        assertEquals(Set.of("mm/A.B.down"), names.placesOf("low"));
        assertEquals(Set.of("make_a", "struct_a", "struct_b", "struct_d", "x_1", "y_1"), names.all());
    }

    @Test
    void shouldFindWhatHasNeitherPlaceNorReason() throws IOException {
        KernelNames names = read("/** {@code a}. */ class A { /** {@code b}. */ int b; /** {@code b}. */ int c; }");
        assertEquals(
                List.of(
                        "b has several places, and no reason for that: [mm/A.b, mm/A.c]",
                        "z has no place, and no reason why not: name it as {@code z} in the first sentence of the comment on"
                                + " what implements it"),
                new KernelNamesPage(names, List.of("# names", "first: a b", "second: z")).problems());
        assertEquals(
                List.of(), new KernelNamesPage(names, List.of("all: a b z", "- z: not here", "+ b: both")).problems());
    }

    @Test
    void shouldFindAReasonThatIsNoneAnyMore() throws IOException {
        KernelNames names = read("/** {@code a}. */ class A {}");
        assertEquals(
                List.of(
                        "a has a reason to have no place, and has [mm/A]",
                        "a has a reason to have several places, and has [mm/A]",
                        "there is a reason for y, which is not listed"),
                new KernelNamesPage(names, List.of("all: a", "- a: r", "+ a: r", "- y: r")).problems());
        assertEquals(List.of("a is listed twice"), new KernelNamesPage(names, List.of("one: a", "two: a")).problems());
    }

    private KernelNames read(String source) throws IOException {
        Path mm = Files.createDirectories(folder.resolve("mm"));
        Files.writeString(mm.resolve("A.java"), "package x.mm;\n" + source);
        return KernelNames.in(List.of(mm));
    }
}
