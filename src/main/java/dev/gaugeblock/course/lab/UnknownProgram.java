package dev.gaugeblock.course.lab;

import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program of lab 6: a source of the lab, changed in one place, as class files that speak the drive protocol. */
public final class UnknownProgram {
    private UnknownProgram() {}

    /**
     * Compiles it.
     *
     * @param source the file in the lab's folder
     * @param change what stands in its place: {@code replace}, {@code by}
     * @param folder where the class files go
     */
    public static void write(Path lab, String source, LabFields change, Path folder) throws IOException, LabException {
        String text = Files.readString(lab.resolve(source));
        String name = String.valueOf(Path.of(source).getFileName());
        try {
            Map<String, byte[]> classes = SourceCompiler.compileBare(Map.of(name, change.changed(text)));
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                Files.write(folder.resolve(each.getKey() + ".class"), each.getValue());
            }
        } catch (SourceCompiler.CompilationException e) {
            throw new LabException(source + " with this change does not compile: " + e.getMessage());
        }
    }

    /** The command that runs it. */
    public static List<String> command(Path folder, String source) {
        String name = String.valueOf(Path.of(source).getFileName()).replace(".java", "");
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        return List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", folder.toString(), name);
    }
}
