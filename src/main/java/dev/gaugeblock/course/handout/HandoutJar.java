package dev.gaugeblock.course.handout;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.DefectiveClasses;
import dev.gaugeblock.explore.litmus.Shipped;
import java.io.IOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A jar of the whole program with one defect in the allocator, which runs alone. It has neither patches nor sources,
 * and all classes of the allocator are compiled anew, without line numbers and names of variables: so they all differ
 * from the sound ones. Who compares what they do finds the defect all the same.
 */
public final class HandoutJar {
    /** What stays behind, by the beginning of its path. */
    private static final Set<String> LEFT_OUT =
            Set.of("defects/", "sources/", "vectors/", "course/", "META-INF/MANIFEST");

    /** One time for all entries: the day that ZIP files begin with. */
    private static final long TIME = 315_532_800_000L + 24 * 3600 * 1000L;

    private final Map<String, byte[]> entries = new TreeMap<>();

    private HandoutJar() {}

    /**
     * Writes the jar.
     *
     * @param libraries a class of each library that the program needs, by name
     * @throws DefectException if the patch does not fit
     */
    public static void write(Defect defect, Set<String> libraries, Path jar) throws IOException, DefectException {
        HandoutJar made = new HandoutJar();
        made.addProgram();
        made.addLibraries(libraries);
        DefectiveClasses.of(defect)
                .forEach((name, bytes) -> made.entries.put(name.replace('.', '/') + ".class", bytes));
        try (OutputStream out = Files.newOutputStream(jar)) {
            made.write(out);
        }
    }

    private void addProgram() throws IOException {
        try (Shipped program = Shipped.open()) {
            add(program.folder(""), "");
        }
    }

    private void addLibraries(Set<String> classes) throws IOException {
        Set<Path> jars = new TreeSet<>();
        for (String name : classes) {
            if (!entries.containsKey(name.replace('.', '/') + ".class")) {
                jars.add(jarOf(name));
            }
        }
        for (Path jar : jars) {
            try (FileSystem opened = FileSystems.newFileSystem(jar)) {
                add(opened.getPath("/"), jar.getFileName() + "!");
            }
        }
    }

    /** Adds what is there and not yet here; {@code where} is empty for the program itself. */
    private void add(Path root, String where) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                boolean isUnwanted = LEFT_OUT.stream().anyMatch(name::startsWith)
                        || name.endsWith("module-info.class")
                        || name.matches("META-INF/.*\\.(SF|RSA)")
                        || name.matches(DefectiveClasses.FILES) && where.isEmpty();
                if (!isUnwanted && !entries.containsKey(name)) {
                    entries.put(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private void write(OutputStream out) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "dev.gaugeblock.cli.Start");
        main.put(Attributes.Name.MULTI_RELEASE, "true");
        main.putValue("Add-Exports", "java.base/jdk.internal.vm"); // Continuations, from Java 21 on.
        try (JarOutputStream jar = new JarOutputStream(out)) {
            entry(jar, "META-INF/MANIFEST.MF");
            manifest.write(jar);
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                entry(jar, each.getKey());
                jar.write(each.getValue());
            }
            entry(jar, "HANDOUT");
            jar.write("A handout: the allocator in this jar has a defect.\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void entry(JarOutputStream jar, String name) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(TIME);
        jar.putNextEntry(entry);
    }

    /** The jar that a library's class lies in. */
    private static Path jarOf(String name) throws IOException {
        String resource = name.replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(HandoutJar.class.getClassLoader(), "class loader")
                .getResource(resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("the library of " + name + " is in no jar, but at " + url);
        }
        try {
            return Path.of(jar.getJarFileURL().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of " + name + " is no path: " + url, e);
        }
    }
}
