package dev.gaugeblock.defects;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
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

/** The whole program with a defect in it: the sources, patched and compiled aside, and run in a class loader of their own. */
final class SeededDefect {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String OLD_FILE = "--- a/";

    private final Path classes;

    /** What a command printed to standard output, and the code that it ended with. */
    record Result(int exitCode, String output) {}

    private SeededDefect(Path classes) {
        this.classes = classes;
    }

    /**
     * Applies the patch of that id and compiles.
     *
     * @param workFolder empty; gets sources and classes
     */
    static SeededDefect compile(String id, Path workFolder) throws IOException {
        Path sources = workFolder.resolve("sources");
        copy(SOURCES, sources);
        apply(Files.readAllLines(Path.of("model-tests/defects", id + ".patch")), sources);
        Path classes = Files.createDirectory(workFolder.resolve("classes"));
        compile(sources, classes);
        copy(Path.of("model-tests/litmus"), classes.resolve("litmus"));
        return new SeededDefect(classes);
    }

    private static void apply(List<String> patchFile, Path sources) throws IOException {
        int start = 0;
        while (!patchFile.get(start).startsWith(OLD_FILE)) {
            start++;
        }
        List<String> diff = patchFile.subList(start, patchFile.size());
        Path file = sources.resolve(SOURCES.relativize(
                Path.of(diff.get(0).substring(OLD_FILE.length()).strip())));
        Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(diff);
        try {
            Files.write(file, patch.applyFuzzy(Files.readAllLines(file), 2));
        } catch (PatchFailedException e) {
            throw new IOException("the patch does not fit " + file + " any more: " + e.getMessage(), e);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> below = Files.walk(sources)) {
            List<Path> units =
                    below.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
                    .call();
            if (!compiled) {
                throw new IOException("the patched sources do not compile: " + messages);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.createDirectories(
                        to.resolve(from.relativize(path).toString()).getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                }
            }
        }
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

    /** The patched classes, and the libraries; not the program's own classes, which the class path of the tests holds too. */
    private URL[] urls() {
        List<URL> urls = new ArrayList<>();
        urls.add(url(classes));
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (entry.endsWith(".jar")) {
                urls.add(url(Path.of(entry)));
            }
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
