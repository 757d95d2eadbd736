package dev.gaugeblock.defects;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The whole program with a defect in it, in a class loader of its own. Only the patched file is compiled; its classes stand
 * before the built ones. So a patch changes one file, and no constant that other classes have copied.
 */
final class SeededDefect {
    private static final Path FOLDER = Path.of("model-tests/defects");
    private static final String ENDING = ".patch";
    private static final String FOUND_BY = "found-by: ";
    private static final String OLD_FILE = "--- a/";

    private final String foundBy;
    private final Path classes;

    /** What a command printed to standard output, and the code that it ended with. */
    record Result(int exitCode, String output) {}

    private SeededDefect(String foundBy, Path classes) {
        this.foundBy = foundBy;
        this.classes = classes;
    }

    /** Every defect that there is, sorted. */
    static List<String> ids() throws IOException {
        try (Stream<Path> patches = Files.list(FOLDER)) {
            return patches.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Applies the patch of that id and compiles.
     *
     * @param workFolder empty; gets the patched source, its classes and the output
     */
    static SeededDefect compile(String id, Path workFolder) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(id + ENDING));
        int diffStart = startingWith(OLD_FILE, lines);
        Path source = Path.of(lines.get(diffStart).substring(OLD_FILE.length()).strip());
        Path patched = workFolder.resolve(source.getFileName());
        Files.write(patched, patch(source, lines.subList(diffStart, lines.size())));
        Path classes = Files.createDirectory(workFolder.resolve("classes"));
        compile(patched, classes);
        return new SeededDefect(lines.get(startingWith(FOUND_BY, lines)).substring(FOUND_BY.length()), classes);
    }

    private static int startingWith(String start, List<String> lines) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new IOException("the patch has no line that starts with \"" + start + "\"");
    }

    private static List<String> patch(Path source, List<String> diff) throws IOException {
        Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(diff);
        try {
            return patch.applyFuzzy(Files.readAllLines(source), 2);
        } catch (PatchFailedException e) {
            throw new IOException("the patch does not fit " + source + " any more: " + e.getMessage(), e);
        }
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IOException("the patched source does not compile: " + messages);
            }
        }
    }

    /** What the patch says that finds it: commands, and after "explore" the id of the violation. */
    String foundBy() {
        return foundBy;
    }

    /** Runs a command of the program with the defect. */
    Result run(String... args) throws IOException {
        Path output = classes.resolveSibling("output");
        PrintStream outBefore = System.out;
        try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
                PrintStream out = new PrintStream(Files.newOutputStream(output), true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            Object exitCode = loader.loadClass("dev.gaugeblock.cli.Main")
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) args);
            return new Result((int) exitCode, Files.readString(output));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the command failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the patched program has no Main.run", e);
        } finally {
            System.setOut(outBefore);
        }
    }

    /** The patched classes, and behind them all that the tests have. */
    private URL[] urls() {
        List<URL> urls = new ArrayList<>();
        urls.add(url(classes));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(url(Path.of(entry)));
        }
        return urls.toArray(new URL[0]);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
