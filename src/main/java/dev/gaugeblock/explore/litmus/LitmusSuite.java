package dev.gaugeblock.explore.litmus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds litmus tests: those that are shipped, or those of files and folders that a user names. Sorted, so runs are alike.
 *
 * @param tests those found
 * @param emptyFiles files without a single byte: there is nothing in them to check, nor to complain about
 */
public record LitmusSuite(List<LitmusTest> tests, List<Path> emptyFiles) {
    private static final String ENDING = ".litmus";
    private static final String SHIPPED = "litmus";
    /** Where the shipped tests lie in the project, for whoever wants to run one of them again. */
    private static final String SHIPPED_FROM = "model-tests/litmus/";

    /** The shipped suite, from the jar or the build folder that this class was loaded from. */
    public static LitmusSuite shipped() throws IOException {
        try (Shipped program = Shipped.open()) {
            return shipped(parseAll(filesIn(program.folder(SHIPPED))));
        }
    }

    private static LitmusSuite shipped(LitmusSuite packed) {
        List<LitmusTest> tests = packed.tests().stream()
                .map(test -> test.in(SHIPPED_FROM + test.name() + ENDING))
                .toList();
        return new LitmusSuite(tests, packed.emptyFiles());
    }

    /**
     * The tests in the given files, and in the given folders and those below them.
     *
     * @throws LitmusSyntaxException for the first file that is no litmus test
     * @throws IOException if a file or folder cannot be read
     */
    public static LitmusSuite of(List<Path> filesAndFolders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                files.addAll(filesIn(path));
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new NoSuchFileException(path.toString(), null, "no such file or folder");
            }
        }
        return parseAll(files);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(path -> path.toString().endsWith(ENDING) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }

    private static LitmusSuite parseAll(List<Path> files) throws IOException {
        List<LitmusTest> tests = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        for (Path file : files) {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                empty.add(file);
            } else {
                tests.add(LitmusParser.parse(file));
            }
        }
        return new LitmusSuite(List.copyOf(tests), List.copyOf(empty));
    }
}
