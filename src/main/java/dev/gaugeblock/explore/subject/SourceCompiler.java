package dev.gaugeblock.explore.subject;

import dev.gaugeblock.explore.litmus.Shipped;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources in memory, against the running program. */
public final class SourceCompiler {
    /** The byte of a class file that has the lower half of its major version, and what that would be for Java 0. */
    private static final int MAJOR_VERSION = 7;

    private static final int MAJOR_VERSION_OF_JAVA_0 = 44;

    /** Sources do not compile; the message has what the compiler says. */
    public static final class CompilationException extends Exception {
        private static final long serialVersionUID = 1L;

        CompilationException(String messages) {
            super(messages);
        }
    }

    private SourceCompiler() {}

    /**
     * The classes of the given sources.
     *
     * @param sources text by path, {@code src/main/java/...} or from the root of the packages
     * @param classPath where more classes are, beside those of this program
     * @param options of the compiler, beside those that it has anyway
     * @return class files by binary name
     * @throws CompilationException with the compiler's messages
     */
    public static Map<String, byte[]> compile(Map<String, String> sources, List<Path> classPath, String... options)
            throws IOException, CompilationException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CompilationException("this Java has no compiler: run it with a JDK, not a JRE");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                InMemory output = new InMemory(files)) {
            // Loaded by another loader than the application's, this program is not on the class path.
            Stream<String> ours = Stream.of(Shipped.home().toString(), System.getProperty("java.class.path", ""));
            String all = Stream.concat(classPath.stream().map(Path::toString), ours)
                    .collect(Collectors.joining(File.pathSeparator));
            List<String> given = new ArrayList<>(List.of("-cp", all, "-proc:none", "-g", "-nowarn"));
            given.addAll(List.of(options));
            List<Source> units = sources.entrySet().stream()
                    .map(source -> new Source(source.getKey(), source.getValue()))
                    .toList();
            if (!compiler.getTask(messages, output, null, given, null, units).call()) {
                throw new CompilationException(messages.toString());
            }
            return output.classes();
        }
    }

    /** Likewise, without line numbers and names of variables, for every Java that runs this program. */
    public static Map<String, byte[]> compileBare(Map<String, String> sources)
            throws IOException, CompilationException {
        String[] options =
                Stream.concat(Stream.of(forEveryJava()), Stream.of("-g:none")).toArray(String[]::new);
        return compile(sources, List.of(), options);
    }

    /**
     * The options for class files that every Java runs which runs this program, however new the compiler is.
     *
     * @throws IOException if this program's own class files cannot be read
     */
    public static String[] forEveryJava() throws IOException {
        String own = SourceCompiler.class.getSimpleName() + ".class";
        try (InputStream in = SourceCompiler.class.getResourceAsStream(own)) {
            if (in == null) {
                throw new IOException("the program lacks its own " + own);
            }
            byte[] head = in.readNBytes(MAJOR_VERSION + 1);
            return new String[] {"--release", Integer.toString(head[MAJOR_VERSION] - MAJOR_VERSION_OF_JAVA_0)};
        }
    }

    /** A source that is no file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path.replaceFirst("^src/main/java/", "")), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps the class files that a compilation writes. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI name = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(name, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, ignored -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
