package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds somebody's allocator: by the name of its class, in a jar, or in a folder of sources. */
public final class SubjectSource {
    private static final String CLASS = ".class";
    private static final String JAVA = ".java";

    private SubjectSource() {}

    /** Of a jar or folder: more than one class that could be meant. */
    public static final class AmbiguousException extends Exception {
        private static final long serialVersionUID = 1L;

        AmbiguousException(String message) {
            super(message);
        }
    }

    /**
     * The classes of an allocator.
     *
     * @param where a jar, a folder with Java sources, either with {@code #CLASS} behind it, or the name of a class
     * @param classPath jars, and folders with class files, where that class and what it needs are; what it needs may
     *     also be on the class path of this program
     * @throws SubjectException if there is no such allocator, or it is none
     * @throws AmbiguousException if a jar or folder has several, and nobody says which
     */
    public static SubjectClasses find(String where, List<Path> classPath) throws SubjectException, AmbiguousException {
        int mark = where.lastIndexOf('#');
        String asked = mark < 0 ? "" : where.substring(mark + 1);
        Path place = Path.of(mark < 0 ? where : where.substring(0, mark));
        Map<String, byte[]> classes = new TreeMap<>();
        for (Path entry : classPath) {
            classes.putAll(classFiles(entry));
        }
        if (Files.exists(place)) {
            Map<String, byte[]> own = Files.isDirectory(place) ? compiled(place, classPath) : classFiles(place);
            classes.putAll(own);
            return SubjectScan.of(asked.isEmpty() ? theOnly(place, own, classes) : asked, classes);
        }
        if (mark >= 0 || where.contains("/") || where.endsWith(".jar")) {
            throw new SubjectException("there is no file or folder " + place);
        }
        if (!classes.containsKey(where)) {
            classes.putAll(besides(where));
        }
        return SubjectScan.of(where, classes);
    }

    /** All classes of a jar, or of a folder of packages. */
    private static Map<String, byte[]> classFiles(Path entry) throws SubjectException {
        if (!Files.exists(entry)) {
            throw new SubjectException("there is no file or folder " + entry + ", which the class path names");
        }
        try {
            if (Files.isDirectory(entry)) {
                return below(entry);
            }
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                return below(jar.getPath("/"));
            }
        } catch (IOException | ProviderNotFoundException e) {
            throw new SubjectException("cannot read " + entry + ", expected a jar or a folder: " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> below(Path root) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        for (Path file : filesBelow(root, CLASS)) {
            String path = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), ".");
            found.put(path.substring(0, path.length() - CLASS.length()), Files.readAllBytes(file));
        }
        return found;
    }

    private static List<Path> filesBelow(Path root, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, byte[]> compiled(Path folder, List<Path> classPath) throws SubjectException {
        try {
            Map<String, String> sources = new TreeMap<>();
            for (Path file : filesBelow(folder, JAVA)) {
                sources.put(folder.relativize(file).toString(), Files.readString(file));
            }
            if (sources.isEmpty()) {
                throw new SubjectException("there is no Java source in folder " + folder
                        + ": class files go by the name of the class, with --class-path " + folder);
            }
            return new TreeMap<>(SourceCompiler.compile(sources, classPath));
        } catch (IOException e) {
            throw new SubjectException("cannot read the sources in " + folder + ": " + e.getMessage(), e);
        } catch (SourceCompiler.CompilationException e) {
            throw new SubjectException("the sources in " + folder + " do not compile: " + firstOf(e), e);
        }
    }

    /** The first thing that the compiler says, in a line: {@code Buddy.java:12: error: ...}. */
    private static String firstOf(SourceCompiler.CompilationException wrong) {
        List<String> lines = String.valueOf(wrong.getMessage()).lines().toList();
        String first = lines.isEmpty() ? "nobody says why" : lines.get(0);
        long errors = lines.stream().filter(line -> line.contains(": error: ")).count();
        return (first.startsWith("/") ? first.substring(1) : first)
                + (errors > 1 ? " (and " + (errors - 1) + " more)" : "");
    }

    /** The one class of a jar or folder that is an allocator. */
    private static String theOnly(Path place, Map<String, byte[]> own, Map<String, byte[]> all)
            throws SubjectException, AmbiguousException {
        SubjectLoader loader = new SubjectLoader(all, SubjectLoader.program());
        List<String> candidates = new ArrayList<>();
        for (String name : own.keySet()) {
            Class<?> type = loadedOrNull(name, loader);
            if (type != null
                    && !Modifier.isAbstract(type.getModifiers())
                    && (Subject.class.isAssignableFrom(type) || FreeLists.class.isAssignableFrom(type))) {
                candidates.add(name);
            }
        }
        if (candidates.isEmpty()) {
            throw new SubjectException("no class in " + place + " implements " + Subject.class.getName() + " or "
                    + FreeLists.class.getName());
        }
        if (candidates.size() > 1) {
            throw new AmbiguousException(place + " has " + candidates.size() + " allocators: say which, "
                    + String.join(
                            " or ",
                            candidates.stream().map(each -> place + "#" + each).toList()));
        }
        return candidates.get(0);
    }

    /** A class that needs what is not there is nobody's allocator. */
    private static @Nullable Class<?> loadedOrNull(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** A class that this program's own class path has, and those beside it: of the same jar or folder. */
    private static Map<String, byte[]> besides(String name) throws SubjectException {
        String resource = name.replace('.', '/') + CLASS;
        URL url = SubjectLoader.program().getResource(resource);
        if (url == null) {
            throw new SubjectException("there is no class " + name + ": --class-path says where it is");
        }
        if (url.getProtocol().equals("jrt")) {
            throw new SubjectException("class " + name + " is Java's own, and no allocator");
        }
        try {
            Map<String, byte[]> found = new TreeMap<>();
            Path root = root(url, resource);
            if (!root.equals(root(ownUrl(), ownResource()))) {
                found.putAll(classFiles(root));
            }
            try (InputStream in = url.openStream()) {
                found.put(name, in.readAllBytes());
            }
            return found;
        } catch (IOException | URISyntaxException e) {
            throw new SubjectException("cannot read class " + name + " at " + url + ": " + e.getMessage(), e);
        }
    }

    /** The jar or folder that a class lies in; relative if it is below the folder that this program runs in. */
    public static Path place(Class<?> type) {
        String resource = type.getName().replace('.', '/') + CLASS;
        ClassLoader loader = type.getClassLoader();
        URL url = loader == null ? null : loader.getResource(resource);
        if (url == null) {
            throw new IllegalArgumentException("there is no class file of " + type.getName());
        }
        try {
            Path root = root(url, resource);
            Path here = Path.of("").toAbsolutePath();
            return root.startsWith(here) ? here.relativize(root) : root;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException("cannot tell where " + url + " is: " + e.getMessage(), e);
        }
    }

    private static String ownResource() {
        return SubjectSource.class.getName().replace('.', '/') + CLASS;
    }

    private static URL ownUrl() throws IOException {
        URL url = SubjectLoader.program().getResource(ownResource());
        if (url == null) {
            throw new IOException("this program's own class files are nowhere");
        }
        return url;
    }

    private static Path root(URL url, String resource) throws IOException, URISyntaxException {
        if (url.openConnection() instanceof JarURLConnection jar) {
            return Path.of(jar.getJarFileURL().toURI());
        }
        String text = url.toString();
        return Path.of(new URI(text.substring(0, text.length() - resource.length())));
    }
}
