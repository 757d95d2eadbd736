package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.text.FolderFiles;
import dev.gaugeblock.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds litmus tests: those that are shipped, or those of files and folders that a user names. Sorted, so runs are
 * alike.
 *
 * @param tests those found
 * @param emptyFiles files without a single byte: there is nothing in them to check, nor to complain about
 * @param unreadable what is no litmus test, or cannot be read
 * @param notes what else the folders hold
 */
public record LitmusSuite(List<LitmusTest> tests, List<Path> emptyFiles, List<Refused> unreadable, List<String> notes) {
    /**
     * What is not run.
     *
     * @param line from 1; 0 for the file as a whole
     * @param message what and why, in a line
     */
    public record Refused(String file, int line, String message) {}

    private static final String ENDING = ".litmus";
    private static final String SHIPPED = "litmus";
    private static final String HISTORY = "history/";
    /** Where the shipped tests lie in the project, for whoever wants to run one of them again. */
    private static final String SHIPPED_FROM = "model-tests/litmus/";

    /** The shipped suite, from the jar or the build folder that this class was loaded from. */
    public static LitmusSuite shipped() throws IOException {
        try (Shipped program = Shipped.open()) {
            Finder finder = new Finder();
            finder.folder(program.folder(SHIPPED));
            if (!finder.unreadable.isEmpty()) {
                throw new IOException(String.join(
                        "; ", finder.unreadable.stream().map(Refused::message).toList()));
            }
            finder.tests.replaceAll(test -> test.in(SHIPPED_FROM + place(test.name())));
            return finder.suite();
        }
    }

    /** The shipped test of a name, or nothing if there is none. */
    public static LitmusSuite shipped(String name) {
        Finder finder = new Finder();
        if (isShipped(name)) {
            finder.shipped(name);
        }
        return finder.suite();
    }

    /**
     * The tests in the given files, and in the given folders and those below them; and shipped tests by their names,
     * unless there is a file or folder of that name. Whatever is wrong is in the result.
     */
    public static LitmusSuite of(List<Path> filesAndFolders) {
        Finder finder = new Finder();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                finder.folder(path);
            } else if (Files.isRegularFile(path)) {
                finder.file(path);
            } else if (Files.exists(path)) {
                finder.refuse(path, "a pipe, socket or device, and no file");
            } else if (Files.isSymbolicLink(path)) {
                finder.refuse(path, "a symbolic link that leads nowhere");
            } else if (isShipped(path.toString())) {
                finder.shipped(path.toString());
            } else {
                finder.refuse(path, "no such file or folder, and no shipped test");
            }
        }
        return finder.suite();
    }

    /**
     * The test of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public LitmusTest named(String name) {
        return tests.stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no litmus test " + name));
    }

    /** Whether a test is one of those shipped: its name alone leads to it. */
    public static boolean isShipped(LitmusTest test) {
        return isShipped(test.name()) && test.file().equals(SHIPPED_FROM + place(test.name()));
    }

    private static boolean isShipped(String name) {
        return name.matches("[a-z0-9-]+") && LitmusSuite.class.getResource("/" + SHIPPED + "/" + place(name)) != null;
    }

    /** Where a shipped test lies below the folder of the suite: what Linux once got wrong is in a folder of its own. */
    private static String place(String name) {
        boolean isHistory = LitmusSuite.class.getResource("/" + SHIPPED + "/" + HISTORY + name + ENDING) != null;
        return (isHistory ? HISTORY : "") + name + ENDING;
    }

    /**
     * The same suite, but tests that something is wrong with count as unreadable.
     *
     * @param problem what is wrong with a test; empty if nothing is
     */
    public LitmusSuite refusing(Function<LitmusTest, String> problem) {
        List<LitmusTest> right = new ArrayList<>();
        List<Refused> wrong = new ArrayList<>(unreadable);
        for (LitmusTest test : tests) {
            String why = problem.apply(test);
            if (why.isEmpty()) {
                right.add(test);
            } else {
                wrong.add(new Refused(test.file(), 0, test.file() + ": " + why));
            }
        }
        return new LitmusSuite(List.copyOf(right), emptyFiles, List.copyOf(wrong), notes);
    }

    private static final class Finder {
        private final List<LitmusTest> tests = new ArrayList<>();
        private final List<Path> empty = new ArrayList<>();
        private final List<Refused> unreadable = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        LitmusSuite suite() {
            return new LitmusSuite(List.copyOf(tests), List.copyOf(empty), List.copyOf(unreadable), List.copyOf(notes));
        }

        void refuse(Path path, String why) {
            unreadable.add(new Refused(path.toString(), 0, "cannot read " + path + ": " + why));
        }

        void shipped(String name) {
            try (Shipped program = Shipped.open()) {
                Finder found = new Finder();
                found.file(program.folder(SHIPPED).resolve(place(name)));
                found.tests.forEach(test -> tests.add(test.in(SHIPPED_FROM + place(name))));
                unreadable.addAll(found.unreadable);
            } catch (IOException e) {
                refuse(Path.of(name), Reason.of(e));
            }
        }

        void folder(Path folder) {
            FolderFiles found = FolderFiles.in(folder, List.of(ENDING));
            found.files().forEach(this::file);
            found.unreadable().forEach(each -> refuse(each.path(), each.why()));
            if (!found.passedOver().isEmpty()) {
                notes.add(found.passedOver());
            }
        }

        void file(Path file) {
            try {
                if (Files.size(file) == 0) {
                    empty.add(file);
                } else {
                    tests.add(LitmusParser.parse(file));
                }
            } catch (LitmusSyntaxException e) {
                unreadable.add(new Refused(e.file(), e.line(), String.valueOf(e.getMessage())));
            } catch (IOException e) {
                refuse(file, Reason.of(e));
            } catch (OutOfMemoryError e) {
                refuse(file, Reason.ofFullHeap());
            }
        }
    }
}
