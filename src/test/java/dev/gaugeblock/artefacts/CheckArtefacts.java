package dev.gaugeblock.artefacts;

import dev.gaugeblock.artefacts.Workplace.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The build's step that uses what {@code mvn install} gives as other people do, in folders of its own: the jars by
 * themselves, and the project of {@code docs/examples/junit-maven}. Maven runs once, offline, on two copies of that
 * project, one of which has an allocator with a mistake.
 */
final class CheckArtefacts {
    private static final Path EXAMPLE = Path.of("docs/examples/junit-maven");
    private static final Path ALLOCATOR = Path.of("src/main/java/org/example/FirstFit.java");

    private static final Path TEST = Path.of("src/test/java/org/example/FirstFitTest.java");
    private static final Path LITMUS = Path.of("src/test/resources/junit/litmus");

    /** Of the allocator, and what makes it wrong: it looks before it takes the lock. */
    private static final String RIGHT = "        lock.acquire(task);\n        int found = firstFree();\n";

    private static final String WRONG = "        int found = firstFree();\n        lock.acquire(task);\n";

    private static final String[] TESTS = {
        "<testcase name=\"exhaustion\"",
        "<testcase name=\"one-frame\"",
        "<testcase name=\"src/test/litmus/frees.litmus\""
    };
    private static final String[] COUNTEREXAMPLE = {"VIOLATED", "cpu 1: q = alloc", "to see it again: "};

    private final Workplace place;
    private final String version;

    private CheckArtefacts(Workplace place, String version) {
        this.place = place;
        this.version = version;
    }

    /**
     * Ends with exit code 1 and a list if anything is not as it should be.
     *
     * @param arguments the version of the project; the folder of Maven; Maven's local repository, which has all that
     *     the example needs besides the artefacts, as the build needs it too
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Workplace place = new Workplace(Path.of("target", "artefacts"), Path.of(arguments[1]), Path.of(arguments[2]));
        List<String> wrong = new CheckArtefacts(place, arguments[0]).wrong();
        wrong.forEach(System.out::println);
        System.out.printf("artefacts: %d findings, %d s%n", wrong.size(), (System.nanoTime() - start) / 1_000_000_000);
        if (!wrong.isEmpty()) {
            System.exit(1);
        }
    }

    private List<String> wrong() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Path jar = place.install(version);
        Ended bare = place.java("-jar", jar.toString(), "--version");
        if (bare.exitCode() != 69 || !bare.output().contains("picocli")) {
            wrong.add("the jar alone should end with 69 and name what is missing: " + bare);
        }
        Ended alone = place.installedLauncher("explore", "exhaustion", "--format", "json");
        if (alone.exitCode() != 0 || !alone.output().contains("\"tool\":\"gaugeblock " + version + "\"")) {
            wrong.add("the launcher beside gaugeblock-all.jar should explore, as version " + version + ": " + alone);
        }
        Path right = example("right");
        Path broken = example("broken");
        replace(broken.resolve(ALLOCATOR), RIGHT, WRONG);
        replace(broken.resolve("pom.xml"), "<artifactId>first-fit</artifactId>", "<artifactId>broken-fit</artifactId>");
        Ended maven = place.mavenTest(List.of("right", "broken"));
        if (maven.exitCode() != 0) {
            wrong.add("Maven cannot build the example: " + maven);
            return wrong;
        }
        TestReport green = TestReport.of(right);
        if (!green.counts().equals(TestReport.counts(TESTS.length, 0)) || !green.shows(TESTS)) {
            wrong.add("each test of the example should pass, by its name: " + green);
        }
        TestReport red = TestReport.of(broken);
        if (!red.counts().equals(TestReport.counts(TESTS.length, TESTS.length)) || !red.shows(COUNTEREXAMPLE)) {
            wrong.add("each test of the broken allocator should fail, with the counterexample: " + red);
        }
        wrong.addAll(Dependencies.wrong(Files.readAllLines(right.resolve(Workplace.TREE)), version));
        return wrong;
    }

    /** A copy of the example that has a folder of litmus tests, too. */
    private Path example(String name) throws IOException {
        Path copy = place.copy(EXAMPLE, name);
        replace(copy.resolve(TEST), "\"exhaustion\"", "{\"exhaustion\", \"src/test/litmus\"}");
        place.copy(LITMUS, name + "/src/test/litmus");
        return copy;
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String old = Files.readString(file);
        String changed = old.replace(before, after);
        if (changed.equals(old)) {
            throw new IOException(file + " should have: " + before);
        }
        Files.writeString(file, changed);
    }
}
